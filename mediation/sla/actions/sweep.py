"""Finding the clocks whose next step is due: by index, in due order, each step once however many workers sweep.

A clock of a room whose news was not handed over yet waits for it: what was done in time must not be told as late.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from mediation.core import clock, sql
from mediation.events.models import Event
from mediation.sla.models import Clock, ClockFact, StepTaken
from mediation.sla.queries.calendars import calendars
from mediation.sla.queries.readings import copies, reading_of
from mediation.sla.rules.clock import Calendars, Kind
from mediation.sla.rules.steps import BREACH, due_steps

BATCH = 250
MOST_BATCHES = 40
MOMENT = timedelta(milliseconds=1)
WAIT_AFTER_FAILURE = timedelta(hours=1)
COPIED = ("due_at", "breached_at", "next_at")
_COLUMNS = {"id": "uuid"} | dict.fromkeys(COPIED, "timestamptz")
# One plain statement: the ORM's takes longer than all the rest of a sweep together.
_UPDATE = f"UPDATE sla_clock SET {', '.join(f'{name} = given.{name}' for name in COPIED)} FROM {{}} WHERE sla_clock.id = given.id"  # noqa: S608, E501 (our own names)

log = logging.getLogger(__name__)


def sweep() -> int:
    """Take the steps that are due by now; returns how many. What is left, the next sweep finds."""
    now, total = clock.now(), 0
    for _ in range(MOST_BATCHES):
        taken = _take(now)
        if not taken:
            break
        total += taken
    return total


@transaction.atomic
def _take(now: datetime) -> int:
    """The steps of the next clocks in due order. Steps after those of a full batch are left to the next one."""
    due = list(_waiting(now)[:BATCH])
    until = min(now, due[-1].next_at + MOMENT) if len(due) == BATCH and due[-1].next_at else now
    known = calendars() if due else {}
    steps: list[StepTaken] = []
    for one in due:
        try:
            steps += _steps(one, known, until, now)
        except Exception:
            log.exception("A clock could not be read", extra={"clock": str(one.pk)})
            one.next_at = now + WAIT_AFTER_FAILURE
    _write(due, sorted(steps, key=lambda step: step.due_at))
    return len(due)


def _waiting(now: datetime) -> QuerySet[Clock]:
    news = Event.objects.filter(handled_at__isnull=True).values("stream_id")
    free = Clock.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    due = free.filter(next_at__lt=now).exclude(room_id__in=news).order_by("next_at", "pk")
    return due.prefetch_related("facts", "steps")


def _steps(one: Clock, known: Calendars, until: datetime, now: datetime) -> list[StepTaken]:
    """The clock's due steps; its row is brought up to them."""
    facts = list(one.facts.all())
    taken = {step.percent for step in one.steps.all()}
    found = due_steps(reading_of(facts, known), taken, known, until)
    facts += [ClockFact(clock=one, kind=Kind.BREACH.value, at=at) for percent, at in found if percent == BREACH]
    said = copies(reading_of(facts, known), taken | {percent for percent, _ in found}, known)
    for name in COPIED:
        setattr(one, name, said[name])
    return [StepTaken(clock=one, percent=percent, due_at=at, taken_at=now) for percent, at in found]


def _write(due: Sequence[Clock], steps: Sequence[StepTaken]) -> None:
    StepTaken.objects.bulk_create(steps, ignore_conflicts=True)
    ClockFact.objects.bulk_create(
        ClockFact(clock=step.clock, kind=Kind.BREACH.value, at=step.due_at) for step in steps if step.percent == BREACH
    )
    rows = [(one.pk, one.due_at, one.breached_at, one.next_at) for one in due]
    if rows:
        sql.fetch(_UPDATE.format(sql.table(_COLUMNS, rows)), sql.cells(_COLUMNS, rows))
