"""Money in minor units of one currency: whole numbers only, and every split closes."""

from dataclasses import dataclass

from mediation.disputes.errors import SplitDoesNotClose


@dataclass(frozen=True, slots=True)
class Split:
    """What goes back to the client and what goes to the freelancer."""

    refund_minor: int
    release_minor: int

    def mirrored(self) -> "Split":
        """The split seen from the other side."""
        return Split(self.release_minor, self.refund_minor)


def check_split(split: Split, amount_minor: int) -> None:
    """Release + refund = the amount in dispute, both at least nothing. Raises SplitDoesNotClose."""
    off = split.refund_minor + split.release_minor - amount_minor
    if split.refund_minor < 0 or split.release_minor < 0 or off:
        raise SplitDoesNotClose(detail={"amount_minor": amount_minor, "off_minor": off})


def midpoint(low_minor: int, high_minor: int, step_minor: int) -> int:
    """The middle of two sums, rounded to a step, halves up, and never outside the two."""
    twice = low_minor + high_minor
    step = max(step_minor, 1)
    rounded = (twice + step) // (2 * step) * step
    return min(max(rounded, low_minor), high_minor)


def agreed_release(*, client_most_minor: int, freelancer_least_minor: int, step_minor: int) -> int | None:
    """Double-blind bidding: what the freelancer gets if the bids meet, or None.

    The client bids the most they would release, the freelancer the least they would take.
    """
    if client_most_minor < freelancer_least_minor:
        return None
    return midpoint(freelancer_least_minor, client_most_minor, step_minor)
