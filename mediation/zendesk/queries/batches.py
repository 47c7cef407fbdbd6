"""Which of the waiting rows go into one comment: those of one visibility that follow each other, as many as fit."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from mediation.conversations.models import Message
from mediation.core.clock import iso
from mediation.zendesk.models import Mirror, Outgoing
from mediation.zendesk.queries.lines import paragraph_of
from mediation.zendesk.rules.payloads import Past
from mediation.zendesk.rules.privacy import TicketKind, Visibility, is_public
from mediation.zendesk.rules.wording import together

MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Batch:
    """One comment to be."""

    items: list[Outgoing]
    html: str
    public: bool


def past_of(mirror: Mirror) -> tuple[list[Outgoing], list[Past]]:
    """All that waits, as comments of an import: each run of one visibility, as many lines in one as fit."""
    rows = list(_waiting(mirror))
    comments: list[Past] = []
    done = 0
    while done < len(rows):
        batch = _batch(rows[done : done + MOST_LINES])
        first = Message.objects.get(thread=batch.items[0].thread_id, seq=batch.items[0].seq)
        comments.append(Past(batch.html, batch.public, iso(first.created_at)))
        done += len(batch.items)
    return rows, comments


def next_batch(mirror: Mirror) -> Batch | None:
    """What is said next; None when everything was."""
    rows = list(_waiting(mirror)[:MOST_LINES])
    return _batch(rows) if rows else None


def _waiting(mirror: Mirror) -> QuerySet[Outgoing]:
    return Outgoing.objects.filter(mirror=mirror, done_at__isnull=True, request__isnull=True).order_by("event_id")


def _batch(rows: list[Outgoing]) -> Batch:
    alike = []
    for row in rows:
        if row.visibility != rows[0].visibility:
            break
        alike.append(row)
    html, taken = together([paragraph_of(row) for row in alike])
    visibility = Visibility(rows[0].visibility)
    public = is_public(visibility, TicketKind.DISPUTE, joint_is_public=settings.ZENDESK.joint_is_public)
    return Batch(alike[:taken], html, public)
