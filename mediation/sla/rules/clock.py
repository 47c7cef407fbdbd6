"""A clock is a fold over what happened to it. Everything else that is stored of it is a copy of what this says.

Facts may become known late and in any order: they are read by their own moments. So a breach that was written before
an earlier answer became known is void, and what lies between is counted as it was.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from mediation.sla.rules.business import ZERO, business_between, due_after
from mediation.sla.rules.calendar import Calendar

Calendars = Mapping[str, Calendar]  # by their codes; "" stands for time as it passes


class Kind(StrEnum):
    """What can happen to a clock."""

    ACTIVATE = "activate"
    PAUSE = "pause"
    RESUME = "resume"
    FULFIL = "fulfil"
    BREACH = "breach"
    CANCEL = "cancel"
    POLICY_APPLIED = "policy_applied"


class Status(StrEnum):
    """How a clock stands. One that is breached and not ended is still running or paused."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    CANCELLED = "cancelled"


OPEN = frozenset({Status.RUNNING, Status.PAUSED})


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened. `reason` says what pauses; `target` and `calendar` come with activate and policy."""

    kind: Kind
    at: datetime
    reason: str = ""
    target: timedelta = ZERO
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a clock stands after its facts. `elapsed` is what had been counted at `since`; None: nothing is counted.

    `due_at` is None while it is paused and not breached; a breach keeps the moment at which it was due.
    """

    status: Status
    activated_at: datetime
    target: timedelta
    calendar: str
    elapsed: timedelta = ZERO
    since: datetime | None = None
    due_at: datetime | None = None
    breached_at: datetime | None = None
    ended_at: datetime | None = None
    paused_by: frozenset[str] = frozenset()
    pauses: tuple[tuple[datetime, datetime | None], ...] = ()


def fold(facts: Collection[Fact], calendars: Calendars) -> Reading:
    """How the clock stands. Raises ValueError if it was never activated."""
    first = next((fact for fact in facts if fact.kind is Kind.ACTIVATE), None)
    if first is None:
        raise ValueError("A clock begins with being activated.")
    reading = _counting(Reading(Status.RUNNING, first.at, first.target, first.calendar), first.at, calendars)
    # A fact of the same moment as the breach came in time.
    for fact in sorted(facts, key=lambda fact: (fact.at, fact.kind is Kind.BREACH)):
        if reading.status in OPEN and fact.kind in _APPLY:
            at = max(fact.at, first.at)
            reading = _APPLY[fact.kind](_late(reading, at), replace(fact, at=at), calendars)
    return reading


def elapsed_at(reading: Reading, moment: datetime, calendars: Calendars) -> timedelta:
    """What is counted until a moment that is not before the last fact."""
    if reading.since is None:
        return reading.elapsed
    return reading.elapsed + business_between(calendars.get(reading.calendar), reading.since, moment)


def moment_of(reading: Reading, percent: int, calendars: Calendars) -> datetime | None:
    """When so much of the target will have been counted; None while nothing is."""
    if reading.since is None:
        return None
    left = reading.target * percent / 100 - reading.elapsed
    return due_after(calendars.get(reading.calendar), reading.since, left)


def _late(reading: Reading, at: datetime) -> Reading:
    """What was due before something happened is breached at the moment it was due."""
    if reading.breached_at is None and reading.due_at is not None and reading.due_at < at:
        return replace(reading, breached_at=reading.due_at)
    return reading


def _counting(reading: Reading, at: datetime, calendars: Calendars) -> Reading:
    running = replace(reading, status=Status.RUNNING, since=at)
    return replace(running, due_at=reading.breached_at or moment_of(running, 100, calendars))


def _stopped(reading: Reading, at: datetime, calendars: Calendars) -> Reading:
    return replace(reading, elapsed=elapsed_at(reading, at, calendars), since=None, due_at=reading.breached_at)


def _pause(reading: Reading, fact: Fact, calendars: Calendars) -> Reading:
    paused = replace(reading, paused_by=reading.paused_by | {fact.reason})
    if reading.paused_by:
        return paused
    return replace(
        _stopped(paused, fact.at, calendars), status=Status.PAUSED, pauses=(*reading.pauses, (fact.at, None))
    )


def _resume(reading: Reading, fact: Fact, calendars: Calendars) -> Reading:
    left = replace(reading, paused_by=reading.paused_by - {fact.reason})
    if left.paused_by or not reading.paused_by:
        return left
    return _counting(replace(left, pauses=_closed(reading, fact.at)), fact.at, calendars)


def _fulfil(reading: Reading, fact: Fact, calendars: Calendars) -> Reading:
    due_at = reading.due_at
    status = Status.MET if reading.breached_at is None else Status.MISSED
    return replace(_ended(reading, fact.at, calendars), status=status, due_at=due_at)


def _cancel(reading: Reading, fact: Fact, calendars: Calendars) -> Reading:
    return replace(_ended(reading, fact.at, calendars), status=Status.CANCELLED)


def _breach(reading: Reading, fact: Fact, calendars: Calendars) -> Reading:
    """Only if it was due by then: what became known since may have moved it."""
    if reading.breached_at is None and reading.due_at is not None and reading.due_at <= fact.at:
        return replace(reading, breached_at=reading.due_at)
    return reading


def _apply_policy(reading: Reading, fact: Fact, calendars: Calendars) -> Reading:
    """What was counted is kept; the rest is counted from now on. So nothing is due in the past."""
    stopped = _stopped(reading, fact.at, calendars)
    changed = replace(stopped, target=fact.target, calendar=fact.calendar)
    return changed if reading.paused_by else _counting(changed, fact.at, calendars)


def _ended(reading: Reading, at: datetime, calendars: Calendars) -> Reading:
    return replace(_stopped(reading, at, calendars), ended_at=at, pauses=_closed(reading, at), paused_by=frozenset())


def _closed(reading: Reading, at: datetime) -> tuple[tuple[datetime, datetime | None], ...]:
    """The pauses, with an end for the one that lasts."""
    return tuple((begin, at if end is None else end) for begin, end in reading.pauses)


_APPLY: dict[Kind, Callable[[Reading, Fact, Calendars], Reading]] = {
    Kind.PAUSE: _pause,
    Kind.RESUME: _resume,
    Kind.FULFIL: _fulfil,
    Kind.BREACH: _breach,
    Kind.CANCEL: _cancel,
    Kind.POLICY_APPLIED: _apply_policy,
}
