"""Who you are: people, their roles and teams, signing in, and the moment a right to be here ends.

Owns `User`, `Team` and `Revocation`. Knows nothing of mediation; everything above may ask who somebody is.
"""
