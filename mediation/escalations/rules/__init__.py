"""What the executive desk decides, as pure functions: the table, guards, criteria, the reply's clock, calls, cells."""
