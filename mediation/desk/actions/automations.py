"""Letting automations look at the cases whose time has come, each case at most once until it was undone."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mediation.core import clock
from mediation.desk.actions.handling import PEOPLE
from mediation.desk.actions.rule_acts import Cause, perform, settle
from mediation.desk.models import Automation, AutomationFiring, Handling
from mediation.desk.queries.automation_candidates import candidates
from mediation.desk.queries.rule_facts import CaseFacts
from mediation.desk.rules import rule_actions
from mediation.desk.rules.conditions import reading
from mediation.desk.rules.conditions.fields import Use
from mediation.desk.rules.conditions.judging import judge
from mediation.desk.rules.conditions.reading import Conditions, Unreadable
from mediation.desk.rules.rule_actions import Deed

MOST_PAGES = 10  # of one automation in one sweep; the next goes on where this one stopped
KEPT = timedelta(days=90)

log = logging.getLogger(__name__)


def sweep() -> int:
    """Every automation in its order; returns how many times one did something. One that fails holds up no other."""
    return sum(_sweep_safely(one) for one in list(Automation.objects.filter(is_active=True)))


def forget_old() -> int:
    """Take away lines of the log that are undone and old; returns how many."""
    return AutomationFiring.objects.filter(undone_at__lt=clock.now() - KEPT).delete()[0]


def _sweep_safely(automation: Automation) -> int:
    try:
        conditions = reading.read(automation.conditions, Use.AUTOMATION)
        deeds = rule_actions.read(automation.actions)
        return _sweep(automation, conditions, deeds)
    except Unreadable:
        log.warning("An automation cannot be read", extra={"automation": str(automation.pk)})
    except Exception:
        log.exception("An automation failed", extra={"automation": str(automation.pk)})
    return 0


def _sweep(automation: Automation, conditions: Conditions, deeds: tuple[Deed, ...]) -> int:
    _end_cycles(automation, conditions)
    now, count = clock.now(), 0
    after = _resumed(automation)
    for _page in range(MOST_PAGES):
        found = candidates(automation, conditions, now, after)
        count += sum(_do(automation, conditions, deeds, case) for _moment, case in found)
        after = found[-1] if found else None
        if after is None:
            break
    at, case = after or (None, None)
    Automation.objects.filter(pk=automation.pk).update(resume_at=at, resume_case=case)
    return count


def _resumed(automation: Automation) -> tuple[datetime, UUID] | None:
    if automation.resume_at is None or automation.resume_case is None:
        return None
    return automation.resume_at, automation.resume_case


@transaction.atomic
def _do(automation: Automation, conditions: Conditions, deeds: tuple[Deed, ...], case: UUID) -> bool:
    """Judge the case under its lock, and do it if everything fits. One that somebody else works on waits for the next
    sweep.
    """
    handling = _locked(case)
    if handling is None or not handling.is_open:
        return False
    facts = CaseFacts(handling, clock.now())
    judgement = judge(conditions, facts)
    if not judgement.fits:
        return False
    firing, is_new = AutomationFiring.objects.get_or_create(
        automation=automation,
        dispute=handling.dispute,
        undone_at=None,
        defaults={"why": judgement.as_rows(), "at": facts.at},
    )
    if not is_new:
        return False
    # No event began this cycle; its own number, which no event has, stands for one.
    cause = Cause(str(automation.pk), automation.name, f"automation:{firing.pk}", root=-firing.pk)
    firing.done = perform(facts, deeds, cause)
    firing.save(update_fields=["done"])
    settle(handling.dispute, firing.done)
    return True


def _locked(case: UUID) -> Handling | None:
    free = Handling.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    return free.filter(pk=case).select_related(*PEOPLE).first()


def _end_cycles(automation: Automation, conditions: Conditions) -> None:
    """Where the conditions do not hold any more, it may be done again as soon as they do."""
    now = clock.now()
    running = AutomationFiring.objects.filter(automation=automation, undone_at__isnull=True)
    for firing in running.select_related("dispute").order_by("pk")[:1000]:
        handling = Handling.objects.select_related(*PEOPLE).filter(pk=firing.dispute_id).first()
        if handling is None or not handling.is_open or not judge(conditions, CaseFacts(handling, now)).fits:
            AutomationFiring.objects.filter(pk=firing.pk, undone_at__isnull=True).update(undone_at=now)
