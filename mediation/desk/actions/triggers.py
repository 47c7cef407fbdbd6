"""Letting triggers hear an event: in their order, each at most once for it, and once in a cycle of causes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from mediation.core import clock
from mediation.desk.actions import handling as handlings
from mediation.desk.actions.rule_acts import Cause, perform, settle
from mediation.desk.event_types import ACTED
from mediation.desk.models import Handling, Trigger, TriggerLog
from mediation.desk.queries.rule_facts import CaseFacts
from mediation.desk.queries.scenes import Scene, scene_of
from mediation.desk.rules import rule_actions
from mediation.desk.rules.conditions import reading
from mediation.desk.rules.conditions.fields import Use
from mediation.desk.rules.conditions.judging import judge
from mediation.desk.rules.conditions.reading import Unreadable
from mediation.disputes.models import Dispute
from mediation.events.models import Event

DEEPEST = 5  # triggers that cause one another
NEWS = timedelta(days=1)  # what comes to light later is history: nobody wants to be told of it now
KEPT_FIRED, KEPT_OTHERS = timedelta(days=90), timedelta(days=3)
CYCLE, DEPTH, BROKEN = "cycle", "depth", "broken"


@dataclass(frozen=True, slots=True)
class Cycle:
    """The event that began it, and how many triggers came before this one."""

    root: int
    depth: int


def hear(*, event: Event) -> None:
    """Everything that follows from an event, in one transaction. Heard twice, nothing happens the second time; what was
    said or told in private is not heard at all, and what is old by now is only kept for automations.
    """
    scene = scene_of(event)
    case = handlings.case_of(scene) if scene else None
    if scene is not None and case is not None:
        _hear(scene, case)


@transaction.atomic
def _hear(scene: Scene, case: Dispute) -> None:
    event = scene.event
    handling = handlings.locked(case, event.at)
    facts = CaseFacts(handling, event.at, scene)
    before = facts.before(scene)
    handlings.note(handling, scene, facts)
    if event.at < clock.now() - NEWS:
        return
    cycle = cycle_of(event)
    asked = set(TriggerLog.objects.filter(event=event.pk).values_list("trigger", flat=True))
    fired = set(TriggerLog.objects.filter(root=cycle.root, has_fired=True).values_list("trigger", flat=True))
    lines = []
    for trigger in Trigger.objects.filter(is_active=True).exclude(pk__in=asked):
        skipped = CYCLE if trigger.pk in fired else DEPTH if cycle.depth >= DEEPEST else ""
        line = _line(trigger, handling, scene, cycle, skipped)
        if not skipped:
            _try(trigger, line, facts, before, cycle)
        lines.append(line)
    TriggerLog.objects.bulk_create(lines)
    done = [one for line in lines for one in line.done]
    if done:
        settle(handling.dispute, done)


def cycle_of(event: Event) -> Cycle:
    """What a trigger caused belongs to the cycle of its cause; everything else begins one."""
    if event.type == ACTED:
        return Cycle(event.data["root"], event.data["depth"])
    return Cycle(event.pk, 0)


def forget_old() -> int:
    """Take old lines of the log away; returns how many. Those that did nothing are kept for days, the others longer."""
    now = clock.now()
    return _forget(has_fired=False, before=now - KEPT_OTHERS) + _forget(has_fired=True, before=now - KEPT_FIRED)


def _forget(*, has_fired: bool, before: datetime) -> int:
    return TriggerLog.objects.filter(has_fired=has_fired, at__lt=before).delete()[0]


def _line(trigger: Trigger, handling: Handling, scene: Scene, cycle: Cycle, skipped: str) -> TriggerLog:
    event = scene.event
    return TriggerLog(
        trigger=trigger,
        event=event.pk,
        happening=event.type,
        root=cycle.root,
        dispute=handling.dispute,
        has_fired=False,
        skipped=skipped,
        at=clock.now(),
    )


def _try(trigger: Trigger, line: TriggerLog, facts: CaseFacts, before: dict[str, Any], cycle: Cycle) -> None:
    """Judge, and do it if everything fits. What cannot be read any more says so in the log and stops nobody else."""
    try:
        conditions = reading.read(trigger.conditions, Use.TRIGGER)
        deeds = rule_actions.read(trigger.actions)
    except Unreadable:
        line.skipped = BROKEN
        return
    judgement = judge(conditions, facts, before)
    line.has_fired, line.why = judgement.fits, judgement.as_rows()
    if judgement.fits:
        key = f"trigger:{trigger.pk}:{line.event}"
        cause = Cause(str(trigger.pk), trigger.name, key, cycle.root, cycle.depth + 1)
        line.done = perform(facts, deeds, cause)
