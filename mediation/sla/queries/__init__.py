"""Reading calendars, policies and clocks."""
