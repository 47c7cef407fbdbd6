"""Business time: how much of it lies between two moments, and when so much of it is over.

Without a calendar time is counted as it passes.
"""

from datetime import UTC, datetime, timedelta

from mediation.sla.rules.calendar import Calendar

ZERO = timedelta()


class NeverOpen(ValueError):
    """The calendar does not open long enough any more."""


def business_between(calendar: Calendar | None, start: datetime, end: datetime) -> timedelta:
    """The length of [start, end) within the open spans; nothing if it ends before it starts."""
    if calendar is None:
        return max(end.astimezone(UTC) - start.astimezone(UTC), ZERO)
    total = ZERO
    for opens, closes in calendar.spans(start):
        if opens >= end:
            break
        total += min(closes, end) - opens
    return total


def due_after(calendar: Calendar | None, start: datetime, length: timedelta) -> datetime:
    """The earliest moment with so much business time since `start`; one that falls on closing stays there.

    Raises NeverOpen.
    """
    if length <= ZERO:
        return start
    if calendar is None:
        return start.astimezone(UTC) + length  # in a zone of its own the clock on the wall would be added up
    left = length
    for opens, closes in calendar.spans(start):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise NeverOpen
