"""Until when a case can be laid aside. Pure; the moment and the agent's zone are passed in."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LONGEST = timedelta(days=30)
MORNING = time(9)
MONDAY = 0


class Until(StrEnum):
    """What an agent chooses."""

    SOON = "soon"  # in two hours
    TOMORROW = "tomorrow"  # at nine in the agent's zone
    MONDAY = "monday"  # the next one, at nine in the agent's zone
    WORD = "word"  # a party writes or acts
    OTHER = "other"  # a moment of their own


def moment(until: Until, now: datetime, zone: str) -> datetime | None:
    """The moment that a choice stands for; None for the choices that are none by themselves."""
    today = now.astimezone(ZoneInfo(zone))
    days = {Until.TOMORROW: 1, Until.MONDAY: (MONDAY - today.weekday()) % 7 or 7}
    if until is Until.SOON:
        return now + timedelta(hours=2)
    if until not in days:
        return None
    return datetime.combine(today.date() + timedelta(days=days[until]), MORNING, today.tzinfo).astimezone(now.tzinfo)


def is_possible(until: datetime | None, now: datetime) -> bool:
    """To come, and within thirty days: what is laid aside for longer is forgotten."""
    return until is None or now < until <= now + LONGEST
