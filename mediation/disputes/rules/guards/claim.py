"""Filing and answering a claim, and the default rule."""

from dataclasses import replace
from typing import Any

from mediation.core.errors import Refused
from mediation.disputes import errors
from mediation.disputes.rules import claimable
from mediation.disputes.rules.facts import Facts
from mediation.disputes.rules.guards.register import guard
from mediation.disputes.rules.states import Actor

NOTICES_NEEDED = 2
CHANNELS = frozenset({"in_app", "email"})


@guard("complete_claim")
def complete_claim(facts: Facts, payload: dict[str, Any]) -> None:
    """A reason, a statement, an amount, and what the filer wants."""
    missing = [name for name in ("problem", "statement", "amount_minor") if not facts.extra.get(name)]
    if missing:
        raise errors.Incomplete(detail={"missing": missing})


@guard("complete_attached")
def complete_attached(facts: Facts, payload: dict[str, Any]) -> None:
    """The same for a claim that comes with the command, to a mediation that began without one."""
    missing = [name for name in ("problem", "statement", "amount_minor") if not payload.get(name)]
    if missing:
        raise errors.Incomplete(detail={"missing": missing})


@guard("money_fits")
def money_fits(facts: Facts, payload: dict[str, Any]) -> None:
    """What the draft is about is there, on its track and in time; and the claim is about no more than that."""
    claimable.check_amount(claimable.fitting(_about(facts), facts.now, facts.terms), facts.amount_minor)


@guard("draft_over")
def draft_over(facts: Facts, payload: dict[str, Any]) -> None:
    """The time to file is over, or the money is there no more."""
    try:
        money = claimable.fitting(_about(facts), facts.now, facts.terms)
    except Refused:
        return
    if money.ends_at is None or facts.now < money.ends_at:
        raise errors.TooEarly


@guard("money_named")
def money_named(facts: Facts, payload: dict[str, Any]) -> None:
    """The same for a claim that comes to a mediation: its track follows from its money."""
    claimable.check_amount(attached(facts, payload), payload["amount_minor"])


def attached(facts: Facts, payload: dict[str, Any]) -> claimable.Claimable:
    """The money that such a claim is about."""
    named = replace(_about(facts), milestone=payload.get("milestone_id"), week=payload.get("week_starts"))
    return claimable.attached(named, facts.now, facts.terms)


def _about(facts: Facts) -> claimable.About:
    if facts.about is None:
        raise TypeError("Only a draft, and a case without a claim, are asked which money they are about.")
    return facts.about


@guard("no_other_open")
def no_other_open(facts: Facts, payload: dict[str, Any]) -> None:
    if facts.has_other_open:
        raise errors.OtherOpen


@guard("complete_answer")
def complete_answer(facts: Facts, payload: dict[str, Any]) -> None:
    missing = [name for name in ("reason", "statement") if not payload.get(name)]
    if missing:
        raise errors.Incomplete(detail={"missing": missing})


@guard("default_rule")
def default_rule(facts: Facts, payload: dict[str, Any]) -> None:
    """Domain, section 3: the deadline is over, the one grace was used, two notices were handed over, each of them in
    the room and by mail, and nobody declared an absence. Whose account is closed cannot sign in to answer: there a
    supervisor looks why it is before silence counts (decisions/0017).
    """
    if not (facts.is_overdue and facts.grace_used):
        raise errors.TooEarly
    missing = {code: sorted(CHANNELS - taken) for code, taken in facts.notices.items() if not taken >= CHANNELS}
    if len(facts.notices) - len(missing) < NOTICES_NEEDED:
        raise errors.NoticesMissing(detail={"missing": missing})
    if facts.is_absent:
        raise errors.PersonAbsent
    if facts.is_gone and Actor.SUPERVISOR not in facts.actors:
        raise errors.AccountClosed


@guard("reasoned")
def reasoned(facts: Facts, payload: dict[str, Any]) -> None:
    """Said with a reason that those concerned will read."""
    if not str(payload.get("reason", "")).strip():
        raise errors.ReasonMissing
