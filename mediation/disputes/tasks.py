"""The worker's side of a case: beat knocks, the rows say what is due."""

from celery import shared_task

from mediation.disputes.actions import auto_release, firing, notices, outages, payments


@shared_task(name="mediation.disputes.tasks.fire_timers")
def fire_timers() -> int:
    """Timers of all cases that are due, after the time was given back in which we were away. Returns how many spoke."""
    outages.note_alive()
    return firing.sweep()


@shared_task(name="mediation.disputes.tasks.pay_out")
def pay_out() -> int:
    """Instructions of settled cases, and what is released by itself. Returns how many cases were finished."""
    auto_release.release_due()
    return payments.pay_out()


@shared_task(name="mediation.disputes.tasks.hand_over_notices")
def hand_over_notices() -> int:
    """Notices that wait for their channel. Returns how many were handed over."""
    return notices.hand_over()
