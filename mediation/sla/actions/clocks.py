"""Writing facts of clocks, and with them the copies of what they fold to."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from mediation.core.clock import now
from mediation.sla.models import Clock, ClockFact, StepTaken
from mediation.sla.queries.readings import MILLISECOND, copies, reading_of
from mediation.sla.rules.clock import Calendars, Kind
from mediation.sla.rules.policies import Line
from mediation.sla.rules.steps import BREACH


def locked(dispute_id: UUID, *, before: int) -> list[Clock]:
    """The open clocks of a case, to be written. One that a later event began is not concerned by an earlier one."""
    later = ClockFact.objects.filter(kind=Kind.ACTIVATE.value, event_id__gt=before).values("clock")
    waiting = Clock.objects.select_for_update(no_key=True, of=("self",)).filter(ended_at__isnull=True)
    return list(waiting.filter(dispute=dispute_id).exclude(pk__in=later).order_by("pk"))


def has_target(clock: Clock, line: Line) -> bool:
    """Whether a clock is counted by this line already."""
    return (clock.target_ms, str(clock.calendar_id or "")) == (line.target // MILLISECOND, line.calendar)


def applied(clock: Clock, policy_id: int, line: Line, at: datetime, *, event_id: int | None = None) -> ClockFact:
    """The fact that a clock is counted by another line from now on."""
    clock.policy_id = policy_id
    said = fact(clock, Kind.POLICY_APPLIED, at, event_id=event_id)
    said.target_ms, said.calendar_id = line.target // MILLISECOND, int(line.calendar) if line.calendar else None
    return said


def begin(clock: Clock, line: Line, facts: Sequence[ClockFact], calendars: Calendars) -> None:
    """Store a new clock, activated by its first fact."""
    clock.calendar_id = facts[0].calendar_id = int(line.calendar) if line.calendar else None
    clock.target_ms = facts[0].target_ms = line.target // MILLISECOND
    _copy(clock, facts, [], calendars)
    clock.save(force_insert=True)
    for fact in facts:
        fact.clock = clock
    ClockFact.objects.bulk_create(facts)


def add(clocks: Iterable[Clock], facts: Iterable[ClockFact], calendars: Calendars) -> None:
    """Add facts to locked clocks. Each clock is counted anew from all of its facts."""
    ClockFact.objects.bulk_create(facts)
    refresh(list(clocks), calendars)


def refresh(clocks: Sequence[Clock], calendars: Calendars) -> None:
    """Bring the copies of locked clocks up to their facts."""
    if not clocks:
        return
    found = Clock.objects.filter(pk__in=[clock.pk for clock in clocks]).prefetch_related("facts", "steps")
    known = {clock.pk: clock for clock in found}
    changed: set[str] = {"policy_id"}
    for clock in clocks:
        facts, taken = list(known[clock.pk].facts.all()), [step.percent for step in known[clock.pk].steps.all()]
        changed |= _copy(clock, facts, taken, calendars)
        if clock.breached_at is not None and not _is_noted(clock.breached_at, facts):
            _note_breach(clock, clock.breached_at, is_first=BREACH not in taken)
    Clock.objects.bulk_update(clocks, sorted(name.removesuffix("_id") for name in changed), batch_size=200)


def fact(clock: Clock, kind: Kind, at: datetime, *, event_id: int | None = None, reason: str = "") -> ClockFact:
    """A fact about a clock, not stored yet."""
    return ClockFact(clock=clock, kind=kind.value, at=at, event_id=event_id, reason=reason)


def _copy(clock: Clock, facts: Sequence[ClockFact], taken: Sequence[int], calendars: Calendars) -> set[str]:
    said = copies(reading_of(facts, calendars), taken, calendars)
    for name, value in said.items():
        setattr(clock, name, value)
    return set(said)


def _is_noted(breached_at: datetime, facts: Sequence[ClockFact]) -> bool:
    return any(one.kind == Kind.BREACH.value and one.at == breached_at for one in facts)


def _note_breach(clock: Clock, at: datetime, *, is_first: bool) -> None:
    """A breach that was found late is a fact dated at the moment it was due; its step is taken once all the same."""
    fact(clock, Kind.BREACH, at).save(force_insert=True)
    if is_first:
        StepTaken.objects.create(clock=clock, percent=BREACH, due_at=at, taken_at=now())
