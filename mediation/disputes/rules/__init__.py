"""The rules of a dispute, as pure functions and one table. Time is passed in."""
