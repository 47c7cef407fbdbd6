"""Rows of messages by plain, prepared SQL: the log and the pages of a thread give out the same fifty columns over and
over, and the ORM takes longer to write and to read such a query than the database to answer it (decisions/0010).
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from mediation.conversations import snapshots
from mediation.conversations.snapshots import MESSAGE_FIELDS, MessageRow
from mediation.core import sql

COLUMNS = ", ".join(f"m.{name}" for name in MESSAGE_FIELDS)
_SELECT = f"SELECT {COLUMNS} FROM conversations_message m WHERE m.thread_id = %s"  # noqa: S608 (our own column names)
_BEFORE = f"{_SELECT} AND m.seq < %s ORDER BY m.seq DESC LIMIT %s"
_FROM = f"{_SELECT} AND m.seq >= %s ORDER BY m.seq LIMIT %s"
_THESE = f"{_SELECT} AND {{}} ORDER BY m.seq"
NEWEST = 2**31 - 1  # more than any seq


def before(thread: UUID, seq: int, limit: int) -> list[MessageRow]:
    """The last messages before a seq, newest first."""
    return _read(_BEFORE, [sql.uuid(thread), seq, limit])


def starting_at(thread: UUID, seq: int, limit: int) -> list[MessageRow]:
    """The first messages from a seq on, oldest first."""
    return _read(_FROM, [sql.uuid(thread), seq, limit])


def at(thread: UUID, seqs: Collection[int]) -> list[MessageRow]:
    """Those of the messages that there are, oldest first."""
    if not seqs:
        return []
    return _read(_THESE.format(sql.among("m.seq", seqs)), [sql.uuid(thread), *sql.listed(seqs)])


def from_plain(values: Sequence[Any]) -> MessageRow:
    """The columns of a row of plain SQL as the ORM would give them."""
    row = snapshots.MessageRow(*values)
    return row._replace(
        author_id=sql.as_uuid(row.author_id) if row.author_id else None,
        client_id=sql.as_uuid(row.client_id) if row.client_id else None,
        params=sql.as_json(row.params),
        mentions=sql.as_json(row.mentions),
        files=sql.as_json(row.files),
        reactions=sql.as_json(row.reactions),
        created_at=sql.as_moment(row.created_at),
        edited_at=sql.as_moment(row.edited_at) if row.edited_at else None,
        removed_at=sql.as_moment(row.removed_at) if row.removed_at else None,
        removed_by_id=sql.as_uuid(row.removed_by_id) if row.removed_by_id else None,
    )


def _read(statement: str, values: Sequence[Any]) -> list[MessageRow]:
    return [from_plain(row) for row in sql.fetch(statement, values)]
