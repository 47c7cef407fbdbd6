"""The one way to get events: from the log, after a cursor. First load, live, reconnect and replay all end here.

`events_after` gives what happened; `readers` says who may be told, now. The two are asked together, on every
delivery, by every door.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from mediation.conversations import snapshots
from mediation.conversations.queries import message_rows
from mediation.conversations.rules import access
from mediation.core import sql
from mediation.core.clock import iso

_EVENTS = f"""
    SELECT e.topic_id, e.stream_id, e.seq, e.type, e.actor_id, e.data, e.at, {message_rows.COLUMNS}
    FROM {{}} JOIN events_event e ON e.topic_id = given.topic AND e.seq > given.after AND e.seq <= given.after + %s
    LEFT JOIN conversations_message m ON m.thread_id = e.topic_id AND m.seq = e.target_seq
    ORDER BY e.topic_id, e.seq"""  # noqa: S608 (our own column names)
# The same for PostgreSQL, which would read the whole table if it thought that many events were wanted.
_EVENTS_POSTGRESQL = f"""
    SELECT e.topic_id, e.stream_id, e.seq, e.type, e.actor_id, e.data, e.at, {message_rows.COLUMNS}
    FROM {{}} CROSS JOIN LATERAL
        (SELECT * FROM events_event WHERE topic_id = given.topic AND seq > given.after ORDER BY seq LIMIT %s) e
    LEFT JOIN LATERAL
        (SELECT * FROM conversations_message WHERE thread_id = e.topic_id AND seq = e.target_seq LIMIT 1) m ON TRUE
    ORDER BY e.topic_id, e.seq"""  # noqa: S608 (our own column names)
_CURSORS = {"topic": "uuid", "after": "int"}
_MEMBERS = """
    SELECT t.id, t.audience, m.role, m.user_id, u.role FROM conversations_thread t
    JOIN conversations_member m ON m.room_id = t.room_id AND m.left_at IS NULL
    JOIN accounts_user u ON u.id = m.user_id AND u.is_active
    WHERE {}"""
_HEADS = "SELECT room_id, id, head_seq FROM conversations_thread WHERE {}"
_OUTSIDE = """
    SELECT t.id, u.id FROM conversations_thread t CROSS JOIN accounts_user u
    WHERE t.id IN ({}) AND u.id IN ({}) AND u.is_active AND u.role IN ({}) AND t.audience IN ({})
    AND EXISTS (SELECT 1 FROM conversations_helprequest h WHERE h.room_id = t.room_id)
    AND NOT EXISTS (SELECT 1 FROM conversations_member m
                    WHERE m.room_id = t.room_id AND m.user_id = u.id AND m.left_at IS NULL)"""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An event as it is given out; `payload` is `{seq, type, at, actor, data, message}`."""

    thread_id: UUID
    room_id: UUID
    seq: int
    payload: dict[str, Any]


def events_after(cursors: Mapping[UUID, int], *, limit: int = 200) -> list[LogEntry]:
    """At most `limit` events of each thread after its cursor, in the order of thread and seq.

    Asks no rights: the caller passes threads its reader may read, and tells only `readers`.
    """
    if not cursors:
        return []
    return [_entry(row) for row in sql.fetch(*_ask_events(cursors, limit))]


def news_after(
    cursors: Mapping[UUID, int], *, outside: Collection[UUID] = (), limit: int = 200
) -> tuple[list[LogEntry], dict[UUID, frozenset[UUID]]]:
    """`events_after`, and then the `readers` of all these threads: what the hub asks for every batch of news."""
    if not cursors:
        return [], {}
    events, members = sql.fetch_each(_ask_events(cursors, limit), _ask_members(cursors))
    return [_entry(row) for row in events], _readers(cursors, members, outside)


def _ask_events(cursors: Mapping[UUID, int], limit: int) -> tuple[str, list[Any]]:
    after = cursors.items()
    statement = (_EVENTS_POSTGRESQL if sql.is_postgresql() else _EVENTS).format(sql.table(_CURSORS, after))
    return statement, [*sql.cells(_CURSORS, after), limit]


def _ask_members(threads: Collection[UUID]) -> tuple[str, list[Any]]:
    return _MEMBERS.format(sql.among("t.id", threads)), sql.listed(threads)


def readers(threads: Collection[UUID], *, outside: Collection[UUID] = ()) -> dict[UUID, frozenset[UUID]]:
    """Who may read each of the threads at this moment: its room's members whose audience it is.

    `outside` are people who look at these rooms without being in them; those whose staff role allows it are added.
    """
    return _readers(threads, sql.fetch(*_ask_members(threads)) if threads else [], outside)


def _readers(
    threads: Collection[UUID], members: Iterable[tuple], outside: Collection[UUID]
) -> dict[UUID, frozenset[UUID]]:
    found: dict[UUID, set[UUID]] = {thread: set() for thread in threads}
    for thread, audience, role, user, staff_role in members:
        if audience in access.readable(role, staff_role, help_was_asked=False):
            found[sql.as_uuid(thread)].add(sql.as_uuid(user))
    if outside and found:
        ids = [sql.uuid(thread) for thread in found]
        with connection.cursor() as cursor:
            roles, audiences = access.STAFF_READERS, access.AUDIENCES_OF_STAFF
            statement = _OUTSIDE.format(sql.marks(ids), sql.marks(outside), sql.marks(roles), sql.marks(audiences))
            cursor.execute(statement, [*ids, *(sql.uuid(one) for one in outside), *roles, *audiences])
            for thread, user in cursor.fetchall():
                found[sql.as_uuid(thread)].add(sql.as_uuid(user))
    return {thread: frozenset(people) for thread, people in found.items()}


def heads(rooms: Iterable[UUID]) -> dict[UUID, list[tuple[UUID, int]]]:
    """The threads of each room with the seq of their newest event. For the hub's poll; tells no person anything."""
    found: dict[UUID, list[tuple[UUID, int]]] = {}
    wanted = list(rooms)
    if not wanted:
        return found
    for room, thread, head in sql.fetch(_HEADS.format(sql.among("room_id", wanted)), sql.listed(wanted)):
        found.setdefault(sql.as_uuid(room), []).append((sql.as_uuid(thread), head))
    return found


def _entry(row: tuple) -> LogEntry:
    topic, stream, seq, type_, actor, data, at, *message = row
    payload = {
        "seq": seq,
        "type": type_,
        "at": iso(sql.as_moment(at)),
        "actor": str(sql.as_uuid(actor)) if actor else None,
        "data": orjson.loads(data),
        "message": snapshots.message(message_rows.from_plain(message)) if message[0] is not None else None,
    }
    return LogEntry(sql.as_uuid(topic), sql.as_uuid(stream), seq, payload)
