"""The guards that the table names: each says in words why a command cannot be said now, or says nothing.

A guard is a pure function of the facts and the (already parsed) payload. They stand by noun in this package.
"""

from mediation.disputes.rules.guards import (
    agreement,
    answers,
    claim,
    closing,
    evidence,
    mediation,
    offers,
    overlays,
    private,
)
from mediation.disputes.rules.guards.register import known, named

__all__ = [
    "agreement",
    "answers",
    "claim",
    "closing",
    "evidence",
    "known",
    "mediation",
    "named",
    "offers",
    "overlays",
    "private",
]
