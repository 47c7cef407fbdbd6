"""What the hub's threads ask the database. Events first, then who may read them, then which rights ended: so nothing
that was taken away before an event was committed is overlooked when the event is given out.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from accounts.queries import REVOKED_SINCE
from mediation.conversations.models import Member, Thread
from mediation.conversations.queries import log
from mediation.conversations.queries.log import LogEntry
from mediation.core import clock, sql
from mediation.desk.queries.changes import Looked

# A revocation shows when its transaction commits, which is later than its `at`; machines' clocks differ too.
REVOCATIONS_BACK = timedelta(seconds=30)
PEOPLE_CHANGED = frozenset({"member.joined", "member.left"})


@dataclass(slots=True)
class RoomNow:
    """Who is in a room and who may read which of its threads."""

    heads: list[tuple[UUID, int]]
    readers: dict[UUID, frozenset[UUID]]
    members: frozenset[UUID]


@dataclass(slots=True)
class News:
    """One read of the database."""

    entries: dict[UUID, list[LogEntry]] = field(default_factory=dict)
    readers: dict[UUID, frozenset[UUID]] = field(default_factory=dict)
    rooms_of: dict[UUID, UUID] = field(default_factory=dict)
    rooms: dict[UUID, RoomNow] = field(default_factory=dict)
    revoked: dict[int, UUID] = field(default_factory=dict)
    epoch: str | None = None
    is_waiting_changed: bool = False
    desk: Looked = field(default_factory=Looked)


def threads_known(ids: Collection[UUID]) -> dict[UUID, tuple[UUID, int]]:
    """Each thread's room and head."""
    rows = Thread.objects.filter(pk__in=ids).values_list("pk", "room_id", "head_seq")
    return {thread: (room, head) for thread, room, head in rows}


def events(news: News, cursors: Mapping[UUID, int], outsiders: Collection[UUID], *, limit: int = 200) -> None:
    """Add the events after the cursors, and who may read those threads."""
    entries, readers = log.news_after(cursors, outside=outsiders, limit=limit)
    for entry in entries:
        news.entries.setdefault(entry.thread_id, []).append(entry)
        news.rooms_of[entry.thread_id] = entry.room_id
    news.readers |= {thread: readers[thread] for thread in news.entries}


def rooms_now(rooms: Collection[UUID], outsiders: Collection[UUID]) -> dict[UUID, RoomNow]:
    """The rooms' threads, the readers of these and the members, at this moment."""
    if not rooms:
        return {}
    heads = log.heads(rooms)
    readers = log.readers([thread for threads in heads.values() for thread, _ in threads], outside=outsiders)
    members: dict[UUID, set[UUID]] = {room: set() for room in rooms}
    for room, user in Member.objects.filter(room__in=rooms, left_at__isnull=True).values_list("room_id", "user_id"):
        members[room].add(user)
    return {
        room: RoomNow(threads, {thread: readers[thread] for thread, _ in threads}, frozenset(members[room]))
        for room, threads in heads.items()
    }


def revoked() -> dict[int, UUID]:
    """The revocations of the last half minute: row → person."""
    since = clock.now() - REVOCATIONS_BACK
    # With every read of news, so the way of the message path; `accounts.queries.revoked_since` is the same.
    return {row: sql.as_uuid(user) for row, user in sql.fetch(REVOKED_SINCE, [sql.moment(since)])}
