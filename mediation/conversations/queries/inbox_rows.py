"""The rows behind the list of rooms, by plain, prepared SQL: the ORM took three quarters of the list's time to write
the same statements again and again (decisions/0010). What the person may see is asked of `audience.gate` in each.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from mediation.conversations import audience, snapshots
from mediation.conversations.audience import Person
from mediation.conversations.models import Contract, Member
from mediation.conversations.queries.unread import COUNTED, UNREAD
from mediation.conversations.rules import access
from mediation.conversations.rules.text import PREVIEW_READS
from mediation.core import sql

Show = Literal["all", "unread", "mine", "ended"]
_ORDER = list(Member.Role.values)

_STAY = "JOIN conversations_member me ON me.room_id = t.room_id AND me.user_id = %s AND me.left_at IS NULL"
_MARK = "LEFT JOIN conversations_readmark mark ON mark.thread_id = t.id AND mark.user_id = %s"
_HERE = {"thread": "t.id", "after": "COALESCE(mark.seq, 0)", "person": "%s"}
_HAS_NEWS = "t.last_message_seq > COALESCE(mark.seq, 0)"  # only then is it worth counting

_AT = "MAX(COALESCE(t.last_message_at, t.created_at))"
_ACTIVITY = f"""
    SELECT t.room_id, {_AT} FROM conversations_thread t
    JOIN conversations_room r ON r.id = t.room_id JOIN conversations_contract c ON c.id = r.contract_id
    {{joins}} WHERE {{wanted}} GROUP BY t.room_id HAVING {{of_rooms}} ORDER BY 2 DESC, 1 DESC LIMIT %s"""  # noqa: S608
_AFTER = f"({_AT} < %s OR ({_AT} = %s AND t.room_id < %s))"
_HAS_UNREAD = f"MAX(CASE WHEN {_HAS_NEWS} AND EXISTS ({UNREAD.format(**_HERE)}) THEN 1 ELSE 0 END) = 1"
_ENDED = f"c.status = '{Contract.Status.ENDED.value}'"
_NAMED = """({title} OR EXISTS (
    SELECT 1 FROM conversations_member one JOIN accounts_user u ON u.id = one.user_id
    WHERE one.room_id = t.room_id AND one.left_at IS NULL AND {name}))"""
# What staff have before them without asking: their own rooms, and those where a request is open.
_AT_HAND = """t.room_id IN (
    SELECT room_id FROM conversations_member WHERE user_id = %s AND left_at IS NULL
    UNION SELECT room_id FROM conversations_helprequest WHERE ended_at IS NULL)"""

# A row for each present member, or one for a room that everybody has left.
_ROOMS = """
    SELECT r.id, c.title, c.kind, c.status, h.id, h.asked_by_id, h.asked_at, h.taken_by_id, h.taken_at, h.ended_at,
    one.role, u.id, u.name, u.avatar
    FROM conversations_room r JOIN conversations_contract c ON c.id = r.contract_id
    LEFT JOIN conversations_helprequest h ON h.room_id = r.id AND h.ended_at IS NULL
    LEFT JOIN conversations_member one ON one.room_id = r.id AND one.left_at IS NULL
    LEFT JOIN accounts_user u ON u.id = one.user_id
    WHERE {}"""
# In the order of their making: that of the table would tell of writes in threads that the reader cannot see.
_THREADS = f"""
    SELECT t.room_id, t.id, t.audience, t.last_message_at,
    CASE WHEN {_HAS_NEWS} THEN {COUNTED.format(**_HERE)} ELSE 0 END, said.seq, said.author_id, by_whom.name,
    substr(said.body, 1, {PREVIEW_READS}), said.code, said.params, said.files, said.removed_at IS NOT NULL
    FROM conversations_thread t LEFT {_STAY} {_MARK} {{said}}
    LEFT JOIN accounts_user by_whom ON by_whom.id = said.author_id WHERE {{wanted}} ORDER BY t.created_at, t.id"""  # noqa: S608
_SAID = "LEFT JOIN conversations_message said ON said.thread_id = t.id AND said.seq = t.last_message_seq"
# The same for PostgreSQL, which would read all messages of these threads if it thought that many were wanted.
_SAID_POSTGRESQL = """LEFT JOIN LATERAL (
    SELECT * FROM conversations_message WHERE thread_id = t.id AND seq = t.last_message_seq LIMIT 1) said ON TRUE"""


class RoomFacts(NamedTuple):
    """What a room is about, its open request for a mediator, and its people's cards: client, freelancer, mediator."""

    title: str
    kind: str
    status: str
    request: snapshots.HelpRow | None
    people: list[dict[str, Any]]


class ThreadRow(NamedTuple):
    """A thread that the person may read: how much of it is unread, and its newest message (no `seq` without one)."""

    id: UUID
    audience: str
    at: datetime | None
    unread: int
    seq: int | None
    author_id: UUID | None
    author_name: str
    body: str
    code: str
    params: dict[str, Any]
    files: list[Any]
    is_removed: bool


