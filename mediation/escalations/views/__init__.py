"""The pages of the executive desk. Nothing here needs a script."""
