"""What follows from a command, by noun. Each effect is a function of a `Step`, registered under the name in the
table.
"""

from mediation.disputes.actions.effects import (
    agreement,
    arbitration,
    claim,
    closing,
    conflicts,
    evidence,
    ladder,
    mediation,
    notices,
    offers,
    outages,
    overlays,
    picks,
    private,
    promises,
    proposals,
    times,
)

__all__ = [
    "agreement",
    "arbitration",
    "claim",
    "closing",
    "conflicts",
    "evidence",
    "ladder",
    "mediation",
    "notices",
    "offers",
    "outages",
    "overlays",
    "picks",
    "private",
    "promises",
    "proposals",
    "times",
]
