"""Loading many rows fast: COPY without indexes on PostgreSQL, `executemany` in one transaction on SQLite."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from django.db import connection

from mediation.core import sql

Row = TypeVar("Row")


def in_chunks(items: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Lists of at most `size` items."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


@contextmanager
def without_indexes(tables: Sequence[str]) -> Iterator[None]:
    """On PostgreSQL: meanwhile the tables have neither indexes nor foreign keys, except their primary keys."""
    if not sql.is_postgresql():
        yield
        return
    again: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for table in tables:
            again += _drop_from(cursor, table)
    yield
    with connection.cursor() as cursor:
        for statement in again:
            cursor.execute(statement)


def _drop_from(cursor: Any, table: str) -> list[str]:
    """Drop constraints and indexes of a table; returns the statements that bring them back."""
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass "
        "AND contype IN ('u', 'f') ORDER BY contype DESC", [table],
    )  # fmt: skip
    constraints = cursor.fetchall()
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT IN "
        "(SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass)", [table, table],
    )  # fmt: skip
    indexes = cursor.fetchall()
    for name, _ in constraints:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    return [f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {what}' for name, what in constraints] + [
        definition for _, definition in indexes
    ]


class Store:
    """Puts rows of plain values into tables. UUIDs are texts, moments are aware."""

    def put(self, table: str, columns: Sequence[str], rows: Sequence[tuple]) -> None:
        names = ", ".join(columns)
        with connection.cursor() as cursor:
            if sql.is_postgresql():
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    copy.write("".join(map(_line, rows)))
            else:
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", map(_for_sqlite, rows))

    def put_words(self, rows: Sequence[tuple[int, str, list[str], str, datetime]]) -> None:
        """Search rows: message id, thread, words, the thread's word, when it was said."""
        if sql.is_postgresql():
            lines = [(id, thread, " ".join([scope, *words]), at) for id, thread, words, scope, at in rows]
            self.put("conversations_search", ("message_id", "thread_id", "tsv", "at"), lines)
        else:
            found = [(id, " ".join(words), scope) for id, _, words, scope, _ in rows]
            self.put("conversations_search", ("rowid", "words", "scope"), found)

    def move_heads(self, heads: Sequence[tuple[str, int]], at: datetime) -> None:
        """Each thread's head is its newest message."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE conversations_thread "
                "SET head_seq = %s, last_message_seq = %s, last_message_at = %s WHERE id = %s",
                [(head, head, sql.moment(at), sql.uuid(uuid.UUID(thread))) for thread, head in heads],
            )


def _line(row: tuple) -> str:
    """A line of COPY's text format. Our values hold no tabs, newlines or backslashes."""
    return "\t".join(map(str, row)) + "\n"


def _for_sqlite(row: tuple) -> list[object]:
    return [_value(value) for value in row]


def _value(value: object) -> object:
    if isinstance(value, datetime):
        return sql.moment(value)
    # Texts of a UUID's length with its dashes are UUIDs: no text of ours looks like that.
    if isinstance(value, str) and len(value) == 36 and value[8] == value[13] == value[18] == value[23] == "-":
        return value.replace("-", "")
    return value


def settle(tables: Sequence[str]) -> None:
    """What autovacuum would have done by tomorrow: statistics, visibility, sequences."""
    with connection.cursor() as cursor:
        for table in tables:
            if sql.is_postgresql():
                cursor.execute(f"VACUUM {table}")
        cursor.execute("ANALYZE")
        if sql.is_postgresql():
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('conversations_message', 'id'), max(id)) "
                "FROM conversations_message"
            )
