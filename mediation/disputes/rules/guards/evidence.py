"""Issues, evidence and requests."""

from typing import Any

from mediation.disputes import errors
from mediation.disputes.rules.facts import Facts
from mediation.disputes.rules.guards.moments import to_come
from mediation.disputes.rules.guards.register import guard

SOURCES = ("message", "file_id", "term_id")
MOST_PICKS = 20  # with one claim; whoever needs more adds it once it is filed


@guard("issue_there")
def issue_there(facts: Facts, payload: dict[str, Any]) -> None:
    if payload["issue_id"] not in {issue for issue, _, _ in facts.issues}:
        raise errors.NothingOpen


@guard("evidence_open")
def evidence_open(facts: Facts, payload: dict[str, Any]) -> None:
    if facts.evidence_closed:
        raise errors.EvidenceClosed


@guard("evidence_closed")
def evidence_closed(facts: Facts, payload: dict[str, Any]) -> None:
    if not facts.evidence_closed:
        raise errors.EvidenceStillOpen


@guard("evidence_source")
def evidence_source(facts: Facts, payload: dict[str, Any]) -> None:
    """What it is made from is something that everyone in the room can see; the effect looks it up."""
    if not (any(payload.get(name) for name in SOURCES) or str(payload.get("excerpt", "")).strip()):
        raise errors.Incomplete(detail={"missing": [*SOURCES, "excerpt"]})


@guard("room_for_pick")
def room_for_pick(facts: Facts, payload: dict[str, Any]) -> None:
    if len(facts.extra["picks"]) >= MOST_PICKS:
        raise errors.TooManyPicks(detail={"most": MOST_PICKS})


@guard("pick_there")
def pick_there(facts: Facts, payload: dict[str, Any]) -> None:
    if payload["pick_id"] not in facts.extra["picks"]:
        raise errors.NothingOpen


@guard("picks_there")
def picks_there(facts: Facts, payload: dict[str, Any]) -> None:
    """What was picked can have been removed from the room since: its writer decides without what."""
    gone = [str(pick) for pick, is_there in facts.extra["picks"].items() if not is_there]
    if gone:
        raise errors.PickGone(detail={"picks": gone})


@guard("evidence_of_other")
def evidence_of_other(facts: Facts, payload: dict[str, Any]) -> None:
    """One acknowledges or contests what the other side has put forward."""
    submitted_by = facts.extra["evidence"].get(payload["evidence_id"])
    if submitted_by is None:
        raise errors.NothingOpen
    if submitted_by == facts.actor:
        raise errors.NotYours


@guard("asked_of_party")
def asked_of_party(facts: Facts, payload: dict[str, Any]) -> None:
    """A request is to one named person, with time to answer it."""
    if payload["asked_of"] not in facts.parties:
        raise errors.NotAParty
    to_come(facts, payload["due_at"])


@guard("request_to_me")
def request_to_me(facts: Facts, payload: dict[str, Any]) -> None:
    asked_of = facts.extra["requests"].get(payload["request_id"])
    if asked_of is None:
        raise errors.NothingOpen
    if asked_of != facts.actor:
        raise errors.NotYours


@guard("request_open")
def request_open(facts: Facts, payload: dict[str, Any]) -> None:
    if payload["request_id"] not in facts.extra["requests"]:
        raise errors.NothingOpen


@guard("promise_time")
def promise_time(facts: Facts, payload: dict[str, Any]) -> None:
    """What is promised has a time that everybody can hold us to."""
    to_come(facts, payload["due_at"])


@guard("promise_open")
def promise_open(facts: Facts, payload: dict[str, Any]) -> None:
    if payload["promise_id"] not in facts.extra["promises"]:
        raise errors.NothingOpen
