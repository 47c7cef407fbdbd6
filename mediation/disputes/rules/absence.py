"""The days of a person's absences: so many a year, each counted once, in however many cases it was declared.

A day is a date in UTC. An absence of n days takes the date on which it begins and the n - 1 after it.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from mediation.disputes.errors import AbsenceTooLong


def dates(begins_at: datetime, days: int) -> list[date]:
    """The days that an absence takes."""
    return [begins_at.date() + timedelta(days=number) for number in range(days)]


def days_left(taken: Collection[date], begins_at: datetime, most: int) -> int:
    """The longest absence that can begin then, in days: no year gets more than `most` of them, and what was declared
    already, here or in another case, costs nothing again.
    """
    days, counted = 0, set(taken)
    while True:
        day = begins_at.date() + timedelta(days=days)
        counted.add(day)
        if sum(one.year == day.year for one in counted) > most:
            return days
        days += 1


def check(days: int, taken: Collection[date], begins_at: datetime, most: int) -> None:
    """Raises AbsenceTooLong for more than what is left."""
    left = days_left(taken, begins_at, most)
    if days > left:
        raise AbsenceTooLong(detail={"days_left": left})
