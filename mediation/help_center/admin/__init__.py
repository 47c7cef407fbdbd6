"""The back office of the help centre."""

from mediation.help_center.admin import articles, gaps  # noqa: F401 (they register)
