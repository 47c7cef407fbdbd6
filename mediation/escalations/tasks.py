"""The worker's side of the executive desk: beat knocks, the rows say what is due."""

from celery import shared_task

from mediation.escalations.actions import mails
from mediation.escalations.actions.sweep import sweep as sweep_once


@shared_task(name="mediation.escalations.tasks.sweep")
def sweep() -> int:
    """Steps of clocks and reminders. Returns how many were told."""
    return sweep_once()


@shared_task(name="mediation.escalations.tasks.hand_over_mails")
def hand_over_mails() -> int:
    """Mails that wait. Returns how many were taken."""
    return mails.hand_over()
