"""Holds, cooling-off, absences and extensions."""

from datetime import timedelta
from typing import Any

from mediation.disputes import errors
from mediation.disputes.rules import absence
from mediation.disputes.rules.facts import Facts
from mediation.disputes.rules.guards.register import guard
from mediation.disputes.rules.states import PARTIES


@guard("not_on_hold")
def not_on_hold(facts: Facts, payload: dict[str, Any]) -> None:
    if facts.is_on_hold:
        raise errors.OnHold


@guard("on_hold")
def on_hold(facts: Facts, payload: dict[str, Any]) -> None:
    if not facts.is_on_hold:
        raise errors.NotOnHold


@guard("may_cool_off")
def may_cool_off(facts: Facts, payload: dict[str, Any]) -> None:
    """Each party once, the mediator at any time; one at a time, within the policy's bounds."""
    if facts.is_cooling_off:
        raise errors.CoolingOffAlready
    if facts.actors & PARTIES and facts.actor in facts.cooled_off:
        raise errors.CooledOffOnce
    least, most = facts.terms.cool_off_least_hours, facts.terms.cool_off_most_hours
    if not least <= payload["hours"] <= most:
        raise errors.CoolingOffLength(detail={"least_hours": least, "most_hours": most})


@guard("absence_allowed")
def absence_allowed(facts: Facts, payload: dict[str, Any]) -> None:
    """Declared before the deadline, and not more days a year than the policy gives."""
    if facts.is_overdue or (facts.deadline is not None and facts.now > facts.deadline):
        raise errors.AbsenceTooLate
    begins_at = facts.absence_from or facts.now
    absence.check(payload["days"], facts.absent_days, begins_at, facts.terms.absence_days_a_year)


@guard("may_extend")
def may_extend(facts: Facts, payload: dict[str, Any]) -> None:
    """A deadline that both keep, to a later moment, at most twice."""
    if facts.deadline is None:
        raise errors.NothingToExtend
    if facts.extensions >= facts.terms.extensions_most:
        raise errors.ExtendedEnough(detail={"most": facts.terms.extensions_most})
    if payload["hours"] < 1 or timedelta(hours=payload["hours"]) > timedelta(days=facts.terms.mediation_days):
        raise errors.ExtensionLength
