"""Clocks as their facts say they stand, and where their copies say otherwise."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from mediation.sla.models import Clock, ClockFact
from mediation.sla.queries.calendars import calendars
from mediation.sla.rules.clock import Calendars, Fact, Kind, Reading, fold
from mediation.sla.rules.pauses import illegitimate
from mediation.sla.rules.steps import next_moment

MILLISECOND = timedelta(milliseconds=1)


def reading_of(facts: Iterable[ClockFact], calendars: Calendars) -> Reading:
    """The fold of stored facts."""
    return fold(facts_of(facts), calendars)


def facts_of(facts: Iterable[ClockFact]) -> list[Fact]:
    """Stored facts as the rules read them."""
    return [_fact(fact) for fact in facts]


def copies(reading: Reading, taken: Collection[int], calendars: Calendars) -> dict[str, Any]:
    """What a clock's row should say, by its fields."""
    return {
        "status": reading.status.value,
        "activated_at": reading.activated_at,
        "target_ms": reading.target // MILLISECOND,
        "calendar_id": int(reading.calendar) if reading.calendar else None,
        "elapsed_ms": reading.elapsed // MILLISECOND,
        "since": reading.since,
        "due_at": reading.due_at,
        "breached_at": reading.breached_at,
        "ended_at": reading.ended_at,
        "next_at": next_moment(reading, taken, calendars),
    }


def differences(clock: Clock, calendars: Calendars) -> Mapping[str, tuple[Any, Any]]:
    """Where the row is not what its facts fold to: field → what it says, what it should say."""
    taken = [step.percent for step in clock.steps.all()]
    should = copies(reading_of(clock.facts.all(), calendars), taken, calendars)
    return {name: (getattr(clock, name), value) for name, value in should.items() if getattr(clock, name) != value}


def adjusted(clock: Clock, now: datetime) -> tuple[timedelta, timedelta]:
    """What a clock counted, and the paused time to be added because its party waited for an answer meanwhile."""
    known = calendars()
    reading = reading_of(clock.facts.all(), known)
    waits = Clock.objects.filter(dispute=clock.dispute_id, metric="NRT", person=clock.person_id)
    unanswered = [(wait.activated_at, wait.ended_at) for wait in waits] if clock.person_id else []
    extra = illegitimate(reading.pauses, unanswered, known.get(reading.calendar), until=now)
    return timedelta(milliseconds=clock.elapsed_ms), extra


def _fact(fact: ClockFact) -> Fact:
    return Fact(
        Kind(fact.kind), fact.at, fact.reason, timedelta(milliseconds=fact.target_ms), str(fact.calendar_id or "")
    )
