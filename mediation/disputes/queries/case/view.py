"""The whole of a case for one reader."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from accounts.models import User
from mediation.conversations import snapshots
from mediation.core import clock
from mediation.core.clock import iso
from mediation.core.errors import NotFound
from mediation.disputes.models import Dispute
from mediation.disputes.queries import alternatives, glass
from mediation.disputes.queries.case import choices, claim, earlier, ends, kept, mediation, standing
from mediation.disputes.queries.case.reader import Reader, load, moment, reader, text
from mediation.disputes.rules.states import Actor, State


def case_view(dispute: Dispute, viewer: User) -> dict[str, Any]:
    """Everything this person may see of the case, as plain JSON-able values. Raises NotFound for an outsider.

    A case from `audience.case_of` brings its people along and costs the fewest queries.
    """
    before = reader(load(dispute), viewer, clock.now())
    if not before.viewers:
        raise NotFound
    facts = choices.gathered(before)
    may_come = Actor.AGENT in facts.actors and dispute.state == State.ESCALATED.value
    return (
        head(before)
        | {
            "standing": standing.standing(before, facts),
            "ledger": standing.ledger(before),
            "filing": claim.filing(before, facts),
            "statements": claim.statements(before),
            "picks": claim.picks(before),
            "issues": mediation.issues(before),
            "evidence": mediation.evidence(before),
            "offers": claim.offers(before),
            "requests": mediation.requests(before),
            "promises": mediation.promises(before),
            "caucuses": mediation.caucuses(before),
            "releases": mediation.releases(before),
            "bidding": mediation.bidding(before, dispute.reopenings),
            "recommendation": mediation.recommendation(before, dispute.reopenings),
            "agreement": claim.agreement(before),
            "earlier": earlier.earlier(before),
            "overlays": standing.overlays(before),
            "money": claim.money(before),
            "alternatives": [asdict(one) for one in alternatives.of(dispute, viewer)],
        }
        | kept.kept(before, kept.default_entries([dispute]))
        | _ends(before)
        | {
            "conflict": facts.conflict if may_come else None,
            "actions": choices.actions(before, facts),
        }
    )


def head(before: Reader) -> dict[str, Any]:
    """What the case is, who is in it and how far it has come."""
    dispute = before.dispute
    return {
        "id": str(dispute.pk),
        "number": dispute.number,
        "room": str(dispute.room_id),
        "contract": {"id": str(dispute.room.contract_id), "title": dispute.room.contract.title},
        "milestone": _milestone(dispute),
        "week_starts": dispute.week_starts.isoformat() if dispute.week_starts else None,
        "track": dispute.track,
        "state": dispute.state,
        "phase": dispute.phase,
        "version": dispute.version,
        "outcome": dispute.outcome,
        "has_claim": dispute.has_claim,
        "is_low_value": dispute.is_low_value,
        "problem": dispute.problem,
        "currency": dispute.currency,
        "amount_minor": dispute.amount_minor,
        "claimed_refund_minor": dispute.claimed_refund_minor,
        "filer": snapshots.person(dispute.filer, _side(dispute, dispute.filer_id)),
        "respondent": snapshots.person(dispute.respondent, _side(dispute, dispute.respondent_id)),
        "mediator": snapshots.person(dispute.mediator, "mediator") if dispute.mediator else None,
        "closed_accounts": _closed_accounts(before),
        "asker": text(dispute.asker_id),
        "role": _role(before),
        "evidence_closed_at": moment(dispute.evidence_closed_at),
        "created_at": iso(dispute.created_at),
        "filed_at": moment(dispute.filed_at),
        "closed_at": moment(dispute.closed_at),
    }


def _closed_accounts(before: Reader) -> list[str]:
    """Parties who cannot sign in any more: for staff, who decide what their silence means."""
    parties = (before.dispute.filer, before.dispute.respondent)
    return [] if before.is_party else [str(one.pk) for one in parties if not one.is_active]


def _ends(before: Reader) -> dict[str, Any]:
    return {
        "arbitration": ends.arbitration(before, before.dispute.reopenings),
        "awards": ends.awards(before, before.dispute.reopenings),
        "reviews": ends.reviews(before),
        "review_until": ends.review_until(before),
        "objections": ends.objections(before),
        "disclosures": ends.disclosures(before),
        "ladder": ends.ladder(before),
        "glass": glass.rows(before.dispute, before.person, before.now),
    }


def _role(before: Reader) -> str:
    if before.is_party:
        return "filer" if before.is_mine(before.dispute.filer_id) else "respondent"
    return "mediator" if before.is_mediator else "staff"


def _side(dispute: Dispute, person_id: UUID) -> str:
    return "client" if (person_id == dispute.filer_id) == dispute.filer_is_client else "freelancer"


def _milestone(dispute: Dispute) -> dict[str, Any] | None:
    one = dispute.milestone
    if one is None:
        return None
    return {"id": str(one.pk), "title": one.title, "position": one.position, "amount_minor": one.amount_minor}
