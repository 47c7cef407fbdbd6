"""Calendars as the rules read them."""

from collections import defaultdict
from datetime import date

from mediation.sla.models import CalendarVersion
from mediation.sla.rules.calendar import Calendar, Day, Hours


def calendars() -> dict[str, Calendar]:
    """Every calendar with a published version, by its key as text."""
    found: dict[str, list[Hours]] = defaultdict(list)
    published = CalendarVersion.objects.filter(published_at__isnull=False)
    for version in sorted(published, key=lambda one: one.valid_from or date.min):
        found[str(version.calendar_id)].append(hours(version))
    return {key: Calendar(tuple(versions)) for key, versions in found.items()}


def hours(version: CalendarVersion) -> Hours:
    """A stored version."""
    return Hours(
        zone=version.zone,
        week=tuple(_day(day) for day in version.week),
        holidays=frozenset(map(date.fromisoformat, version.holidays)),
        openings=tuple((date.fromisoformat(day), _day(said)) for day, said in version.openings.items()),
        valid_from=version.valid_from,
    )


def _day(intervals: list[list[int]]) -> Day:
    return tuple((opens, closes) for opens, closes in intervals)
