"""How far ahead a moment may lie that somebody chooses. A hold moves it further: it must stay a moment."""

from datetime import datetime, timedelta

from mediation.core.clock import iso
from mediation.disputes.errors import InThePast, TooFarOff
from mediation.disputes.rules.facts import Facts


def to_come(facts: Facts, moment: datetime) -> None:
    """Raises InThePast, and TooFarOff for what lies behind the policy's days."""
    if moment <= facts.now:
        raise InThePast(detail={"earliest": iso(facts.now)})
    not_too_far(facts, moment)


def not_too_far(facts: Facts, moment: datetime) -> None:
    """Raises TooFarOff for what lies behind the policy's days."""
    most = facts.terms.offer_most_days
    latest = facts.now + timedelta(days=most)
    if moment > latest:
        raise TooFarOff(detail={"most_days": most, "latest": iso(latest)})
