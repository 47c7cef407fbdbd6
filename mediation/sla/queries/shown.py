"""Clocks as a page shows them: how each stands now, and when it will stand otherwise."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.models import User
from mediation.core import clock as time
from mediation.disputes.models import Dispute
from mediation.sla import audience
from mediation.sla.models import Clock
from mediation.sla.queries.calendars import calendars
from mediation.sla.queries.readings import reading_of
from mediation.sla.rules.clock import Calendars, Reading, moment_of
from mediation.sla.rules.face import Face, face
from mediation.sla.rules.metrics import Metric

FAR_OFF = frozenset({Metric.TRES.value})  # a month: said by the case's deadlines


@dataclass(frozen=True, slots=True)
class Shown:
    """An open clock. `marks` are when 0, 50, 80 and 100 % of its time are over; none while it is paused."""

    metric: str
    person_id: UUID | None
    due_at: datetime | None
    marks: tuple[datetime, ...]
    face: Face


def of_case(user: User, dispute: Dispute) -> list[Shown]:
    """The open clocks of a case that a reader may know of, the one that is due next first. Of two parties' clocks of
    one kind the worse is shown.
    """
    found = audience.visible(user, dispute).filter(ended_at__isnull=True).exclude(metric__in=FAR_OFF)
    shown = sorted(_shown(found), key=_urgency)
    first = {one.metric: one for one in reversed(shown)}
    return [one for one in shown if first[one.metric] is one]


def waiting(rooms: Collection[UUID]) -> dict[UUID, Shown]:
    """How long there still is to take each of these rooms' cases. The caller has checked that they may be seen."""
    found = list(Clock.objects.filter(room_id__in=rooms, metric=Metric.CLAIM.value, ended_at__isnull=True))
    return dict(zip((one.room_id for one in found), _shown(found), strict=True))


def of_cases(cases: Collection[UUID]) -> dict[UUID, list[Shown]]:
    """The open clocks of each of these cases, the one that is due next first; for who keeps copies, not for readers."""
    open_now = Clock.objects.filter(dispute__in=cases, ended_at__isnull=True).exclude(metric__in=FAR_OFF)
    clocks = list(open_now.prefetch_related("facts"))
    found: dict[UUID, list[Shown]] = {}
    for clock, one in sorted(zip(clocks, _shown(clocks), strict=True), key=lambda pair: _urgency(pair[1])):
        found.setdefault(clock.dispute_id, []).append(one)
    return found


def _shown(clocks: Iterable[Clock]) -> list[Shown]:
    found = list(clocks)
    known, now = (calendars() if found else {}), time.now()
    return [_one(clock, reading_of(clock.facts.all(), known), known, now) for clock in found]


def _one(clock: Clock, reading: Reading, known: Calendars, now: datetime) -> Shown:
    begin = min(reading.activated_at, reading.since or reading.activated_at)
    moments = (moment_of(reading, percent, known) for percent in (50, 80))
    later = tuple(moment for moment in moments if moment is not None)
    is_counted = len(later) == 2 and reading.due_at is not None
    marks = (begin, *later, reading.due_at) if is_counted and reading.due_at else ()
    return Shown(clock.metric, clock.person_id, reading.due_at, marks, face(marks, reading.due_at, now))


def _urgency(one: Shown) -> tuple[bool, datetime | None]:
    return (one.due_at is None, one.due_at)
