"""Whether the money of a case is still there for it (decisions/0016): when it is opened again, and when some is to
come back from the freelancer. Pure.
"""

from dataclasses import dataclass

from mediation.disputes import errors
from mediation.disputes.rules.states import Track


@dataclass(frozen=True, slots=True)
class Left:
    """By the ledger, in minor units of the case's currency.

    `held_minor`: in escrow for the milestone. `paid_minor`: what the freelancer has of it that this case can bring
    back. `brought_back_minor`: what this case itself gave to the client. `is_divided`: it has divided what was frozen
    for it.
    """

    held_minor: int
    paid_minor: int
    brought_back_minor: int
    is_divided: bool


def track_again(track: Track, amount_minor: int, left: Left) -> Track:
    """The track on which a case goes on: about held money only if all of it is held still, otherwise about money that
    was paid. "Not held" alone does not say "paid": it can be with the client already. Raises MoneyGone.
    """
    if track is Track.ESCROW and not left.is_divided and left.held_minor >= amount_minor:
        return track
    if left.paid_minor + left.brought_back_minor < amount_minor:
        raise errors.MoneyGone(detail={"held_minor": left.held_minor, "paid_minor": left.paid_minor})
    return Track.ASSISTANCE if track is Track.ESCROW else track


def check_taken_back(amount_minor: int, left: Left) -> None:
    """No case takes back more than the freelancer was paid. Raises MoreThanTheyHave."""
    if amount_minor > left.paid_minor:
        raise errors.MoreThanTheyHave(detail={"paid_minor": left.paid_minor})
