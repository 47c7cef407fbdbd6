"""What happens in private: words released by consent, and double-blind bidding."""

from typing import Any

from mediation.disputes import errors
from mediation.disputes.rules.facts import Facts
from mediation.disputes.rules.guards.register import guard


@guard("words_of_party")
def words_of_party(facts: Facts, payload: dict[str, Any]) -> None:
    if payload["party"] not in facts.parties:
        raise errors.NotAParty


@guard("release_open")
def release_open(facts: Facts, payload: dict[str, Any]) -> None:
    """Asked of this party and not yet decided. Of another's nothing is known."""
    if facts.extra["releases"].get(payload["release_id"]) != facts.actor:
        raise errors.NothingOpen


@guard("caucus_free")
def caucus_free(facts: Facts, payload: dict[str, Any]) -> None:
    """One private talk at a time: nobody is kept waiting in the middle of theirs."""
    if facts.extra["caucus"]:
        raise errors.CaucusRunning


@guard("caucus_runs")
def caucus_runs(facts: Facts, payload: dict[str, Any]) -> None:
    if not facts.extra["caucus"]:
        raise errors.NothingOpen


@guard("in_talk_with_party")
def in_talk_with_party(facts: Facts, payload: dict[str, Any]) -> None:
    """What is asked in private is asked in a private talk, of which the other side knows (domain, section 2)."""
    if facts.extra["caucus"] is None or facts.extra["caucus"] != payload["party"]:
        raise errors.TalkNeeded


@guard("caucus_offered")
def caucus_offered(facts: Facts, payload: dict[str, Any]) -> None:
    if facts.actor not in facts.extra["caucus_offers"]:
        raise errors.NothingOpen


@guard("caucus_over")
def caucus_over(facts: Facts, payload: dict[str, Any]) -> None:
    """Nothing is decided in the middle of a private talk."""
    if facts.extra["caucus"]:
        raise errors.CaucusRunning


@guard("caucus_equal")
def caucus_equal(facts: Facts, payload: dict[str, Any]) -> None:
    """Who hears one side in private hears the other too, before anything is decided (domain, section 2)."""
    if facts.extra["caucus_offers"]:
        raise errors.CaucusOwed(detail={"party": str(next(iter(facts.extra["caucus_offers"])))})


@guard("may_open_bidding")
def may_open_bidding(facts: Facts, payload: dict[str, Any]) -> None:
    """One round at a time, and as many as the policy says."""
    if facts.extra.get("bidding"):
        raise errors.BiddingOpen
    if facts.extra.get("rounds", 0) >= facts.terms.bid_rounds:
        raise errors.NoMoreRounds


@guard("bidding_open")
def bidding_open(facts: Facts, payload: dict[str, Any]) -> None:
    if not facts.extra.get("bidding"):
        raise errors.NothingOpen


@guard("bidding_agreed")
def bidding_agreed(facts: Facts, payload: dict[str, Any]) -> None:
    """Both have agreed to the rule before anybody bids, and nobody bids twice."""
    bidding = facts.extra.get("bidding")
    if not bidding:
        raise errors.NothingOpen
    if not {str(party) for party in facts.parties} <= set(bidding["agreed_by"]):
        raise errors.BiddingNotAgreed
    if facts.actor in bidding["bidders"]:
        raise errors.BidAlready


@guard("bid_within")
def bid_within(facts: Facts, payload: dict[str, Any]) -> None:
    if not 0 <= payload["release_minor"] <= facts.amount_minor:
        raise errors.SplitDoesNotClose(detail={"amount_minor": facts.amount_minor})
