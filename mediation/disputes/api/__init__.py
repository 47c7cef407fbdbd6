"""Cases for programs: the list of a room, one case as its reader may see it, and one address for every command."""
