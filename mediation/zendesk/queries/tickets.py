"""What staff see of a case's ticket."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Min

from mediation.zendesk.models import Mirror, Outgoing


@dataclass(frozen=True, slots=True)
class TicketCard:
    """`behind_since` is when the oldest line was said that is not on the ticket yet; `health` is `Mirror.Health`."""

    number: int | None
    address: str
    health: str
    status: str
    behind_since: datetime | None
    synced_at: datetime | None


def address(ticket_id: int) -> str:
    """Where agents open a ticket."""
    return f"{settings.ZENDESK.url}/agent/tickets/{ticket_id}"


def card_of(dispute_id: UUID) -> TicketCard | None:
    """The case's ticket; None without one, and without Zendesk."""
    mirror = Mirror.objects.filter(dispute=dispute_id).first() if settings.ZENDESK.url else None
    if mirror is None:
        return None
    waiting = Outgoing.objects.filter(mirror=mirror, done_at__isnull=True).aggregate(since=Min("written_at"))
    return TicketCard(
        number=mirror.ticket_id,
        address=address(mirror.ticket_id) if mirror.ticket_id else "",
        health=mirror.health,
        status=str(mirror.there.get("status") or ""),
        behind_since=waiting["since"],
        synced_at=mirror.synced_at,
    )
