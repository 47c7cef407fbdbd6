"""Issues, evidence and requests; and what is private of a mediation: releases, bids, sealed answers."""

from typing import Any
from uuid import UUID

from mediation.conversations import snapshots
from mediation.conversations.models import Attachment
from mediation.core.clock import iso
from mediation.disputes import term_words
from mediation.disputes.models import BidRound, Caucus, Evidence, Issue, Position, Recommendation
from mediation.disputes.queries import rounds
from mediation.disputes.queries.case.reader import Reader, moment, text
from mediation.disputes.rules.visibility import Level, Thing, level

JOINT = "joint"


def issues(reader: Reader) -> list[dict[str, Any]]:
    """The points of disagreement, each with what both sides say about it."""
    return [_issue(reader, one) for one in reader.dispute.issues.all()]


def _issue(reader: Reader, one: Issue) -> dict[str, Any]:
    said = {each.author_id: each for each in one.positions.all()}
    mine = said.get(reader.person.pk)
    return {
        "id": str(one.pk),
        "position": one.position,
        "title": one.title,
        "status": one.status,
        "amount_minor": one.amount_minor,
        "positions": {
            "filer": _position(said.get(reader.dispute.filer_id)),
            "respondent": _position(said.get(reader.dispute.respondent_id)),
        },
        "confirmed_by_me": bool(mine and mine.confirmed_at),
        "confirmed_by_both": sum(each.confirmed_at is not None for each in said.values()) == 2,
    }


def _position(said: Position | None) -> dict[str, Any]:
    return {
        "text": said.text if said else "",
        "confirmed_at": moment(said.confirmed_at) if said else None,
    }


def evidence(reader: Reader) -> list[dict[str, Any]]:
    """What was put forward in front of everyone."""
    if not reader.reads(Thing.EVIDENCE):
        return []
    return [_item(reader, one) for one in reader.dispute.evidence.all() if one.audience == JOINT]


def _item(reader: Reader, one: Evidence) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "number": one.number,
        "issue": text(one.issue_id),
        "kind": one.kind,
        "title": one.title,
        "excerpt": ""
        if one.redacted and reader.is_party
        else term_words.written(one.term)
        if one.term
        else one.excerpt,
        "term": one.term,
        "sha256": one.sha256,
        "message": {"thread": str(one.message.thread_id), "seq": one.message.seq} if one.message else None,
        "file": None if one.attachment is None or one.redacted else _file(one.attachment),
        "redacted": _redacted(one),
        "submitted_by": str(one.submitted_by_id),
        "is_mine": reader.is_mine(one.submitted_by_id),
        "submitted_at": iso(one.submitted_at),
        "status": one.status,
        "answered_by": text(one.answered_by_id),
        "answer_note": one.answer_note,
    }


def _file(attachment: Attachment) -> dict[str, Any]:
    return {"id": str(attachment.pk), "name": attachment.name}


def _redacted(one: Evidence) -> dict[str, Any] | None:
    """It was taken out of view: when and why. What was there has the same fingerprint still."""
    if one.redacted is None:
        return None
    return {"at": moment(one.redacted.removed_at), "reason": one.redacted.removed_reason}


def requests(reader: Reader) -> list[dict[str, Any]]:
    """What was asked of whom, with its time."""
    return [
        {
            "id": str(one.pk),
            "asked_by": str(one.asked_by_id),
            "asked_of": str(one.asked_of_id),
            "of_me": reader.is_mine(one.asked_of_id),
            "kind": one.kind,
            "text": one.text,
            "asked_at": iso(one.asked_at),
            "due_at": iso(one.due_at),
            "is_open": one.answered_at is None and one.withdrawn_at is None,
            "answered_at": moment(one.answered_at),
            "withdrawn_at": moment(one.withdrawn_at),
        }
        for one in sorted(reader.dispute.requests.all(), key=lambda one: (one.asked_at, str(one.pk)))
        if one.audience == JOINT
    ]


def promises(reader: Reader) -> list[dict[str, Any]]:
    """What Upwork promised to do, and by when; both parties hold it to that."""
    made = rounds.of(reader.dispute.promises.all(), reader.dispute.reopenings)
    return [
        {
            "id": str(one.pk),
            "made_by": str(one.made_by_id),
            "text": one.text,
            "made_at": iso(one.made_at),
            "due_at": iso(one.due_at),
            "kept_at": moment(one.kept_at),
        }
        for one in sorted(made, key=lambda one: (one.due_at, str(one.pk)))
    ]


