"""Whose turn it is: a stream is dispatched by one worker at a time, so that its events stay in order.

A turn ends with its process: PostgreSQL frees advisory locks with the connection, the system a locked file with the
descriptor. So a worker that is killed never leaves a stream locked.
"""

import fcntl
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.db import connection

from mediation.core import sql

_SEED = 7741  # sets these locks apart from any other use of advisory locks
_TAKE = """
    SELECT stream FROM unnest(%s::uuid[]) AS stream
    WHERE pg_try_advisory_lock(hashtextextended(stream::text, {seed}))"""
_GIVE_BACK = "SELECT pg_advisory_unlock(hashtextextended(stream::text, {seed})) FROM unnest(%s::uuid[]) AS stream"


@contextmanager
def turns(streams: Collection[UUID]) -> Iterator[frozenset[UUID]]:
    """Hold those of the streams that nobody else holds now, until the end of the block. Never waits."""
    if not streams:
        yield frozenset()
    elif sql.is_postgresql():
        with _advisory_locks(streams) as taken:
            yield taken
    else:
        with _locked_file(Path(f"{connection.settings_dict['NAME']}.dispatch")) as is_ours:
            yield frozenset(streams) if is_ours else frozenset()


@contextmanager
def _advisory_locks(streams: Collection[UUID]) -> Iterator[frozenset[UUID]]:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE.format(seed=_SEED), [list(streams)])
        taken = frozenset(row[0] for row in cursor.fetchall())
    try:
        yield taken
    finally:
        if taken:
            with connection.cursor() as cursor:
                cursor.execute(_GIVE_BACK.format(seed=_SEED), [list(taken)])


@contextmanager
def _locked_file(path: Path) -> Iterator[bool]:
    """SQLite has one writer anyway: one lock for all streams, beside the database."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
