"""The worker's side of clocks: beat knocks, the rows say what is due."""

from celery import shared_task

from mediation.sla.actions import calendars, mails, policies, telling
from mediation.sla.actions.sweep import sweep as sweep_once


@shared_task(name="mediation.sla.tasks.sweep")
def sweep() -> int:
    """Steps that are due, and telling of them. Returns how many were due."""
    calendars.apply_published()
    policies.apply_newest()
    found = sweep_once()
    telling.tell()
    return found


@shared_task(name="mediation.sla.tasks.hand_over_mails")
def hand_over_mails() -> int:
    """Mails about steps that wait. Returns how many were taken."""
    return mails.hand_over()
