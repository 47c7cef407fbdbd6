"""The only writers of clocks, calendars and policies."""
