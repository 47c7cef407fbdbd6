"""What was written down when a case changed hands, for whoever has it next."""

from dataclasses import dataclass
from datetime import datetime

from mediation.conversations.models import Message, Thread
from mediation.disputes.models import Dispute, Performed

HANDED = ("release", "reassign", "assign")


@dataclass(frozen=True, slots=True)
class Note:
    """The staff note with which somebody gave the case away."""

    by: str
    body: str
    at: datetime


def newest_note(dispute: Dispute) -> Note | None:
    """The last one, for staff who read the case. Nothing where it was never given away, or the note was removed."""
    given = Performed.objects.filter(dispute=dispute, command__in=HANDED, result__has_key="note_seq")
    last = given.order_by("-at", "-pk").first()
    if last is None:
        return None
    notes = Thread.Audience.INTERNAL.value
    seq = int(last.result["note_seq"])
    said = Message.objects.filter(thread__room=dispute.room_id, thread__audience=notes, thread__is_main=True, seq=seq)
    found = said.filter(removed_at__isnull=True).select_related("author").first()
    if found is None or found.author is None:
        return None
    return Note(found.author.name, found.body, found.created_at)
