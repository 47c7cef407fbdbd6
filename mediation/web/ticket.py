"""The case's ticket at Zendesk in words, for staff."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediation.zendesk.models import Mirror
from mediation.zendesk.queries.tickets import TicketCard, card_of

STATUSES = {
    "new": pgettext_lazy("status of a ticket", "new"),
    "open": pgettext_lazy("status of a ticket", "open"),
    "pending": pgettext_lazy("status of a ticket", "pending"),
    "hold": pgettext_lazy("status of a ticket", "on hold"),
    "solved": pgettext_lazy("status of a ticket", "solved"),
    "closed": pgettext_lazy("status of a ticket", "closed"),
}
_STOPPED = {
    Mirror.Health.FROZEN.value: _("Stopped: an administrator must look. Nothing is lost here."),
    Mirror.Health.GONE.value: _("The ticket was deleted in Zendesk. Nothing is lost here."),
}


def ticket(dispute_id: UUID) -> dict[str, Any] | None:
    """What `case/_ticket.html` shows; None where there is no Zendesk."""
    found = card_of(dispute_id)
    if found is None:
        return None
    return {
        "number": found.number,
        "address": found.address,
        "status": STATUSES.get(found.status, ""),
        "stopped": _STOPPED.get(found.health, ""),
        "behind_since": _behind(found),
        "synced_at": found.synced_at,
    }


def _behind(found: TicketCard) -> Any:
    return None if found.health in _STOPPED else found.behind_since
