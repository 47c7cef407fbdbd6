"""A case as one side sees it, for its mediator: only what this side and the mediator both may read."""

from typing import Any

from accounts.models import User
from mediation.core import clock
from mediation.core.errors import NotFound
from mediation.disputes import audience
from mediation.disputes.models import Dispute
from mediation.disputes.queries.case import choices, claim, ends, kept, mediation, standing
from mediation.disputes.queries.case.reader import Reader, load, reader
from mediation.disputes.queries.case.view import head
from mediation.disputes.rules.visibility import Viewer


def as_party(dispute: Dispute, viewer: User, party: User) -> dict[str, Any]:
    """In the shapes of `case_view`. Raises NotFound for anybody but the case's mediator.

    What is the side's own (a sealed answer, bids, objections, what the alternatives would cost, what they can do now)
    is left out, and so is all that only Upwork reads.
    """
    if Viewer.MEDIATOR not in audience.viewers(dispute, viewer):
        raise NotFound
    side = reader(load(dispute), party, clock.now())
    if not side.is_party:
        raise NotFound
    defaults = kept.default_entries([dispute])
    shown = head(side) | _shown(side) | _nothing() | kept.kept(side, defaults)
    formers = [one | {"my_answer": None} for one in shown["former_recommendations"]]
    return shown | {"former_recommendations": formers}


def _shown(side: Reader) -> dict[str, Any]:
    recommendation = mediation.recommendation(side, side.dispute.reopenings)
    return {
        "standing": standing.standing(side, choices.gathered(side)),
        "ledger": standing.ledger(side),
        "statements": [one for one in claim.statements(side) if one["revealed_at"]],
        "issues": mediation.issues(side),
        "evidence": mediation.evidence(side),
        "offers": claim.offers(side),
        "requests": mediation.requests(side),
        "promises": mediation.promises(side),
        "caucuses": mediation.caucuses(side),
        "releases": mediation.releases(side),
        "bidding": mediation.bidding(side, side.dispute.reopenings),
        "recommendation": recommendation and recommendation | {"my_answer": None},
        "agreement": claim.agreement(side),
        "overlays": standing.overlays(side),
        "money": claim.money(side),
        "arbitration": ends.arbitration(side, side.dispute.reopenings),
        "awards": ends.awards(side, side.dispute.reopenings),
        "review_until": ends.review_until(side),
    }


def _nothing() -> dict[str, Any]:
    """What is the side's own, or is drawn nowhere in a preview."""
    lists = ("picks", "earlier", "alternatives", "reviews", "objections", "disclosures", "glass", "actions")
    return {"filing": None, "conflict": None} | {name: [] for name in lists}
