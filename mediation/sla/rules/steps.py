"""The steps on the way to a breach and beyond it: each once for a clock."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from mediation.sla.rules.clock import OPEN, Calendars, Reading, moment_of

PERCENTS = (50, 80, 100, 150)
BREACH = 100


class Action(StrEnum):
    """What a step does."""

    NOTIFY = "notify"  # the mediator
    PING_GROUP = "ping_group"  # everybody who could help
    REASSIGN = "reassign"  # ask the leads for another mediator
    LEVEL_UP = "level_up"  # bring it to the leads; half over its time, ask for a senior, too


def next_moment(reading: Reading, taken: Collection[int], calendars: Calendars) -> datetime | None:
    """When the next step that was not taken is due; None while nothing is counted."""
    left = _left(reading, taken)
    return moment_of(reading, left[0], calendars) if left else None


def due_steps(
    reading: Reading, taken: Collection[int], calendars: Calendars, now: datetime
) -> list[tuple[int, datetime]]:
    """The steps that are due by now and their moments, in order. At exactly its due time a clock is not breached."""
    found = []
    for percent in _left(reading, taken):
        moment = moment_of(reading, percent, calendars)
        if moment is None or moment >= now:
            break
        found.append((percent, moment))
    return found


def _left(reading: Reading, taken: Collection[int]) -> list[int]:
    if reading.status not in OPEN or reading.since is None:
        return []
    # One that is no longer breached, because of what became known since, can be so again.
    done = taken if reading.breached_at is not None else set(taken) - {BREACH}
    return [percent for percent in PERCENTS if percent not in done]
