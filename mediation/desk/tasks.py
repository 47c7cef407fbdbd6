"""The worker's side of the desk: beat knocks, the rows say what is due."""

from celery import shared_task

from mediation.core import clock
from mediation.desk.actions import automations, rule_mails, snoozes, triggers, webhooks


@shared_task(name="mediation.desk.tasks.sweep_automations")
def sweep_automations() -> int:
    """Every automation looks once. Returns how many times one did something."""
    return automations.sweep()


@shared_task(name="mediation.desk.tasks.send_webhooks")
def send_webhooks() -> int:
    """What is due to webhooks. Returns how many were tried."""
    return webhooks.send_due()


@shared_task(name="mediation.desk.tasks.hand_over_mails")
def hand_over_mails() -> int:
    """Mails of rules that wait. Returns how many were taken."""
    return rule_mails.hand_over()


@shared_task(name="mediation.desk.tasks.forget_old_lines")
def forget_old_lines() -> int:
    """Old lines of the logs. Returns how many."""
    before = clock.now() - automations.KEPT
    return triggers.forget_old() + automations.forget_old() + webhooks.forget_old(before=before)


@shared_task(name="mediation.desk.tasks.wake_due")
def wake_due() -> int:
    """Take up the cases that were laid aside until now. Returns how many."""
    return snoozes.wake_due()
