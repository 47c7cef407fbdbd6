"""What several tests of a case tell: an answer, a moment later, a recommendation."""

from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import UUID

from accounts.models import User
from mediation.core import clock
from mediation.disputes.models import Dispute, Offer
from tests.cast import Cast
from tests.disputes.conftest import AMOUNT, Say

ANSWER = {"reason": "disagree", "statement": "I delivered what we agreed."}


def later(**length: float) -> AbstractContextManager[None]:
    """The clock, so much later."""
    return clock.at(clock.now() + timedelta(**length))


def state(dispute: Dispute) -> str:
    """How the case stands now."""
    dispute.refresh_from_db()
    return dispute.state


def recommend(cast: Cast, say: Say, draft: Dispute, refund: int = 50_000) -> None:
    """From one piece of evidence to a recommendation that is out."""
    sent = cast.say(cast.client, "The checkout fails on my phone.")
    message = {"thread": sent.thread_id, "seq": sent.seq}
    offered = say(cast.client, "submit_evidence", kind="message", title="What she saw", message=message)
    item = UUID(offered.data["evidence_id"])
    say(cast.freelancer, "answer_evidence", evidence_id=item, status="acknowledged")
    say(cast.mediator, "close_evidence")
    finding = {
        "issue_id": draft.issues.get().pk,
        "text": "It fails on small screens.",
        "refund_minor": refund,
        "evidence": [item],
    }
    sums = {"refund_minor": refund, "release_minor": AMOUNT - refund}
    say(cast.mediator, "draft_recommendation", summary="Share it.", findings=[finding], **sums)
    say(cast.mediator, "issue_recommendation")


def hear_both(cast: Cast, say: Say, last: User) -> None:
    """A private talk with each side; the one with `last` goes on."""
    first = next(party for party in (cast.client, cast.freelancer) if party != last)
    for command, party in (("begin_caucus", first), ("end_caucus", None), ("begin_caucus", last)):
        say(cast.mediator, command, **({"party": party.pk} if party else {}))


def offer(cast: Cast, say: Say, draft: Dispute, refund: int = 30_000) -> dict[str, object]:
    """Mateo offers; how Helen names the offer."""
    expires_at = clock.now() + timedelta(days=1)
    say(cast.freelancer, "make_offer", refund_minor=refund, release_minor=AMOUNT - refund, expires_at=expires_at)
    return {"offer_id": Offer.objects.get(dispute=draft, status="open").pk, "offer_version": 1}


def sign(cast: Cast, say: Say, draft: Dispute) -> None:
    text = draft.agreements.get(void_at__isnull=True)
    for person in (cast.client, cast.freelancer):
        say(person, "accept_text", sha256=text.sha256, password_is_fresh=True)
