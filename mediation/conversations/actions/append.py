"""Writing the next event of a thread whose row the caller has locked. Every action but sending ends here."""

from datetime import datetime
from typing import Any
from uuid import UUID

from mediation.conversations.models import Message, Thread
from mediation.conversations.rules.news import is_news
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
    client_id: UUID | None = None,
) -> int:
    """Take the thread's next seq and record the event; returns the seq.

    `line` also puts a system line into the timeline: its parameters (ids, numbers; never names or sentences, which
    are rendered in the reader's language). One that is news moves the room in the lists like a message. Otherwise
    `target_seq` is the message that the event is about.
    `client_id` is the id under which its author said it.
    """
    thread.head_seq += 1
    seq, moved = thread.head_seq, ["head_seq"]
    if line is not None and is_news(type):
        thread.last_message_seq, thread.last_message_at = seq, at
        moved += ["last_message_seq", "last_message_at"]
    thread.save(update_fields=moved)
    if line is not None:
        said = {"author_id": actor_id, "client_id": client_id, "code": type, "params": line, "created_at": at}
        Message.objects.create(thread=thread, seq=seq, kind=Message.Kind.SYSTEM.value, **said)
        target_seq = seq
    event = events.NewEvent(
        stream_id=thread.room_id,
        topic_id=thread.pk,
        seq=seq,
        type=type,
        actor_id=actor_id,
        at=at,
        target_seq=target_seq,
        data=data or {},
    )
    events.record([event])
    bell.ring([thread.pk])
    return seq


def joint_thread(room_id: UUID) -> Thread:
    """The thread that everyone in the room reads, locked, for who has checked already that it may be written."""
    locked = Thread.objects.select_for_update(no_key=True, of=("self",))
    return locked.get(room=room_id, audience=Thread.Audience.JOINT.value, is_main=True)
