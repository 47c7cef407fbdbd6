"""The mediator's recommendation, and the sealed answers that are only looked at together."""

from django.db.models import Max

from mediation.disputes.actions import timers
from mediation.disputes.actions.effects.evidence import issue_of
from mediation.disputes.actions.step import Step, effect
from mediation.disputes.models import Answer, Finding, Recommendation
from mediation.disputes.rules import deadlines
from mediation.disputes.rules.deadlines import Kind

PARTIES = 2


@effect("draft_recommendation")
def draft_recommendation(step: Step) -> None:
    """Write the draft, or change it; a change needs a second reader anew."""
    recommendation = _draft(step)
    for name in ("summary", "refund_minor", "release_minor"):
        setattr(recommendation, name, step.payload[name])
    recommendation.second_reader, recommendation.second_read_at = None, None
    recommendation.save()
    for finding in step.payload["findings"]:
        saved, _ = Finding.objects.update_or_create(
            recommendation=recommendation,
            issue=issue_of(step, finding["issue_id"]),
            defaults={"text": finding["text"], "refund_minor": finding["refund_minor"]},
        )
        saved.cited.set(step.dispute.evidence.filter(pk__in=finding["evidence"]))


@effect("second_read")
def second_read(step: Step) -> None:
    recommendation = _draft(step)
    recommendation.second_reader, recommendation.second_read_at = step.actor, step.now
    recommendation.save(update_fields=["second_reader", "second_read_at"])


@effect("send_recommendation")
def send_recommendation(step: Step) -> None:
    """Both get it at the same moment, from who sends it, whoever began the draft."""
    recommendation = _draft(step)
    recommendation.author, recommendation.issued_at = step.person, step.now
    recommendation.save(update_fields=["author", "issued_at"])
    timers.stop(step.dispute, Kind.RECOMMENDATION, at=step.now)
    timers.stop(step.dispute, Kind.MEDIATION, at=step.now)
    step.line |= {
        "refund_minor": recommendation.refund_minor,
        "release_minor": recommendation.release_minor,
        "currency": step.dispute.currency,
    }
    step.record |= {"summary": recommendation.summary} | step.line
    step.line |= {"recommendation": str(recommendation.pk)}


@effect("start_answer_time")
def start_answer_time(step: Step) -> None:
    timers.arm(step.dispute, Kind.ANSWER, deadlines.answer_due(step.now, step.terms), who="both", at=step.now)


@effect("seal_answer")
def seal_answer(step: Step) -> None:
    """May be changed until both are in or the time is up. What it says goes nowhere: not to the log, not to the
    line.
    """
    Answer.objects.update_or_create(
        recommendation=_issued(step), party=step.person, defaults={"is_yes": step.payload["is_yes"], "at": step.now}
    )


@effect("evaluate_if_all_in")
def evaluate_if_all_in(step: Step) -> None:
    """Only when both are in; the result is only "agreed" or "no agreement"."""
    answers = list(_issued(step).answers.values_list("is_yes", flat=True))
    if len(answers) == PARTIES:
        step.then.append(("answers_agree" if all(answers) else "answers_differ", {}))


@effect("take_recommendation")
def take_recommendation(step: Step) -> None:
    """Both said yes: what was recommended is what is agreed."""
    recommendation = _issued(step)
    recommendation.is_agreed, recommendation.evaluated_at = True, step.now
    recommendation.save(update_fields=["is_agreed", "evaluated_at"])
    step.set(settled_refund_minor=recommendation.refund_minor, outcome="recommendation_accepted")
    step.payload |= {"source": f"recommendation:{recommendation.number}"}


@effect("note_no_agreement")
def note_no_agreement(step: Step) -> None:
    """Who answered what stays sealed, for ever."""
    recommendation = _issued(step)
    recommendation.is_agreed, recommendation.evaluated_at = False, step.now
    recommendation.save(update_fields=["is_agreed", "evaluated_at"])


def _issued(step: Step) -> Recommendation:
    """The one that waits for its answers."""
    issued = step.dispute.recommendations.filter(issued_at__isnull=False, evaluated_at__isnull=True)
    return step.of_now(issued).latest("number")


def _draft(step: Step) -> Recommendation:
    dispute = step.dispute
    draft = step.of_now(dispute.recommendations.filter(issued_at__isnull=True)).first()
    if draft is not None:
        return draft
    newest = dispute.recommendations.aggregate(newest=Max("number"))["newest"] or 0
    return Recommendation(dispute=dispute, number=newest + 1, author=dispute.mediator, reopenings=dispute.reopenings)
