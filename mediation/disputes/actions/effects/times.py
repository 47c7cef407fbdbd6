"""Starting, stopping and moving the times of a case."""

from datetime import datetime, timedelta

from mediation.disputes.actions import timers
from mediation.disputes.actions.effects.notices import give_notice
from mediation.disputes.actions.step import Step, effect
from mediation.disputes.queries import talks
from mediation.disputes.rules import deadlines
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.states import State, Track


@effect("stop_times")
def stop_times(step: Step) -> None:
    """Whatever was running for the state that ends here. Offers stand on their own time, until they are closed.

    What is overdue stays so while a text is signed: an agreement that fails gives nobody back what their time has cost.
    """
    timers.stop_all_but(step.dispute, Kind.OFFER, at=step.now)
    step.dispute.requests.filter(answered_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=step.now)
    step.dispute.caucuses.filter(ended_at__isnull=True, declined_at__isnull=True).update(ended_at=step.now)
    if step.dispute.state != State.SETTLING.value:
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
    """A hand-over gives no new time: what runs goes on, and what was stopped or ran out meanwhile comes back with what
    was left. That is never less than the time to sign, so that nobody is thrown from the queue into the end.
    """
    if timers.is_running(step.dispute, Kind.MEDIATION):
        return
    length = timedelta(days=step.terms.mediation_days)
    if _mediation_began(step):
        length = max(timers.left(step.dispute, Kind.MEDIATION), timedelta(hours=step.terms.sign_hours))
    timers.arm(step.dispute, Kind.MEDIATION, step.now + length, who="both", at=step.now)


def _mediation_began(step: Step) -> bool:
    """Whether a mediation has begun since the case was opened and, if it has a claim, since that was filed."""
    lines = step.of_now(step.dispute.deadlines.filter(kind=Kind.MEDIATION.value))
    since = step.dispute.filed_at or step.dispute.created_at
    return lines.filter(set_at__gte=since).exists()


@effect("begin_time_of_claim")
def begin_time_of_claim(step: Step) -> None:
    """A claim that joins a mediation has the whole time of one: until then nothing was in dispute. While the case waits
    for a mediator none runs, as for any other.
    """
    if step.dispute.state == State.MEDIATING.value:
        due = step.now + timedelta(days=step.terms.mediation_days)
        timers.arm(step.dispute, Kind.MEDIATION, due, who="both", at=step.now, reason="claim")
    else:
        timers.stop(step.dispute, Kind.MEDIATION, at=step.now, how="moved")


@effect("start_log_time")
def start_log_time(step: Step) -> None:
    due = deadlines.add_business_days(step.now, step.terms.log_review_business_days)
    timers.arm(step.dispute, Kind.LOG_REVIEW, due, who="upwork", at=step.now)


@effect("grant_grace_or_mark_overdue", reads=("grace_used",))
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
    """However often they are begun again, extended or paused, talks have an end."""
    return min(due_at, step.now + talks.left(step.dispute, step.now, step.terms))
