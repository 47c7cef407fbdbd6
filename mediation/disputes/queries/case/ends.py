"""The rarer turns: arbitration, awards, objections and reviews."""

from datetime import timedelta
from typing import Any

from mediation.conversations import snapshots
from mediation.core.clock import iso
from mediation.disputes.queries import rounds
from mediation.disputes.queries.case.reader import Reader, moment, text
from mediation.disputes.rules.ladder import stands_at
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.visibility import Thing


def arbitration(reader: Reader, reopenings: int) -> list[dict[str, Any]]:
    """Who chose arbitration and who paid their share; both see every step."""
    steps = sorted(rounds.of(reader.dispute.arbitration_steps.all(), reopenings), key=lambda one: (one.at, one.pk))
    return [{"party": str(one.party_id), "kind": one.kind, "at": iso(one.at)} for one in steps]


def awards(reader: Reader, reopenings: int) -> list[dict[str, Any]]:
    """What the arbitrator decided; what only one senior has entered is not yet anybody else's to know."""
    found = sorted(rounds.of(reader.dispute.awards.all(), reopenings), key=lambda one: one.pk)
    return [
        {
            "refund_minor": one.refund_minor,
            "release_minor": one.release_minor,
            "round": one.reopenings + 1,
            "document": one.document.name,
            "document_sha256": one.document.sha256,
            "entered_at": iso(one.entered_at),
            "confirmed_at": moment(one.confirmed_at),
        }
        | (
            {}
            if reader.is_party
            else {"entered_by": text(one.entered_by_id), "confirmed_by": text(one.confirmed_by_id)}
        )
        for one in found
        if one.confirmed_at or reader.is_senior
    ]


def review_until(reader: Reader) -> str | None:
    """Until when a side may ask for a review of how the case was led; None before the close, where nobody may, and
    once somebody has.
    """
    closed_at = reader.dispute.closed_at
    if closed_at is None or not (reader.dispute.filed_at or not reader.dispute.has_claim):
        return None
    if any(one.decided_at is None or one.asked_at >= closed_at for one in reader.dispute.reviews.all()):
        return None
    return iso(closed_at + timedelta(days=Terms.of(reader.dispute.policy.terms).reopen_days))


def objections(reader: Reader) -> list[dict[str, Any]]:
    """That there is one, both know; why, only who raised it and who decides it: never whom it is about."""
    found = sorted(reader.dispute.objections.all(), key=lambda one: one.pk)
    told = {one.pk for one in found if reader.is_mine(one.raised_by_id)}
    if reader.is_senior:
        told |= {one.pk for one in found if not reader.is_mine(one.mediator_id)}
    return [
        {
            "raised_by": str(one.raised_by_id),
            "reason": one.reason if one.pk in told else None,
            "raised_at": iso(one.raised_at),
            "decided_at": moment(one.decided_at),
            "is_upheld": one.is_upheld,
            "ruling": one.ruling if one.pk in told else None,
        }
        for one in found
    ]


def disclosures(reader: Reader) -> list[dict[str, Any]]:
    """What agents have said ties them to one of the parties, and what came of it."""
    found = sorted(reader.dispute.disclosures.all(), key=lambda one: one.pk)
    return [
        {
            "agent": snapshots.person(one.agent, "staff"),
            "text": one.text,
            "disclosed_at": iso(one.disclosed_at),
            "accepted_by": list(one.accepted_by),
            "decided_at": moment(one.decided_at),
            "is_accepted": one.is_accepted,
            "is_overridden": one.overridden_by_id is not None,
        }
        for one in found
    ]


def reviews(reader: Reader) -> list[dict[str, Any]]:
    """Asked after the close: was the process right?"""
    return [
        {
            "asked_by": str(one.asked_by_id),
            "reason": one.reason,
            "asked_at": iso(one.asked_at),
            "decided_at": moment(one.decided_at),
            "is_upheld": one.is_upheld,
            "ruling": one.ruling,
        }
        for one in sorted(reader.dispute.reviews.all(), key=lambda one: one.pk)
    ]


def ladder(reader: Reader) -> dict[str, Any] | None:
    """On which level the case stands and which were asked for; None for the parties, who never learn of it."""
    if not reader.reads(Thing.NOTES):
        return None
    asks = rounds.of(reader.dispute.level_asks.all(), reader.dispute.reopenings)
    return {
        "stands_at": stands_at(reader.dispute.mediator.role if reader.dispute.mediator else None).value,
        "asks": [
            {
                "level": one.level,
                "why": one.why,
                "note": one.note,
                "asked_by": snapshots.person(one.asked_by, "staff") if one.asked_by else None,
                "asked_at": iso(one.asked_at),
                "taken_by": snapshots.person(one.taken_by, "staff") if one.taken_by else None,
                "ended_at": moment(one.ended_at),
            }
            for one in sorted(asks, key=lambda one: (one.asked_at, str(one.pk)))
        ],
    }
