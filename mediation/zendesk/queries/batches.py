"""Which of the waiting rows go into one comment: those of one visibility that follow each other, as many as fit."""

from dataclasses import dataclass

from django.conf import settings

from mediation.zendesk.models import Mirror, Outgoing
from mediation.zendesk.queries.lines import paragraph_of
from mediation.zendesk.rules.privacy import TicketKind, Visibility, is_public
from mediation.zendesk.rules.wording import together

MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Batch:
    """One comment to be."""

    items: list[Outgoing]
    html: str
    public: bool


def next_batch(mirror: Mirror) -> Batch | None:
    """What is said next; None when everything was."""
    waiting = Outgoing.objects.filter(mirror=mirror, done_at__isnull=True, request__isnull=True).order_by("event_id")
    rows = list(waiting[:MOST_LINES])
    if not rows:
        return None
    alike = []
    for row in rows:
        if row.visibility != rows[0].visibility:
            break
        alike.append(row)
    html, taken = together([paragraph_of(row) for row in alike])
    visibility = Visibility(rows[0].visibility)
    public = is_public(visibility, TicketKind.DISPUTE, joint_is_public=settings.ZENDESK.joint_is_public)
    return Batch(alike[:taken], html, public)