def releases(reader: Reader) -> list[dict[str, Any]]:
    """Words that the mediator would like to share: the party who is asked knows of them, and nobody on the other
    side.
    """
    found = sorted(reader.dispute.releases.all(), key=lambda one: (one.asked_at, str(one.pk)))
    return [
        {
            "id": str(one.pk),
            "party": str(one.party_id),
            "of_me": reader.is_mine(one.party_id),
            "text": one.text,
            "asked_at": iso(one.asked_at),
            "decided_at": moment(one.decided_at),
            "is_granted": one.is_granted,
        }
        for one in found
        if reader.is_mediator or reader.is_mine(one.party_id)
    ]


def caucuses(reader: Reader) -> list[dict[str, Any]]:
    """Private talks: both see that one took place, and from when to when. That one was offered or declined is between
    the mediator and the side it was offered to: for the other side a talk was offered when it began.
    """

    def knows(one: Caucus) -> bool:
        return reader.is_mediator or reader.is_mine(one.party_id)

    found = [
        {
            "party": str(one.party_id),
            "with_me": reader.is_mine(one.party_id),
            "offered_at": moment(one.offered_at if knows(one) else one.began_at),
            "began_at": moment(one.began_at),
            "ended_at": moment(one.ended_at) if one.began_at else None,
            "declined_at": moment(one.declined_at),
        }
        for one in reader.dispute.caucuses.all()
        if one.began_at or knows(one)
    ]
    return sorted(found, key=lambda one: (str(one["offered_at"]), one["began_at"] is None, one["party"]))


def bidding(reader: Reader, reopenings: int) -> dict[str, Any]:
    """The rounds, which both know of; of the bids only whether one's own is in, and for the mediator whose are."""
    found = sorted(rounds.of(reader.dispute.bid_rounds.all(), reopenings), key=lambda one: one.number)
    return {"rounds": [_round(reader, one) for one in found]}


def _round(reader: Reader, one: BidRound) -> dict[str, Any]:
    return {
        "number": one.number,
        "opened_at": iso(one.opened_at),
        "agreed_by": list(one.agreed_by),
        "agreed_by_me": str(reader.person.pk) in one.agreed_by,
        "ended_at": moment(one.ended_at),
        "has_matched": one.has_matched,
    } | _sealed(reader, [bid.bidder_id for bid in one.bids.all()])


def recommendation(reader: Reader, reopenings: int) -> dict[str, Any] | None:
    """The newest that is out; to who writes it or reads it a second time, the draft."""
    if not reader.reads(Thing.PROPOSALS):
        return None
    every = sorted(rounds.of(reader.dispute.recommendations.all(), reopenings), key=lambda one: one.number)
    seen = [one for one in every if one.issued_at or reader.is_mediator or reader.is_senior]
    return proposal_of(reader, seen[-1]) if seen else None


def proposal_of(reader: Reader, one: Recommendation) -> dict[str, Any]:
    """One recommendation with its findings; whose answers are in only where the reader may know that."""
    answers = list(one.answers.all())
    mine = next((answer.is_yes for answer in answers if reader.is_mine(answer.party_id)), None)
    order = {issue.pk: issue.position for issue in reader.dispute.issues.all()}
    return {
        "id": str(one.pk),
        "number": one.number,
        "is_draft": one.issued_at is None,
        "by": snapshots.person(one.author, "mediator"),
        "summary": one.summary,
        "refund_minor": one.refund_minor,
        "release_minor": one.release_minor,
        "findings": [
            {
                "issue": str(each.issue_id),
                "text": each.text,
                "refund_minor": each.refund_minor,
                "evidence": [str(item.pk) for item in sorted(each.cited.all(), key=lambda item: item.number)],
            }
            for each in sorted(one.findings.all(), key=lambda each: order.get(each.issue_id, 0))
        ],
        "second_read_at": moment(one.second_read_at) if not reader.is_party else None,
        "issued_at": moment(one.issued_at),
        "evaluated_at": moment(one.evaluated_at),
        "is_agreed": one.is_agreed,
        "my_answer": mine,
    } | _sealed(reader, [answer.party_id for answer in answers])


def _sealed(reader: Reader, people: list[UUID]) -> dict[str, Any]:
    """`mine_in`: whether the reader's own is in. `are_in`: whose are, where the reader may know that."""
    may_know = level(Thing.SEALED, reader.viewers) is Level.IN_OR_NOT
    return {
        "mine_in": reader.person.pk in people,
        "are_in": sorted(str(one) for one in people) if may_know else None,
    }
