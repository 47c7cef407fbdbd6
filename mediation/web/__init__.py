"""Pages that compose several slices: the inbox, the room, the list of rooms that asked for help."""
