"""What is read of the executive desk, through `audience`."""
