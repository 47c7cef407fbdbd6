"""The rules of a conversation, as pure functions: no database, no clock, no Django models."""
