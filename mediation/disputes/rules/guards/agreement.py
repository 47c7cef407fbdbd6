"""Accepting the one text, and what may happen when nobody does."""

from typing import Any

from mediation.disputes import errors
from mediation.disputes.rules.facts import Facts
from mediation.disputes.rules.guards.register import guard


@guard("same_text")
def same_text(facts: Facts, payload: dict[str, Any]) -> None:
    """What was read is what stands: the fingerprints are equal."""
    if payload["sha256"] != facts.extra.get("sha256"):
        raise errors.OtherText(detail={"sha256": facts.extra.get("sha256")})


@guard("fresh_password")
def fresh_password(facts: Facts, payload: dict[str, Any]) -> None:
    """Above the policy's limit the password is asked again; the door checks it and says so."""
    if facts.amount_minor > facts.terms.password_above_minor and not payload.get("password_is_fresh"):
        raise errors.PasswordNeeded


@guard("may_rearm")
def may_rearm(facts: Facts, payload: dict[str, Any]) -> None:
    """The time to sign is given anew once."""
    if facts.extra.get("sign_epochs", 0) > 1:
        raise errors.TooEarly


@guard("all_confirmed")
def all_confirmed(facts: Facts, payload: dict[str, Any]) -> None:
    """There was something to move, and all of it has moved: during a stay nothing was instructed yet."""
    if facts.extra.get("unconfirmed", 0) or not facts.extra.get("instructed"):
        raise errors.TooEarly


@guard("nothing_paid")
def nothing_paid(facts: Facts, payload: dict[str, Any]) -> None:
    if facts.extra.get("paid"):
        raise errors.TooLate
