"""Parley: three people, one live room, one settlement. Start at mediation/README.md."""
