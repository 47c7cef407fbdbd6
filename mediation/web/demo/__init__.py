"""Demo data: people of every role, and conversations that could have happened over the past weeks.

Contracts and people are written here; everything that is said or done in a room goes through the actions of
`conversations`, with the clock held at the moment it happened. Every id is derived from a name, so a second run
finds all of it and changes nothing.
"""
