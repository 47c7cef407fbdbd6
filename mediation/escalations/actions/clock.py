"""The clock of the reply: facts are written, and the copies in the case follow. The caller has locked the case and
saves the fields that each function names.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from mediation.core.clock import now
from mediation.escalations.models import Case, ReplyFact, ReplyStep
from mediation.escalations.queries.clocks import reading_of
from mediation.escalations.rules import reply
from mediation.sla.actions.defaults import newest_terms
from mediation.sla.queries.calendars import calendars
from mediation.sla.queries.readings import MILLISECOND, copies
from mediation.sla.rules.clock import Calendars, Kind, Reading, Status
from mediation.sla.rules.metrics import Metric
from mediation.sla.rules.policies import Line
from mediation.sla.rules.steps import BREACH

_NAMES = {"status": "clock_status"}
_NOT_KEPT = frozenset({"activated_at", "since", "ended_at"})
FIELDS = (
    "clock_status", "target_ms", "calendar_id", "elapsed_ms", "due_at", "breached_at", "next_at", "counted_at",
    "policy_id",
)  # fmt: skip


def begin(case: Case, at: datetime) -> None:
    """The clock of a stored case begins; where no target fits, nothing is measured."""
    case.policy_id, line = _newest_line(case)
    if line is None:
        case.clock_status = Status.CANCELLED.value
        return
    _fact(case, Kind.ACTIVATE, at, line)
    count(case)


def end(case: Case, at: datetime) -> None:
    """The reply was given."""
    if case.clock_facts.exists():
        _fact(case, Kind.FULFIL, at)
        count(case)


def follow(case: Case, at: datetime) -> bool:
    """Let the clock follow the newest policy and the segment; whether it has another target now. One that is over
    keeps its target.
    """
    policy_id, line = _newest_line(case)
    reading = reading_of(case, calendars())
    case.counted_at = now()
    if line is None or reading is None or not reply.follows(reading, line, at):
        if reading is not None:
            count(case)
        return False
    case.policy_id = policy_id
    _fact(case, Kind.POLICY_APPLIED, at, line)
    count(case)
    return True


def count(case: Case) -> None:
    """Bring the copies up to the facts. A breach becomes a fact of the moment it was due."""
    known = calendars()
    reading = reading_of(case, known)
    if reading is None:
        return
    for name, value in _copies(case, reading, known).items():
        setattr(case, name, value)
    case.counted_at = now()
    if reading.breached_at is not None and not case.clock_facts.filter(kind=Kind.BREACH.value).exists():
        ReplyFact.objects.create(case=case, kind=Kind.BREACH.value, at=reading.breached_at)


def take_step(case: Case, percent: int, due_at: datetime) -> bool:
    """A step is taken, once; whether it was this time."""
    _step, is_new = ReplyStep.objects.get_or_create(
        case=case, percent=percent, defaults={"due_at": due_at, "taken_at": now()}
    )
    if percent == BREACH and not case.clock_facts.filter(kind=Kind.BREACH.value).exists():
        ReplyFact.objects.create(case=case, kind=Kind.BREACH.value, at=due_at)
    count(case)
    return is_new


def drifted() -> Iterator[Case]:
    """The cases whose rows say something else than the facts of their clocks."""
    known = calendars()
    for case in Case.objects.order_by("pk").prefetch_related("clock_facts", "clock_steps").iterator(chunk_size=500):
        reading = reading_of(case, known)
        if reading and any(getattr(case, name) != value for name, value in _copies(case, reading, known).items()):
            yield case


@transaction.atomic
def rebuild(*, case_id: UUID) -> None:
    """Write what the facts say."""
    case = Case.objects.select_for_update(no_key=True, of=("self",)).get(pk=case_id)
    count(case)
    case.save(update_fields=[name.removesuffix("_id") for name in FIELDS])


def _copies(case: Case, reading: Reading, known: Calendars) -> dict[str, Any]:
    """What a case's row should say, by its fields."""
    taken = [step.percent for step in case.clock_steps.all()]
    said = copies(reading, taken, known)
    return {_NAMES.get(name, name): value for name, value in said.items() if name not in _NOT_KEPT}


def _newest_line(case: Case) -> tuple[int, Line | None]:
    """The policy that counts now, and its target for such a client."""
    terms = newest_terms()
    return terms.policy_id, terms.line(Metric.EE, reply.subject(case.segment))


def _fact(case: Case, kind: Kind, at: datetime, line: Line | None = None) -> None:
    fact = ReplyFact(case=case, kind=kind.value, at=at)
    if line is not None:
        fact.target_ms = line.target // MILLISECOND
        fact.calendar_id = int(line.calendar) if line.calendar else None
    fact.save(force_insert=True)
