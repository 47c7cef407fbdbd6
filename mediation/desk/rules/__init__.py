"""What a case is to the desk, and in which queue it stands. Pure."""
