"""What is typed into the desk's administration."""
