"""How far ahead a moment may lie that somebody chooses. A hold moves it further: it must stay a moment."""

from datetime import datetime, timedelta

from mediation.disputes.errors import TooFarOff
from mediation.disputes.rules.facts import Facts


def not_too_far(facts: Facts, moment: datetime) -> None:
    """Raises TooFarOff for what lies behind the policy's days."""
    most = facts.terms.offer_most_days
    if moment > facts.now + timedelta(days=most):
        raise TooFarOff(detail={"most_days": most})
