"""Break-glass: staff read a private talk for a stated reason, after a second person has agreed, for a short time
(domain, section 4; decisions/0021). Pure; the moment is passed in.

It is never a right that somebody has: `is_open` is asked with the moment of every single read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mediation.disputes.rules import visibility
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.visibility import Level, Thing, Viewer


class Ground(StrEnum):
    """Why, in a word that the party is told too. What is written beside it is for colleagues."""

    SAFETY = "safety"
    CONDUCT = "conduct"  # of the mediator
    QUALITY = "quality"
    LAW = "law"


class Status(StrEnum):
    """How an ask stands."""

    WAITING = "waiting"
    TAKEN_BACK = "taken_back"
    LAPSED = "lapsed"
    REFUSED = "refused"
    APPROVED = "approved"
    OPEN = "open"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Times:
    """What decides how an ask stands. `lapses_at` ends the waiting, `ends_at` the reading; `ended_at` is when somebody
    ended either before that, or when its end was written down.
    """

    lapses_at: datetime
    is_approved: bool | None = None
    ends_at: datetime | None = None
    opened_at: datetime | None = None
    ended_at: datetime | None = None


Span = tuple[datetime, datetime | None]  # from when, and until when or None


def spans(own: Iterable[datetime], others: Iterable[datetime]) -> tuple[Span, ...]:
    """When the private threads of a room are about a case, from when it and the others of the room were opened, for the
    first time or again: from each time on until another case is opened. What is said after a close is about the case
    that was closed.
    """
    ends = sorted(others)
    found: list[Span] = []
    for begins in sorted(own):
        until = next((one for one in ends if one >= begins), None)
        if found and found[-1][1] == until:
            continue  # opened again before any other was: it is one span
        if until != begins:
            found.append((begins, until))
    return tuple(found)


def is_within(moment: datetime, spans: Iterable[Span]) -> bool:
    """Whether it lies in one of them; an end belongs to what comes next."""
    return any(begins <= moment and (until is None or moment < until) for begins, until in spans)


def may_break(viewers: frozenset[Viewer]) -> bool:
    """Whether the table lets somebody who is all of these read a private talk this way. Who mediates has more than
    that, and so neither asks nor agrees.
    """
    return visibility.level(Thing.CAUCUS, viewers) is Level.BREAK_GLASS


def knows(viewers: frozenset[Viewer]) -> bool:
    """Whether they read what was asked, by whom and why. Never who mediates, whatever their role: what is looked at may
    be their own conduct.
    """
    return Viewer.MEDIATOR not in viewers and visibility.reads(Thing.GLASS, viewers)


def lapse(asked_at: datetime, terms: Terms) -> datetime:
    """When an ask that nobody has decided is over."""
    return asked_at + timedelta(hours=terms.glass_wait_hours)


def end(approved_at: datetime, terms: Terms) -> datetime:
    """When the reading is over, opened or not: an approval that lies about would be a key."""
    return approved_at + timedelta(minutes=terms.glass_minutes)


def status(times: Times, now: datetime) -> Status:
    """How an ask stands at a moment. At the very moment of its end it is over."""
    if times.is_approved is False:
        return Status.REFUSED
    if times.is_approved is None:
        return _undecided(times, now)
    if times.ends_at is None or now >= times.ends_at or times.ended_at is not None:
        return Status.OVER
    return Status.APPROVED if times.opened_at is None else Status.OPEN


def is_open(times: Times, now: datetime) -> bool:
    """Whether it can be read at this moment."""
    return status(times, now) is Status.OPEN


def over_at(times: Times, now: datetime) -> datetime | None:
    """When it came to its end by itself, if it has by now and nobody has written that down yet."""
    if times.ended_at is not None or times.is_approved is False:
        return None
    ends_at = times.lapses_at if times.is_approved is None else times.ends_at
    return ends_at if ends_at is not None and now >= ends_at else None


def _undecided(times: Times, now: datetime) -> Status:
    # One that lapsed has its end written down as well, at that very moment.
    if times.ended_at is not None and times.ended_at < times.lapses_at:
        return Status.TAKEN_BACK
    return Status.LAPSED if now >= times.lapses_at else Status.WAITING
