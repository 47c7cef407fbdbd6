"""Calendars and policies to be drafted and published, and clocks to look at."""

from mediation.sla.admin import calendars, clocks, policies

__all__ = ["calendars", "clocks", "policies"]
