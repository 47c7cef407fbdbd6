"""Starting, stopping and moving the times of a case."""

from datetime import timedelta

from mediation.disputes.actions import timers
from mediation.disputes.actions.step import Step, effect
from mediation.disputes.rules import deadlines
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.states import Track


@effect("stop_times")
def stop_times(step: Step) -> None:
    """Whatever was running for the state that ends here."""
    timers.stop(step.dispute, None, at=step.now)
    step.set(is_overdue=False)


@effect("start_response_time")
def start_response_time(step: Step) -> None:
    due = deadlines.response_due(Track(step.dispute.track), step.now, step.terms)
    timers.arm(step.dispute, Kind.RESPONSE, due, who="respondent", at=step.now)


@effect("start_talks_time")
def start_talks_time(step: Step) -> None:
    due = deadlines.talks_due(step.now, step.terms, is_low_value=step.dispute.is_low_value)
    timers.arm(step.dispute, Kind.TALKS, due, who="both", at=step.now)


@effect("start_mediation_time")
def start_mediation_time(step: Step) -> None:
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


@effect("mark_overdue")
def mark_overdue(step: Step) -> None:
    step.set(is_overdue=True)


@effect("start_stay")
def start_stay(step: Step) -> None:
    """The money does not move before the stay is over."""
    timers.arm(step.dispute, Kind.STAY, step.now + timedelta(hours=step.terms.stay_hours), who="system", at=step.now)
