"""The yard-stick's only app."""
