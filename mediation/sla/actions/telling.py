"""Telling of steps: an event and a line among the staff's notes, and mails to those whom the policy names.

Each step is told in a transaction of its own, in due order; one that fails does not hold up the others.
"""

import logging
from contextlib import suppress
from datetime import timedelta

from django.db import transaction

from mediation.conversations.actions.append import append
from mediation.conversations.actions.rooms import notes_thread
from mediation.core import clock
from mediation.core.errors import Refused
from mediation.disputes.actions.transition import transition
from mediation.disputes.rules.ladder import Rung, Why, is_breach_for_a_senior
from mediation.sla.event_types import of_step
from mediation.sla.models import Clock, StepMail, StepTaken
from mediation.sla.queries.people import told
from mediation.sla.queries.policies import terms_of
from mediation.sla.rules.steps import BREACH, Action

NEWS = timedelta(days=3)

log = logging.getLogger(__name__)


def tell(*, limit: int = 500) -> int:
    """Tell of the steps that were taken and not told yet; returns how many."""
    untold = StepTaken.objects.filter(told_at__isnull=True).order_by("due_at", "pk")
    return sum(_tell_safely(step_id) for step_id in untold.values_list("pk", flat=True)[:limit])


def _tell_safely(step_id: int) -> bool:
    try:
        return _tell(step_id)
    except Exception:
        log.exception("A step could not be told", extra={"step": step_id})
        return False


@transaction.atomic
def _tell(step_id: int) -> bool:
    untold = StepTaken.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    step = untold.filter(pk=step_id, told_at__isnull=True).first()
    if step is None:
        return False
    timed = Clock.objects.select_related("dispute__mediator", "policy").get(pk=step.clock_id)
    actions = terms_of(timed.policy).actions(timed.metric, step.percent) if timed.policy else ()
    if actions and _is_news(step, timed):
        _write(step, timed, actions)
    step.told_at = clock.now()
    step.save(update_fields=["told_at"])
    return True


def _is_news(step: StepTaken, timed: Clock) -> bool:
    """A warning about what was done since is none, nor is what comes to light after days: figures still have it."""
    return (timed.ended_at is None or step.percent >= BREACH) and step.due_at > clock.now() - NEWS


def _write(step: StepTaken, timed: Clock, actions: tuple[Action, ...]) -> None:
    now = clock.now()
    if Action.LEVEL_UP in actions and is_breach_for_a_senior(step.percent):
        _level_up(timed)  # first: a case is locked before its room
    said = {
        "clock": str(timed.pk),
        "dispute": str(timed.dispute_id),
        "metric": timed.metric,
        "percent": step.percent,
    }
    line = said | {"person": str(timed.person_id) if timed.person_id else None}
    append(thread=notes_thread(timed.room_id), type=of_step(step.percent), actor_id=None, at=now, data=said, line=line)
    people = told(timed.dispute, actions)
    StepMail.objects.bulk_create([StepMail(step=step, to=person, try_at=now) for person in people])


def _level_up(timed: Clock) -> None:
    """The case asks for a senior, unless it has one, asked for one or is where none could help."""
    asked = {"level": Rung.SENIOR.value, "why": Why.BREACH.value}
    with suppress(Refused), transaction.atomic():
        transition(actor=None, dispute_id=timed.dispute_id, command="raise_level", payload=asked)
