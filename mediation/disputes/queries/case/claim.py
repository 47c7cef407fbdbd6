"""The claim and its answer, the offers, the agreement and the money."""

from typing import Any

from mediation.core.clock import iso
from mediation.disputes import term_words
from mediation.disputes.models import Agreement, Instruction, Offer, Pick
from mediation.disputes.queries import contract_terms, holdings, rounds
from mediation.disputes.queries.case.reader import Reader, moment, text
from mediation.disputes.rules.claimable import there
from mediation.disputes.rules.contract_terms import Term
from mediation.disputes.rules.deadlines import response_days
from mediation.disputes.rules.facts import Facts
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import State, Track
from mediation.disputes.rules.visibility import Level, Thing, level

PARTIES = 2


def filing(reader: Reader, facts: Facts) -> dict[str, Any] | None:
    """For who is still writing the claim: until when it can be filed, if anything limits it yet; how much is there for
    it, in minor units; how many days the other side has to answer; and whether it says yet what goes back.
    """
    dispute = reader.dispute
    if dispute.state != State.DRAFT.value or facts.about is None:
        return None
    money = there(facts.about, facts.now, facts.terms)
    return {
        "ends_at": moment(facts.window_ends),
        "problem": dispute.problem,
        "there_minor": money.amount_minor if money else 0,
        "answer_days": response_days(Track(dispute.track), facts.terms),
        "is_refund_said": dispute.is_refund_said or dispute.claimed_refund_minor > 0,
    }


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


def picks(reader: Reader) -> list[dict[str, Any]]:
    """What goes with a draft, for its writer; nothing once it is filed."""
    if reader.dispute.state != State.DRAFT.value or not reader.reads(Thing.DRAFT):
        return []
    picks = list(reader.dispute.picks.all())
    is_quoting = any(one.term_id for one in picks)
    quotable = {one.id: one.term for one in contract_terms.of(reader.dispute.room.contract)} if is_quoting else {}
    return [_pick(one, quotable.get(one.term_id) if one.term_id else None) for one in picks]


def _pick(one: Pick, term: Term | None) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "kind": one.kind,
        "title": one.title,
        "excerpt": one.message.body if one.message else term_words.written(term) if term else one.excerpt,
        "term_id": text(one.term_id),
        "message": {"thread": str(one.message.thread_id), "seq": one.message.seq} if one.message else None,
        "file": {"id": str(one.attachment.pk), "name": one.attachment.name} if one.attachment else None,
        "is_there": one.is_there,
    }


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
        "declined_why": one.declined_why,
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
    return text_of(reader, current) if current else None


def earlier_agreement(reader: Reader, reopenings: int) -> dict[str, Any] | None:
    """The text that both had accepted before the case was opened again; it is void now."""
    if not reader.reads(Thing.PROPOSALS):
        return None
    texts = rounds.of(reader.dispute.agreements.all(), reopenings)
    accepted = [one for one in texts if len(one.acceptances.all()) == PARTIES]
    return text_of(reader, max(accepted, key=lambda one: one.version)) if accepted else None


def text_of(reader: Reader, one: Agreement) -> dict[str, Any]:
    """One version of the text."""
    accepted = {str(each.party_id): iso(each.at) for each in one.acceptances.all()}
    limit = Terms.of(reader.dispute.policy.terms).password_above_minor
    return {
        "version": one.version,
        "template": one.template,
        "params": one.params,
        "sha256": one.sha256,
        "written_at": iso(one.written_at),
        "void_at": moment(one.void_at),
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
        "arbitration_share_minor": Terms.of(reader.dispute.policy.terms).arbitration_share_minor,
        "instructions": [
            {
                "kind": one.kind,
                "party": text(one.party_id),
                "amount_minor": one.amount_minor,
                "currency": one.currency,
                "given_at": iso(one.given_at),
                "confirmed_at": moment(one.confirmed_at),
            }
            for one in sorted(reader.dispute.instructions.all(), key=_in_order)
        ],
    }


def _in_order(one: Instruction) -> tuple[Any, ...]:
    return (one.batch, one.given_at, one.kind, str(one.party_id))
