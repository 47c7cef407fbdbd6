"""Keeping the search index. It always takes a message as it stands now, so late and repeated news do no harm."""

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from mediation.conversations.models import Message
from mediation.conversations.rules import search as rules
from mediation.core import sql

_ADDRESS = {"thread_id": "uuid", "seq": "integer"}
_MESSAGES = """
    SELECT m.id, m.thread_id, m.body, m.files, m.removed_at IS NOT NULL, m.created_at FROM {}
    JOIN conversations_message m ON m.thread_id = given.thread_id AND m.seq = given.seq"""
_ROW = {"id": "bigint", "thread_id": "uuid", "words": "text", "at": "timestamptz"}
_REMEMBER = """
    INSERT INTO conversations_search (message_id, thread_id, tsv, at)
    SELECT id, thread_id, array_to_tsvector(string_to_array(words, ' ')), at FROM {}
    ON CONFLICT (message_id) DO UPDATE SET tsv = excluded.tsv"""
_REMEMBER_SQLITE = "INSERT INTO conversations_search (rowid, words, scope) VALUES (%s, %s, %s)"
_FORGET = "DELETE FROM conversations_search WHERE "
_BATCH = 500


@transaction.atomic
def index_messages(addresses: Collection[tuple[UUID, int]]) -> None:
    """Make the messages at these addresses (thread, seq) findable by what they say now; removed ones no longer."""
    if not addresses:
        return
    rows = sql.fetch(_MESSAGES.format(sql.table(_ADDRESS, addresses)), sql.cells(_ADDRESS, addresses))
    removed = [row[0] for row in rows if row[4]]
    # In one order, so that two workers never wait for each other.
    kept = sorted((row[0], sql.as_uuid(row[1]), _words(row[2], row[3]), row[5]) for row in rows if not row[4])
    _forget(removed if sql.is_postgresql() else [row[0] for row in rows])
    if kept:
        _remember(kept)


def index_everything() -> int:
    """Build the index anew from all messages, in batches of their own transactions; returns how many were indexed."""
    last = count = 0
    everything = Message.objects.filter(kind=Message.Kind.TEXT.value).order_by("pk")
    while batch := list(everything.filter(pk__gt=last).values_list("pk", "thread", "seq")[:_BATCH]):
        index_messages([(thread, seq) for _, thread, seq in batch])
        last, count = batch[-1][0], count + len(batch)
    return count


def _words(body: str, files: Any) -> list[str]:
    named = json.loads(files) if isinstance(files, str) else files
    return rules.indexed_words([body, *(file["name"] for file in named)])


def _forget(ids: list[int]) -> None:
    if ids:
        key = "message_id" if sql.is_postgresql() else "rowid"
        sql.fetch(_FORGET + sql.among(key, ids), sql.listed(ids))


def _remember(rows: list[tuple[int, UUID, list[str], Any]]) -> None:
    if sql.is_postgresql():
        given = [
            (message_id, thread, " ".join([*words, rules.scope(thread)]), at) for message_id, thread, words, at in rows
        ]
        sql.fetch(_REMEMBER.format(sql.table(_ROW, given)), sql.cells(_ROW, given))
    else:
        found = [(message_id, " ".join(words), rules.scope(thread)) for message_id, thread, words, _ in rows]
        with connection.cursor() as cursor:
            cursor.executemany(_REMEMBER_SQLITE, found)
