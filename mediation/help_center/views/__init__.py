"""The help centre's pages, for everybody, signed in or not. Nothing here needs a script."""
