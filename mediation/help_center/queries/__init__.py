"""What is read, always through the audience."""
