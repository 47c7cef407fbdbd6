"""Recording what happened. The caller holds the lock that made `seq`, and its transaction commits both."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from mediation.core import sql
from mediation.events import catalogue

_COLUMNS = {
    "stream_id": "uuid", "topic_id": "uuid", "seq": "int", "type": "text", "actor_id": "uuid", "target_seq": "int",
    "data": "jsonb", "at": "timestamptz",
}  # fmt: skip
_INSERT = f"INSERT INTO events_event ({', '.join(_COLUMNS)}) SELECT given.* FROM {{}}"  # noqa: S608 (our own names)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """A fact about to be written. `seq` is the next of its topic; `target_seq` the message it is about."""

    stream_id: UUID
    topic_id: UUID
    seq: int
    type: str
    actor_id: UUID | None
    at: datetime
    target_seq: int | None = None
    data: dict[str, Any] = field(default_factory=dict)


def record(events: Sequence[NewEvent]) -> None:
    """Write the events with one statement, inside the caller's transaction.

    Raises ValueError for a kind that is not in the catalogue: that is a mistake in the code, never in the input.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Events are recorded in the transaction of what they record.")
    rows = []
    for event in events:
        catalogue.check(event.type, event.data)
        rows.append(
            (
                event.stream_id,
                event.topic_id,
                event.seq,
                event.type,
                event.actor_id,
                event.target_seq,
                event.data,
                event.at,
            )
        )
    sql.fetch(_INSERT.format(sql.table(_COLUMNS, rows)), sql.cells(_COLUMNS, rows))
