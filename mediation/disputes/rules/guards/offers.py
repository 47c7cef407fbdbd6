"""Making, answering and taking back an offer."""

from datetime import timedelta
from typing import Any

from mediation.core.clock import iso
from mediation.disputes import errors
from mediation.disputes.rules.facts import Facts, OfferFacts
from mediation.disputes.rules.guards.moments import not_too_far
from mediation.disputes.rules.guards.register import guard
from mediation.disputes.rules.money import Split, check_split


@guard("split_closes")
def split_closes(facts: Facts, payload: dict[str, Any]) -> None:
    """Release + refund = the amount in dispute. Without sums in the payload it is what was agreed that must close."""
    if "refund_minor" in payload:
        check_split(Split(payload["refund_minor"], payload["release_minor"]), facts.amount_minor)


@guard("offer_time")
def offer_time(facts: Facts, payload: dict[str, Any]) -> None:
    """Long enough for the other to read it, and not for ever."""
    least = facts.terms.offer_least_hours
    earliest = facts.now + timedelta(hours=least)
    if payload["expires_at"] < earliest:
        raise errors.OfferTooShort(detail={"least_hours": least, "earliest": iso(earliest)})
    not_too_far(facts, payload["expires_at"])


@guard("offer_differs")
def offer_differs(facts: Facts, payload: dict[str, Any]) -> None:
    """Not word for word what the actor has standing already: forms write its time in whole minutes."""
    said = payload["refund_minor"], tuple(payload.get("terms", ())), payload.get("note", "")
    for one in facts.offers:
        times = (one.expires_at, one.expires_at.replace(second=0, microsecond=0))
        if one.is_open and one.made_by == facts.actor and one.said == said and payload["expires_at"] in times:
            raise errors.SameOffer


@guard("offer_open")
def offer_open(facts: Facts, payload: dict[str, Any]) -> None:
    """Not answered, not taken back, and received before its expiry."""
    offer = _offer(facts, payload)
    if not offer.is_open or facts.now > offer.expires_at:
        raise errors.OfferGone


@guard("offer_version")
def offer_version(facts: Facts, payload: dict[str, Any]) -> None:
    """Who accepts has read what they accept."""
    if payload["offer_version"] != _offer(facts, payload).version:
        raise errors.OfferGone


@guard("is_addressee")
def is_addressee(facts: Facts, payload: dict[str, Any]) -> None:
    if facts.actor == _offer(facts, payload).made_by:
        raise errors.OwnOffer


@guard("is_maker")
def is_maker(facts: Facts, payload: dict[str, Any]) -> None:
    if facts.actor != _offer(facts, payload).made_by:
        raise errors.NotYours


def _offer(facts: Facts, payload: dict[str, Any]) -> OfferFacts:
    offer = facts.offer(payload["offer_id"])
    if offer is None:
        raise errors.OfferGone
    return offer
