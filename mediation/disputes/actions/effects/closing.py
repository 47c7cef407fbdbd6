"""Arbitration, the log review, and what happens after the close."""

from datetime import timedelta

from accounts.models import User
from mediation.conversations.actions import rooms
from mediation.conversations.models import Attachment, Thread
from mediation.core.errors import NotFound
from mediation.disputes.actions import holdings, timers
from mediation.disputes.actions.effects.agreement import void_agreement
from mediation.disputes.actions.step import Step, effect
from mediation.disputes.models import ArbitrationStep, Award, Bid, Review
from mediation.disputes.queries.holdings import held, refunded
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.states import Outcome, Phase, Track

PARTIES = 2


@effect("start_election_time")
def start_election_time(step: Step) -> None:
    due = step.now + timedelta(days=step.terms.election_days)
    timers.arm(step.dispute, Kind.ELECTION, due, who="both", at=step.now)


@effect("note_election")
def note_election(step: Step) -> None:
    _step_of(step, ArbitrationStep.Kind.ELECTED)


@effect("note_share")
def note_share(step: Step) -> None:
    _step_of(step, ArbitrationStep.Kind.PAID)


@effect("arbitrate_if_both_paid")
def arbitrate_if_both_paid(step: Step) -> None:
    if step.dispute.arbitration_steps.filter(kind=ArbitrationStep.Kind.PAID.value).count() == PARTIES:
        step.then.append(("both_paid", {}))


@effect("settle_by_election")
def settle_by_election(step: Step) -> None:
    """One paid: the money is theirs. None: escrow goes back to the client; what was paid stays with the freelancer, and
    what was paid back before stays with the client.
    """
    dispute = step.dispute
    paid = dispute.arbitration_steps.filter(kind=ArbitrationStep.Kind.PAID.value).values_list("party_id", flat=True)
    elector = next(iter(paid), None)
    client_id = dispute.filer_id if dispute.filer_is_client else dispute.respondent_id
    if elector is not None:
        refund, outcome = dispute.amount_minor if elector == client_id else 0, Outcome.RELEASED_TO_ELECTOR
    elif dispute.track == Track.ESCROW.value:
        refund, outcome = dispute.amount_minor, Outcome.RETURNED_TO_CLIENT
    else:
        refund, outcome = refunded(dispute) or 0, Outcome.NO_AGREEMENT
    step.set(settled_refund_minor=refund, outcome=outcome.value)


@effect("enter_award")
def enter_award(step: Step) -> None:
    """One senior enters what the arbitrator decided; another confirms it."""
    document = Attachment.objects.filter(
        pk=step.payload["file_id"], thread__room=step.dispute.room_id, thread__audience=Thread.Audience.INTERNAL.value
    ).first()
    if document is None:
        raise NotFound
    step.dispute.awards.filter(confirmed_at__isnull=True).delete()
    Award.objects.create(
        dispute=step.dispute,
        refund_minor=step.payload["refund_minor"],
        release_minor=step.payload["release_minor"],
        document=document,
        entered_by=step.person,
        entered_at=step.now,
    )


@effect("settle_as_awarded")
def settle_as_awarded(step: Step) -> None:
    award = step.dispute.awards.get(confirmed_at__isnull=True)
    award.confirmed_by, award.confirmed_at = step.person, step.now
    award.save(update_fields=["confirmed_by", "confirmed_at"])
    step.set(settled_refund_minor=award.refund_minor)
    step.record |= {"document_sha256": award.document.sha256}


@effect("settle_as_reviewed")
def settle_as_reviewed(step: Step) -> None:
    """The slots that the log does not bear out go back; the rest stays paid."""
    slots = step.payload["slots"]
    step.set(settled_refund_minor=sum(slot["amount_minor"] for slot in slots if not slot["is_upheld"]))
    step.record |= {"slots": slots}


@effect("ask_review")
def ask_review(step: Step) -> None:
    Review.objects.create(dispute=step.dispute, asked_by=step.person, reason=step.payload["reason"], asked_at=step.now)


@effect("decide_review")
def decide_review(step: Step) -> None:
    review = step.dispute.reviews.get(decided_at__isnull=True)
    review.decided_by, review.decided_at = step.person, step.now
    review.is_upheld, review.ruling = step.payload["is_upheld"], step.payload["reason"]
    review.save(update_fields=["decided_by", "decided_at", "is_upheld", "ruling"])
    step.line |= {"is_upheld": review.is_upheld}


@effect("clear_outcome")
def clear_outcome(step: Step) -> None:
    """The case is open again, evidence too. What was paid out stays so, and from here on it is about money that has
    moved; what never moved is frozen again.
    """
    dispute = step.dispute
    step.set(
        outcome="",
        closed_at=None,
        settled_refund_minor=None,
        evidence_closed_at=None,
        phase=Phase.OPENING.value,
        reopenings=dispute.reopenings + 1,
    )
    void_agreement(step)
    has_moved = dispute.instructions.filter(confirmed_at__isnull=False).exists()
    if dispute.track == Track.ESCROW.value and (has_moved or held(dispute) < dispute.amount_minor):
        step.set(track=Track.ASSISTANCE.value)
    elif dispute.has_claim:
        holdings.freeze(dispute, at=step.now)


@effect("bring_back")
def bring_back(step: Step) -> None:
    """The supervisor names who mediates; they come in visibly."""
    agent = User.objects.get(pk=step.payload["agent_id"])
    rooms.ask_for_mediator(user=step.dispute.filer, room_id=step.dispute.room_id)
    rooms.join_as_mediator(user=agent, room_id=step.dispute.room_id)
    step.set(mediator=agent)


@effect("note_declined")
def note_declined(step: Step) -> None:
    """A party does not want a recommendation; only the mediator is told."""
    step.record |= {"declined": str(step.actor_id)}


@effect("finish")
def finish(step: Step) -> None:
    """The case ends: sealed sums are erased, and no round waits for any."""
    Bid.objects.filter(round__dispute=step.dispute).delete()
    step.dispute.bid_rounds.filter(ended_at__isnull=True).update(ended_at=step.now)


@effect("drop_instructions")
def drop_instructions(step: Step) -> None:
    """Money that has not moved does not move any more."""
    step.dispute.instructions.filter(confirmed_at__isnull=True).delete()


def _step_of(step: Step, kind: ArbitrationStep.Kind) -> None:
    ArbitrationStep.objects.get_or_create(
        dispute=step.dispute, party=step.person, kind=kind.value, defaults={"at": step.now}
    )
    step.line |= {"person": str(step.actor_id)}
