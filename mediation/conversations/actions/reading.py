"""How far a person has read, and what they have begun to write. Neither is an event: nothing reacts to it."""

from uuid import UUID

from django.db import connection, transaction

from accounts.models import User
from mediation.conversations import audience
from mediation.conversations.models import Draft, ReadMark
from mediation.conversations.rules import message as rules
from mediation.core import clock, sql
from mediation.core.errors import Invalid

# The condition makes late and repeated marks harmless: a mark only moves forward, whoever comes first.
_FORWARD = """
    INSERT INTO conversations_readmark (thread_id, user_id, seq, at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (user_id, thread_id) DO UPDATE SET seq = excluded.seq, at = excluded.at
    WHERE conversations_readmark.seq < excluded.seq"""


@transaction.atomic
def mark_read(*, user: User, thread_id: UUID, seq: int) -> int:
    """Move the person's mark forward, never past the newest event; returns where it stands. Raises NotFound."""
    thread = audience.thread_to_read(user, thread_id)
    seq = max(0, min(seq, thread.head_seq))
    with connection.cursor() as cursor:
        cursor.execute(_FORWARD, [sql.uuid(thread_id), sql.uuid(user.pk), seq, sql.moment(clock.now())])
    return ReadMark.objects.values_list("seq", flat=True).get(thread=thread_id, user=user.pk)


@transaction.atomic
def save_draft(*, user: User, thread_id: UUID, body: str, reply_to_seq: int | None = None) -> Draft | None:
    """Keep what the person has begun to write; a blank text without a reply discards it. Nobody else ever reads it.

    Raises NotFound, Forbidden where they may not write, Invalid for a text that could not be sent.
    """
    thread = audience.thread_to_compose(user, thread_id)
    if reply_to_seq is not None and not 0 < reply_to_seq <= thread.head_seq:
        raise Invalid
    body = rules.check_text(body, has_files=True)
    if not body and reply_to_seq is None:
        Draft.objects.filter(thread=thread_id, user=user.pk).delete()
        return None
    draft, _ = Draft.objects.update_or_create(
        thread=thread, user=user, defaults={"body": body, "reply_to_seq": reply_to_seq, "updated_at": clock.now()}
    )
    return draft


@transaction.atomic
def discard_draft(*, user: User, thread_id: UUID) -> None:
    """Throw the draft away. None there: nothing happens. Raises NotFound."""
    audience.thread_to_read(user, thread_id)
    Draft.objects.filter(thread=thread_id, user=user.pk).delete()
