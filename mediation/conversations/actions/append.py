"""Writing the next event of a thread whose row the caller has locked. Every action but sending ends here."""

from datetime import datetime
from typing import Any
from uuid import UUID

from mediation.conversations.models import Message, Thread
from mediation.events import actions as events
from mediation.events import bell


def append(
    *,
    thread: Thread,
    type: str,
    actor_id: UUID | None,
    at: datetime,
    data: dict[str, Any] | None = None,
    target_seq: int | None = None,
    line: dict[str, Any] | None = None,
) -> int:
    """Take the thread's next seq and record the event; returns the seq.

    `line` also puts a system line into the timeline: its parameters (ids, numbers; never names or sentences, which
    are rendered in the reader's language). Otherwise `target_seq` is the message that the event is about.
    """
    thread.head_seq += 1
    thread.save(update_fields=["head_seq"])
    seq = thread.head_seq
    if line is not None:
        Message.objects.create(
            thread=thread,
            seq=seq,
            kind=Message.Kind.SYSTEM.value,
            author_id=actor_id,
            code=type,
            params=line,
            created_at=at,
        )
        target_seq = seq
    events.record(
        [
            events.NewEvent(
                stream_id=thread.room_id,
                topic_id=thread.pk,
                seq=seq,
                type=type,
                actor_id=actor_id,
                at=at,
                target_seq=target_seq,
                data=data or {},
            )
        ]
    )
    bell.ring([thread.pk])
    return seq
