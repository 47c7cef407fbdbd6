"""What is done at the executive desk, each in one transaction."""
