"""What each way on would bring one side, in money and days: for sums so small that going on can cost more than they
are worth.
"""

from dataclasses import dataclass

from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import Track


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way. What this side has at its end lies between `least_minor` and `most_minor`, what it costs them already
    taken off; `days` is how long it may take at most, None where nobody can say.
    """

    code: str
    least_minor: int
    most_minor: int
    costs_minor: int
    days: int | None


def alternatives(
    *,
    is_client: bool,
    track: Track,
    amount_minor: int,
    proposed_refund_minor: int | None,
    terms: Terms,
    refunded_minor: int = 0,
) -> tuple[Alternative, ...]:
    """The ways from here, for one side. `proposal` is only there while something is on the table. `refunded_minor` is
    what the client has got back of it in an earlier round of the case.
    """
    found = []
    if proposed_refund_minor is not None:
        mine = proposed_refund_minor if is_client else amount_minor - proposed_refund_minor
        found.append(Alternative("proposal", mine, mine, 0, _days(terms.sign_hours)))
    # Without an agreement escrow goes back to the client; what was paid stays paid, and what was paid back too.
    refund = amount_minor if track is Track.ESCROW else refunded_minor
    mine = refund if is_client else amount_minor - refund
    found.append(Alternative("no_agreement", mine, mine, 0, terms.election_days))
    share = terms.arbitration_share_minor
    found.append(Alternative("arbitration", -share, amount_minor - share, share, None))
    return tuple(found)


def _days(hours: int) -> int:
    return -(-hours // 24)
