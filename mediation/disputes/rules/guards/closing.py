"""Arbitration, the log review, and what can still happen after the close."""

from datetime import timedelta
from typing import Any

from mediation.disputes import errors
from mediation.disputes.rules.facts import Facts
from mediation.disputes.rules.guards.register import guard
from mediation.disputes.rules.reopening import track_again


@guard("elected")
def elected(facts: Facts, payload: dict[str, Any]) -> None:
    if facts.actor not in facts.extra["elected"]:
        raise errors.NotElected


@guard("not_elected")
def not_elected(facts: Facts, payload: dict[str, Any]) -> None:
    if facts.actor in facts.extra["elected"]:
        raise errors.ElectedAlready


@guard("share_open")
def share_open(facts: Facts, payload: dict[str, Any]) -> None:
    """A share is paid once."""
    if facts.actor in facts.extra["shares"]:
        raise errors.SharePaid


@guard("election_open")
def election_open(facts: Facts, payload: dict[str, Any]) -> None:
    if facts.is_overdue:
        raise errors.TooLate


@guard("election_is_over")
def election_is_over(facts: Facts, payload: dict[str, Any]) -> None:
    if not facts.is_overdue:
        raise errors.TooEarly


@guard("award_attached")
def award_attached(facts: Facts, payload: dict[str, Any]) -> None:
    """With the arbitrator's document, which is a file of this room's notes."""
    if payload.get("file_id") is None and not facts.extra.get("award"):
        raise errors.Incomplete(detail={"missing": ["file_id"]})


@guard("four_eyes")
def four_eyes(facts: Facts, payload: dict[str, Any]) -> None:
    """Entered by one senior, confirmed by another."""
    award = facts.extra.get("award")
    if not award:
        raise errors.NothingOpen
    if award == facts.actor:
        raise errors.FourEyes


@guard("log_complete")
def log_complete(facts: Facts, payload: dict[str, Any]) -> None:
    """Every slot that is disputed has a decision, and their sum is not more than the week."""
    if not payload.get("slots"):
        raise errors.Incomplete(detail={"missing": ["slots"]})
    refund = sum(slot["amount_minor"] for slot in payload["slots"] if not slot["is_upheld"])
    if refund > facts.amount_minor:
        raise errors.SplitDoesNotClose(
            detail={"amount_minor": facts.amount_minor, "off_minor": refund - facts.amount_minor}
        )


@guard("reviewable")
def reviewable(facts: Facts, payload: dict[str, Any]) -> None:
    """Once, within the time after the close that the policy gives; and one at a time."""
    _within_time(facts)
    if facts.extra.get("reviews") or facts.extra.get("review_open"):
        raise errors.ReviewedAlready


@guard("review_open")
def review_open(facts: Facts, payload: dict[str, Any]) -> None:
    if not facts.extra.get("review_open"):
        raise errors.NothingOpen


@guard("reopenable")
def reopenable(facts: Facts, payload: dict[str, Any]) -> None:
    """A review was upheld, or the terms were not kept, within the policy's days; and no other case is open."""
    _within_time(facts)
    if facts.has_other_open:
        raise errors.OtherOpen
    if not facts.extra.get("review_upheld") and not payload.get("terms_not_kept"):
        raise errors.NothingOpen


@guard("money_there")
def money_there(facts: Facts, payload: dict[str, Any]) -> None:
    """What the case is about has not gone elsewhere meanwhile. It is asked once more with the money held still."""
    track_again(facts.track, facts.amount_minor, facts.extra["left"])


def _within_time(facts: Facts) -> None:
    closed_at = facts.extra.get("closed_at")
    if closed_at is None or facts.now > closed_at + timedelta(days=facts.terms.reopen_days):
        raise errors.TooLate
