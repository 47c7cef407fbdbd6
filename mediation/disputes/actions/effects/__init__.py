"""What follows from a command, by noun. Each effect is a function of a `Step`, registered under the name in the
table.
"""

from mediation.disputes.actions.effects import (
    agreement,
    claim,
    closing,
    conflicts,
    evidence,
    mediation,
    notices,
    offers,
    overlays,
    private,
    proposals,
    times,
)

__all__ = [
    "agreement",
    "claim",
    "closing",
    "conflicts",
    "evidence",
    "mediation",
    "notices",
    "offers",
    "overlays",
    "private",
    "proposals",
    "times",
]
