"""The recommendation and the sealed answers to it."""

from typing import Any

from mediation.disputes import errors
from mediation.disputes.rules.facts import Facts
from mediation.disputes.rules.guards.register import guard
from mediation.disputes.rules.money import Split, check_split

PARTIES = 2


@guard("recommendation_complete")
def recommendation_complete(facts: Facts, payload: dict[str, Any]) -> None:
    """Every issue has a finding with cited evidence (domain, section 3)."""
    draft = facts.extra.get("recommendation")
    if draft is None or not facts.issues:
        raise errors.Incomplete(detail={"missing": ["recommendation"]})
    missing = [str(issue) for issue, _, _ in facts.issues if issue not in draft["complete"]]
    if missing:
        raise errors.FindingMissing(detail={"issues": missing})


@guard("findings_add_up")
def findings_add_up(facts: Facts, payload: dict[str, Any]) -> None:
    """The two sums are the amount, and what goes back is what the findings give back."""
    draft = facts.extra.get("recommendation")
    if draft is None:
        raise errors.Incomplete(detail={"missing": ["recommendation"]})
    check_split(Split(draft["refund_minor"], draft["release_minor"]), facts.amount_minor)
    if draft["sum_of_findings"] != draft["refund_minor"]:
        sums = {"findings_minor": draft["sum_of_findings"], "refund_minor": draft["refund_minor"]}
        raise errors.FindingsDoNotAddUp(detail=sums)


@guard("second_reader")
def second_reader(facts: Facts, payload: dict[str, Any]) -> None:
    """Above the policy's limit somebody else has read it."""
    draft = facts.extra.get("recommendation") or {}
    if facts.amount_minor > facts.terms.second_reader_above_minor and not draft.get("is_second_read"):
        raise errors.SecondReaderMissing


@guard("one_if_small")
def one_if_small(facts: Facts, payload: dict[str, Any]) -> None:
    """For a small sum there is one recommendation, and then the end."""
    if facts.extra.get("is_low_value") and facts.extra.get("recommended"):
        raise errors.OneRecommendation


@guard("recommendation_drafted")
def recommendation_drafted(facts: Facts, payload: dict[str, Any]) -> None:
    if not facts.extra.get("recommendation"):
        raise errors.NothingOpen


@guard("both_said_yes")
def both_said_yes(facts: Facts, payload: dict[str, Any]) -> None:
    """Silence is not a yes."""
    answers = facts.extra.get("answers", ())
    if len(answers) < PARTIES or not all(answers):
        raise errors.TooEarly
