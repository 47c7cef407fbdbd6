"""The desk's doors for programs and for the room's script."""
