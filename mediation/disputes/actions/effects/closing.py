"""The log review, and what happens at and after the close."""

from accounts.models import User
from mediation.conversations.actions import rooms
from mediation.disputes.actions import holdings
from mediation.disputes.actions.effects.agreement import void_agreement
from mediation.disputes.actions.step import Step, effect
from mediation.disputes.models import Bid, Review
from mediation.disputes.rules.states import Overlay, Phase


@effect("settle_as_reviewed")
def settle_as_reviewed(step: Step) -> None:
    """The slots that the log does not bear out go back; the rest stays paid."""
    slots = step.payload["slots"]
    step.decide(sum(slot["amount_minor"] for slot in slots if not slot["is_upheld"]))
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
    moved; what never moved is frozen again. If its money has gone elsewhere meanwhile, it stays closed (MoneyGone).
    """
    dispute = step.dispute
    _uphold_open_review(step)
    step.set(
        outcome="",
        closed_at=None,
        settled_refund_minor=None,
        evidence_closed_at=None,
        phase=Phase.OPENING.value,
        reopenings=dispute.reopenings + 1,
    )
    void_agreement(step)
    if dispute.has_claim:
        step.set(track=holdings.track_now(dispute).value)
        holdings.freeze(dispute, at=step.now)


def _uphold_open_review(step: Step) -> None:
    """Opening the case again is the answer to whoever still waits for one."""
    step.dispute.reviews.filter(decided_at__isnull=True).update(
        decided_by=step.person, decided_at=step.now, is_upheld=True, ruling=step.payload["reason"]
    )


@effect("bring_back")
def bring_back(step: Step) -> None:
    """The supervisor names who mediates; they come in visibly."""
    agent = User.objects.get(pk=step.payload["agent_id"])
    rooms.call_mediator(asker=step.dispute.filer, room_id=step.dispute.room_id, is_told=False)
    rooms.join_as_mediator(user=agent, room_id=step.dispute.room_id)
    step.set(mediator=agent)


@effect("note_declined")
def note_declined(step: Step) -> None:
    """A party does not want a recommendation; only the mediator is told."""
    step.record |= {"declined": str(step.actor_id), "reopenings": step.dispute.reopenings}


@effect("finish")
def finish(step: Step) -> None:
    """The case ends: sealed sums are erased, no round waits for any, and it is held no more: what goes back to somebody
    could not be paid otherwise.
    """
    Bid.objects.filter(round__dispute=step.dispute).delete()
    step.dispute.bid_rounds.filter(ended_at__isnull=True).update(ended_at=step.now)
    step.dispute.overlays.filter(kind=Overlay.HOLD.value, ended_at__isnull=True).update(ended_at=step.now)
    step.dispute.objections.filter(decided_at__isnull=True).update(decided_at=step.now)  # nobody rules on it now


@effect("drop_instructions")
def drop_instructions(step: Step) -> None:
    """Money that has not moved does not move any more."""
    step.dispute.instructions.filter(confirmed_at__isnull=True).delete()
