"""The worker's side of the mirror: beat knocks, the rows say what is due."""

from celery import shared_task

from mediation.zendesk.actions import reconciling, webhooks, working


@shared_task(name="mediation.zendesk.tasks.work")
def work() -> int:
    """Bring tickets in step. Returns how many were taken up."""
    return working.work_due()


@shared_task(name="mediation.zendesk.tasks.read_changes")
def read_changes() -> int:
    """What changed there, whether or not a webhook came. Returns how many tickets."""
    return reconciling.read_changes()


@shared_task(name="mediation.zendesk.tasks.check")
def check() -> int:
    """Compare tickets whose daily look is due, and forget old door-bells. Returns how many were compared."""
    webhooks.forget_old()
    return reconciling.check_due()
