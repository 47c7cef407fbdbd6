"""The claim and its answer, the offers, the agreement and the money."""

from typing import Any

from mediation.core.clock import iso
from mediation.disputes.models import Agreement, Offer
from mediation.disputes.queries import holdings
from mediation.disputes.queries.case.reader import Reader, moment, text
from mediation.disputes.rules.deadlines import filing_ends
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import State, Track
from mediation.disputes.rules.visibility import Level, Thing, level


def filing(reader: Reader) -> dict[str, Any] | None:
    """For who is still writing the claim: until when it can be filed."""
    dispute = reader.dispute
    if dispute.state != State.DRAFT.value:
        return None
    ends = filing_ends(Track(dispute.track), holdings.since(dispute), Terms.of(dispute.policy.terms))
    return {"ends_at": iso(ends), "problem": dispute.problem}


def statements(reader: Reader) -> list[dict[str, Any]]:
    """One's own, and the others' once both were revealed together."""
    may = level(Thing.STATEMENTS, reader.viewers) is Level.AFTER
    return [
        {
            "author": text(one.author_id),
            "body": one.body,
            "wants": one.wants,
            "reason": one.reason,
            "updated_at": iso(one.updated_at),
            "revealed_at": moment(one.revealed_at),
        }
        for one in sorted(reader.dispute.statements.all(), key=lambda one: one.pk)
        if reader.is_mine(one.author_id) or (may and one.revealed_at is not None)
    ]


def offers(reader: Reader) -> list[dict[str, Any]]:
    """Every offer in the order of its number."""
    if not reader.reads(Thing.OFFERS):
        return []
    return [_offer(reader, one) for one in reader.dispute.offers.all()]


def _offer(reader: Reader, one: Offer) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "number": one.number,
        "made_by": str(one.made_by_id),
        "is_mine": reader.is_mine(one.made_by_id),
        "refund_minor": one.refund_minor,
        "release_minor": one.release_minor,
        "terms": one.terms,
        "note": one.note,
        "answers": text(one.answers_id),
        "status": one.status,
        "version": one.version,
        "made_at": iso(one.made_at),
        "expires_at": iso(one.expires_at),
        "ended_at": moment(one.ended_at),
    }


def agreement(reader: Reader) -> dict[str, Any] | None:
    """The text that stands, or that both have accepted; `params` is what every language is drawn from."""
    if not reader.reads(Thing.PROPOSALS):
        return None
    texts = sorted(reader.dispute.agreements.all(), key=lambda one: one.version)
    current = next((one for one in reversed(texts) if one.void_at is None), None)
    return _agreement(reader, current) if current else None


def _agreement(reader: Reader, one: Agreement) -> dict[str, Any]:
    accepted = {str(each.party_id): iso(each.at) for each in one.acceptances.all()}
    limit = Terms.of(reader.dispute.policy.terms).password_above_minor
    return {
        "version": one.version,
        "template": one.template,
        "params": one.params,
        "sha256": one.sha256,
        "written_at": iso(one.written_at),
        "accepted": accepted,
        "accepted_by_me": str(reader.person.pk) in accepted,
        "needs_password": reader.dispute.amount_minor > limit,
    }


def money(reader: Reader) -> dict[str, Any]:
    """What is held, and what the ledger was told to move."""
    in_escrow, frozen = holdings.money(reader.dispute)
    return {
        "held_minor": in_escrow + frozen,
        "frozen_minor": frozen,
        "settled_refund_minor": reader.dispute.settled_refund_minor,
        "instructions": [
            {
                "kind": one.kind,
                "amount_minor": one.amount_minor,
                "currency": one.currency,
                "given_at": iso(one.given_at),
                "confirmed_at": moment(one.confirmed_at),
            }
            for one in sorted(reader.dispute.instructions.all(), key=lambda one: (one.batch, one.kind))
        ],
    }
