"""The worker's side of a case: beat knocks, the rows say what is due."""

from celery import shared_task

from mediation.disputes.actions import auto_release, firing, news, notices, outages, payments, telling, verifying


@shared_task(name="mediation.disputes.tasks.fire_timers")
def fire_timers() -> int:
    """Timers of all cases that are due, after the time of our outages was given back. Returns how many spoke."""
    outages.give_back()
    return firing.sweep()


@shared_task(name="mediation.disputes.tasks.pay_out")
def pay_out() -> int:
    """Instructions of settled cases, and what is released by itself, once the time of our outages was given back.
    Returns how many cases were finished.
    """
    outages.give_back()
    auto_release.release_due()
    return payments.pay_out()


@shared_task(name="mediation.disputes.tasks.hand_over_notices")
def hand_over_notices() -> int:
    """Notices that wait for their channel, and of payments that are near. Returns how many were handed over."""
    news.warn()
    return notices.hand_over()


@shared_task(name="mediation.disputes.tasks.verify_cases")
def verify_cases() -> int:
    """Case files whose turn it is to be looked at. Returns how many were."""
    return verifying.verify_due()


@shared_task(name="mediation.disputes.tasks.end_looks")
def end_looks() -> int:
    """Looks into private talks whose time is over, and parties who can be told of one. Returns how many cases had
    something.
    """
    return telling.sweep()