class Rows(NamedTuple):
    """Of the rooms of a page, by room: facts and threads."""

    rooms: dict[UUID, RoomFacts]
    threads: dict[UUID, list[ThreadRow]]


def activity(
    person: Person, show: Show, words: Sequence[str], after: tuple[datetime, UUID] | None, limit: int
) -> dict[UUID, datetime]:
    """Rooms with their newest activity as the person may see it, newest first; after that moment and room, if given."""
    me = sql.uuid(person.id)
    # Staff may read much from outside: they see what is at hand, and the rest by words or as ended.
    is_outside = show != "mine" and access.may_read_from_outside(person.role)
    joins = f"LEFT {_STAY}" if is_outside else _STAY
    wanted: list[tuple[str, list[Any]]] = [(audience.gate(person), [])]
    of_rooms: list[tuple[str, list[Any]]] = []
    if show == "ended":
        wanted.append((_ENDED, []))
    elif is_outside and not words:
        wanted.append((_AT_HAND, [me]))
    for word in words:
        wanted.append((_NAMED.format(title=sql.holds("c.title"), name=sql.holds("u.name")), [sql.held(word)] * 2))
    if show == "unread":
        joins += f" {_MARK}"
        of_rooms.append((_HAS_UNREAD, [me]))
    if after:
        of_rooms.append((_AFTER, [sql.moment(after[0]), sql.moment(after[0]), sql.uuid(after[1])]))
    statement = _ACTIVITY.format(
        joins=joins,
        wanted=" AND ".join(text for text, _ in wanted),
        of_rooms=" AND ".join(text for text, _ in of_rooms) or "TRUE",
    )
    values = [value for _, some in (*wanted, *of_rooms) for value in some]
    found = sql.fetch(statement, [me] * joins.count("%s") + values + [limit])
    return {sql.as_uuid(room): sql.as_moment(at) for room, at in found}


def rows(person: Person, rooms: Collection[UUID]) -> Rows:
    """What the list shows of these rooms."""
    if not rooms:
        return Rows({}, {})
    me, listed = sql.uuid(person.id), sql.listed(rooms)
    in_list = sql.among("t.room_id", rooms)
    threads = _THREADS.format(
        said=_SAID_POSTGRESQL if sql.is_postgresql() else _SAID, wanted=f"{in_list} AND {audience.gate(person)}"
    )
    facts, read = sql.fetch_each((_ROOMS.format(sql.among("r.id", rooms)), listed), (threads, [me, me, me, *listed]))
    return Rows(_facts(facts), _threads(read))


def facts_of(rooms: Collection[UUID]) -> dict[UUID, RoomFacts]:
    """The facts of rooms that the caller may show."""
    return _facts(sql.fetch(_ROOMS.format(sql.among("r.id", rooms)), sql.listed(rooms))) if rooms else {}


def _facts(found: Iterable[tuple]) -> dict[UUID, RoomFacts]:
    by_room: dict[UUID, RoomFacts] = {}
    for key, title, kind, status, *request, role, user, name, avatar in found:
        room = sql.as_uuid(key)
        if room not in by_room:
            by_room[room] = RoomFacts(title, kind, status, _request(*request), [])
        if user:
            by_room[room].people.append(snapshots.card(sql.as_uuid(user), name, avatar, role))
    for facts in by_room.values():
        facts.people.sort(key=lambda card: _ORDER.index(card["role"]))
    return by_room


def _request(
    request: Any, asked_by: Any, asked_at: Any, taken_by: Any, taken_at: Any, ended_at: Any
) -> snapshots.HelpRow | None:
    if request is None:
        return None
    return snapshots.HelpRow(
        pk=sql.as_uuid(request),
        asked_by_id=sql.as_uuid(asked_by),
        asked_at=sql.as_moment(asked_at),
        taken_by_id=sql.as_uuid(taken_by) if taken_by else None,
        taken_at=sql.as_moment(taken_at) if taken_at else None,
        ended_at=sql.as_moment(ended_at) if ended_at else None,
    )


def _threads(found: Iterable[tuple]) -> dict[UUID, list[ThreadRow]]:
    by_room: dict[UUID, list[ThreadRow]] = {}
    for room, thread, audience_, at, unread, seq, author, name, body, code, params, files, is_removed in found:
        by_room.setdefault(sql.as_uuid(room), []).append(
            ThreadRow(
                id=sql.as_uuid(thread),
                audience=audience_,
                at=sql.as_moment(at) if at else None,
                unread=unread,
                seq=seq,
                author_id=sql.as_uuid(author) if author else None,
                author_name=name or "",
                body=body or "",
                code=code or "",
                params=sql.as_json(params or "{}"),
                files=sql.as_json(files or "[]"),
                is_removed=bool(is_removed),
            )
        )
    return by_room
