"""When something is due, as an agent plans a day and a week. Pure; the moment and the zone are passed in."""

from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

WEEK_DAYS = 7


class Part(StrEnum):
    """In the order of the page."""

    OVER = "over"
    TODAY = "today"
    WEEK = "week"  # until the end of Sunday
    LATER = "later"


def part_of(due_at: datetime, now: datetime, zone: str) -> Part:
    """Where something due stands for somebody in a zone."""
    if due_at <= now:
        return Part.OVER
    local = ZoneInfo(zone)
    today, day = now.astimezone(local).date(), due_at.astimezone(local).date()
    if day == today:
        return Part.TODAY
    return Part.WEEK if day < today + timedelta(days=WEEK_DAYS - today.weekday()) else Part.LATER
