"""The events of one room after a reader's cursors, as the frames of the socket: for polling and for replay."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any
from uuid import UUID

from mediation.conversations import audience
from mediation.conversations.queries.log import events_after
from mediation.core.errors import NotFound

EVENTS_PER_THREAD = 200


def room_frames(*, user: audience.Person, room_id: UUID, cursors: Mapping[UUID, int]) -> dict[str, Any]:
    """`{"frames": […], "more": bool}` for every thread of the room the reader may read.

    A thread without a cursor starts at its first event; cursors of threads they may not read are passed over.
    Raises NotFound.
    """
    threads = audience.readable_threads(user).filter(room=room_id).values_list("id", "head_seq")
    heads = dict(threads)
    if not heads:
        raise NotFound
    after = {thread: cursors.get(thread, 0) for thread in heads}
    entries = events_after(after, limit=EVENTS_PER_THREAD)
    frames = [
        {"t": "events", "thread": str(thread), "room": str(room_id), "events": [entry.payload for entry in found]}
        for thread, found in groupby(entries, key=lambda entry: entry.thread_id)
    ]
    return {"frames": frames, "more": any(heads[thread] - seq > EVENTS_PER_THREAD for thread, seq in after.items())}
