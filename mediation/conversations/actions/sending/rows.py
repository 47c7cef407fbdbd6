"""The statements of the message path, each for a whole batch. Why no ORM: decisions/0004."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from mediation.conversations.actions.sending.shapes import LockedThread, Send, Sent
from mediation.core import sql

_THREADS = "SELECT id, room_id, audience, head_seq FROM conversations_thread WHERE {} ORDER BY id{}"
_AUTHORS = """
    SELECT u.id, u.role, m.room_id, m.role, r.locked_at IS NOT NULL FROM accounts_user u
    LEFT JOIN conversations_member m ON m.user_id = u.id AND m.left_at IS NULL
        AND m.room_id IN (SELECT room_id FROM conversations_thread WHERE {})
    LEFT JOIN conversations_room r ON r.id = m.room_id
    WHERE u.is_active AND {}"""
_ASKED = "SELECT DISTINCT room_id FROM conversations_helprequest WHERE {}"
_REPEATS = """
    SELECT author_id, client_id, thread_id, seq, created_at FROM conversations_message
    WHERE {} AND {}"""
_MESSAGE = {
    "thread_id": "uuid", "seq": "int", "author_id": "uuid", "client_id": "uuid", "body": "text", "reply_to_seq": "int",
    "mentions": "jsonb", "files": "jsonb", "created_at": "timestamptz",
}  # fmt: skip
_INSERT = f"""
    INSERT INTO conversations_message
    ({", ".join(_MESSAGE)}, kind, code, params, reactions, rev, removed_reason)
    SELECT given.*, 'text', '', '{{{{}}}}', '{{{{}}}}', 1, '' FROM {{}}"""  # noqa: S608 (our own column names)
_HEADS = """
    UPDATE conversations_thread
    SET head_seq = given.head, last_message_seq = given.head, last_message_at = given.moved_at
    FROM {} WHERE conversations_thread.id = given.thread"""
_HEAD = {"thread": "uuid", "head": "int", "moved_at": "timestamptz"}


# An active author: id, role, a room of these they are in with their role there (or None), whether it is read only.
Author = tuple[UUID, str, UUID | None, str | None, bool]


def lock_threads(
    ids: Collection[UUID], people: Collection[UUID], *, wait: bool
) -> tuple[dict[UUID, LockedThread], list[Author]]:
    """Lock the threads' rows in the order of their ids, so that two batches never wait for each other.

    With them come the active authors among the people, as they stand once the locks are won. Without `wait`, threads
    that somebody else holds are left out.
    """
    locked, standing = sql.fetch_each(
        (_THREADS.format(sql.among("id", ids), sql.for_update(wait=wait)), sql.listed(ids)),
        (_AUTHORS.format(sql.among("id", ids), sql.among("u.id", people)), [*sql.listed(ids), *sql.listed(people)]),
    )
    threads = [LockedThread(sql.as_uuid(row[0]), sql.as_uuid(row[1]), row[2], row[3]) for row in locked]
    authors = [
        (sql.as_uuid(user_id), role, sql.as_uuid(room_id) if room_id else None, member_role, bool(is_locked))
        for user_id, role, room_id, member_role, is_locked in standing
    ]
    return {thread.id: thread for thread in threads}, authors


def existing(ids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these threads there are, locked or not."""
    rows = sql.fetch(_THREADS.format(sql.among("id", ids), ""), sql.listed(ids)) if ids else []
    return frozenset(sql.as_uuid(row[0]) for row in rows)


def rooms_that_asked(rooms: Collection[UUID]) -> frozenset[UUID]:
    """Which of the rooms ever asked for a mediator."""
    rows = sql.fetch(_ASKED.format(sql.among("room_id", rooms)), sql.listed(rooms))
    return frozenset(sql.as_uuid(row[0]) for row in rows)


def first_results(sends: Collection[Send]) -> dict[tuple[UUID, UUID], Sent]:
    """The results of those that were stored before, by author and client id."""
    if not sends:
        return {}
    people, ids = {send.author_id for send in sends}, {send.client_id for send in sends}
    statement = _REPEATS.format(sql.among("author_id", people), sql.among("client_id", ids))
    rows = sql.fetch(statement, [*sql.listed(people), *sql.listed(ids)])
    return {
        (sql.as_uuid(author), sql.as_uuid(client_id)): Sent(
            sql.as_uuid(thread), seq, sql.as_uuid(client_id), sql.as_moment(at), repeated=True
        )
        for author, client_id, thread, seq, at in rows
    }


def insert_messages(messages: Collection[tuple[Send, Sent, list[dict[str, object]]]]) -> None:
    """Insert the messages with one statement; the third of each is the list of its files."""
    rows = [
        (
            send.thread_id,
            sent.seq,
            send.author_id,
            send.client_id,
            send.body,
            send.reply_to_seq,
            send.mentions,
            files,
            sent.at,
        )
        for send, sent, files in messages
    ]
    sql.fetch(_INSERT.format(sql.table(_MESSAGE, rows)), sql.cells(_MESSAGE, rows))


def move_heads(threads: Collection[LockedThread], at: datetime) -> None:
    """Store the new heads of the threads, all with a message at `at`."""
    rows = [(thread.id, thread.head, at) for thread in threads]
    sql.fetch(_HEADS.format(sql.table(_HEAD, rows)), sql.cells(_HEAD, rows))
