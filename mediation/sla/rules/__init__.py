"""Business time, clocks, policies and steps as pure functions (domain, section 6). Time and calendars are passed in."""
