"""What administrators write: hours and targets."""
