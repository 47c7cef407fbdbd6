"""What people who write articles do, and what readers ask."""
