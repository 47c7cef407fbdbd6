"""What people fill in about themselves. Nothing is imported here: allauth and `sign_up` need each other."""
