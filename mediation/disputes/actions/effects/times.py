"""Starting, stopping and moving the times of a case."""

from datetime import datetime, timedelta

from mediation.disputes.actions import timers
from mediation.disputes.actions.effects.notices import give_notice
from mediation.disputes.actions.step import Step, effect
from mediation.disputes.rules import deadlines
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.states import Track


@effect("stop_times")
def stop_times(step: Step) -> None:
    """Whatever was running for the state that ends here. Offers stand on their own time, until they are closed."""
    timers.stop_all_but(step.dispute, Kind.OFFER, at=step.now)
    step.dispute.requests.filter(answered_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=step.now)
    step.dispute.caucuses.filter(ended_at__isnull=True, declined_at__isnull=True).update(ended_at=step.now)
    step.set(is_overdue=False)


@effect("start_response_time")
def start_response_time(step: Step) -> None:
    due = deadlines.response_due(Track(step.dispute.track), step.now, step.terms)
    timers.arm(step.dispute, Kind.RESPONSE, due, who="respondent", at=step.now)


@effect("start_talks_time")
def start_talks_time(step: Step) -> None:
    due = deadlines.talks_due(step.now, step.terms, is_low_value=step.dispute.is_low_value)
    timers.arm(step.dispute, Kind.TALKS, talks_capped(step, due), who="both", at=step.now)


@effect("start_mediation_time")
def start_mediation_time(step: Step) -> None:
    """A hand-over gives no new time: what runs goes on."""
    if timers.is_running(step.dispute, Kind.MEDIATION):
        return
    due = step.now + timedelta(days=step.terms.mediation_days)
    timers.arm(step.dispute, Kind.MEDIATION, due, who="both", at=step.now)


@effect("start_log_time")
def start_log_time(step: Step) -> None:
    due = deadlines.add_business_days(step.now, step.terms.log_review_business_days)
    timers.arm(step.dispute, Kind.LOG_REVIEW, due, who="upwork", at=step.now)


@effect("grant_grace_or_mark_overdue")
def grant_grace_or_mark_overdue(step: Step) -> None:
    """Silence: one grace, with a second notice; after it an agent looks at the default rule before money moves."""
    if step.facts.grace_used:
        step.set(is_overdue=True)
        return
    due = step.now + timedelta(hours=step.terms.grace_hours)
    timers.arm(step.dispute, Kind.RESPONSE, due, who="respondent", at=step.now, reason="grace")
    give_notice(step)


@effect("mark_overdue")
def mark_overdue(step: Step) -> None:
    step.set(is_overdue=True)


@effect("start_stay")
def start_stay(step: Step) -> None:
    """The money does not move before the stay is over."""
    timers.arm(step.dispute, Kind.STAY, step.now + timedelta(hours=step.terms.stay_hours), who="system", at=step.now)


def talks_capped(step: Step, due_at: datetime) -> datetime:
    """However often they are begun again, extended or paused, talks have an end; only a hold does not count."""
    lines = step.dispute.deadlines.filter(kind=Kind.TALKS.value).order_by("set_at", "pk")
    began = lines.values_list("set_at", flat=True).first() or step.now
    return deadlines.talks_capped(due_at, began, step.terms, held=timers.held(step.dispute, began, step.now))
