"""A case as one line of a list."""

from typing import Any

from mediation.core.clock import iso
from mediation.disputes.models import Dispute


def row(dispute: Dispute) -> dict[str, Any]:
    """What a list shows of a case that the reader may know of; JSON-able."""
    return {
        "id": str(dispute.pk),
        "number": dispute.number,
        "room": str(dispute.room_id),
        "track": dispute.track,
        "state": dispute.state,
        "phase": dispute.phase,
        "outcome": dispute.outcome,
        "version": dispute.version,
        "has_claim": dispute.has_claim,
        "currency": dispute.currency,
        "amount_minor": dispute.amount_minor,
        "created_at": iso(dispute.created_at),
        "filed_at": iso(dispute.filed_at) if dispute.filed_at else None,
        "closed_at": iso(dispute.closed_at) if dispute.closed_at else None,
    }
