"""Plain SQL for the message path, the same on both databases.

Only that path avoids the ORM (see `mediation/decisions/0004-one-path-without-the-orm.md`). The databases differ in how
UUIDs, moments and lists are passed, and in row locks. PostgreSQL gets a list as one value, so that a statement is the
same text for every size of batch and is parsed and planned once per connection, which is half of its cost.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

_EMPTY: dict[str, Any] = {"{}": {}, "[]": []}


class Asked(NamedTuple):
    """A query and its values. `is_plain`: its columns are UUIDs, moments, numbers, truths and texts, and nothing that
    comes as text to be read by us (JSON). PostgreSQL then answers in its own form, which the driver reads in a fifth
    of the time: a page of the desk has two hundred and fifty moments.
    """

    statement: str
    values: Sequence[Any]
    is_plain: bool = False


def fetch(statement: str, values: Sequence[Any]) -> list[tuple]:
    """Run a statement that is always the same text; returns its rows, if any. Raises Django's database errors."""
    here = connections["default"]
    if not _is_direct(here):
        with here.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []
    with here.wrap_database_errors:
        plain = _execute(here, statement, values)
        return plain.fetchall() if plain.description else []


def fetch_each(*asked: tuple[str, Sequence[Any]] | Asked) -> list[list[tuple]]:
    """The rows of each query, run one after the other. PostgreSQL is asked and answers once for all of them."""
    here = connections["default"]
    if not _is_direct(here):
        return [fetch(*one[:2]) for one in asked]
    running = []
    with here.wrap_database_errors, here.connection.pipeline() as pipeline:
        for one in asked:
            running.append(_execute(here, *Asked(*one)))
            pipeline.sync()  # outside a transaction each stays one of its own, and holds no lock for the next
        return [cursor.fetchall() for cursor in running]


@contextmanager
def together() -> Iterator[None]:
    """What is written in this block goes to PostgreSQL without waiting for each answer; errors come at its end."""
    here = connections["default"]
    if not _is_direct(here):
        yield
        return
    with here.wrap_database_errors, here.connection.pipeline():
        yield


def _is_direct(here: BaseDatabaseWrapper) -> bool:
    """Whether psycopg is asked without Django's cursor, which would put the values into the text to be parsed and
    planned each time. SQLite has no such road, and who watches queries wants to see these, too.
    """
    if here.vendor != "postgresql" or here.queries_logged or here.execute_wrappers:
        return False
    here.ensure_connection()
    here.validate_no_broken_transaction()
    return True


def _execute(here: BaseDatabaseWrapper, statement: str, values: Sequence[Any], is_plain: bool = False) -> Any:
    from psycopg import Cursor

    return Cursor(here.connection).execute(statement, values, prepare=True, binary=is_plain)


def among(column: str, values: Collection[object]) -> str:
    """`column` is one of the values (UUIDs or whole numbers), which are passed as `listed(values)`."""
    if not is_postgresql():
        return f"{column} IN ({marks(values)})"
    kind = "bigint" if values and all(isinstance(value, int) for value in values) else "uuid"
    return f"{column} = ANY(%s::{kind}[])"


def listed(values: Collection[object]) -> list[Any]:
    """The parameters of `among`: one array, or a value for each mark."""
    if is_postgresql():
        # As text: the driver's own arrays take longer than the whole query.
        return ["{" + ",".join(map(str, values)) + "}"]
    return [_plain(value) for value in values]


def holds(column: str) -> str:
    """`column` holds a text whatever its case, as the ORM's `icontains` decides it; it is passed as `held(text)`."""
    return f"UPPER({column}) LIKE UPPER(%s)" if is_postgresql() else f"{column} LIKE %s ESCAPE '\\'"


def held(text: str) -> str:
    """The parameter of `holds`."""
    return f"%{connection.ops.prep_for_like_query(text)}%"


def table(columns: Mapping[str, str], rows: Collection[object]) -> str:
    """A source of rows for FROM, with these columns (name → PostgreSQL type); the rows are passed as `cells`."""
    if is_postgresql():
        shape = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        return f"json_to_recordset(%s::json) AS given({shape})"
    names = ", ".join(f"column{number} AS {name}" for number, name in enumerate(columns, 1))
    row = f"({', '.join(['%s'] * len(columns))})"
    return f"(SELECT {names} FROM (VALUES {', '.join([row] * len(rows))})) AS given"  # noqa: S608 (our own names)


def cells(columns: Mapping[str, str], rows: Collection[Sequence[object]]) -> list[Any]:
    """The parameters of `table`. Values are UUIDs, moments, numbers, texts, and for `jsonb` whatever JSON has."""
    if is_postgresql():
        return [orjson.dumps([dict(zip(columns, row, strict=True)) for row in rows]).decode()]
    return [_plain(value) for row in rows for value in row]


def plain(value: object) -> object:
    """A value as the driver takes it."""
    return value if is_postgresql() else _plain(value)


def literal(value: object) -> str:
    """A value as it stands in the text of a statement."""
    if is_postgresql():
        from psycopg.sql import Literal

        return Literal(value).as_string().replace("%", "%%")
    if isinstance(value, int):
        return str(int(value))
    return "'" + str(value).replace("'", "''").replace("%", "%%") + "'"


def _plain(value: object) -> object:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, dict | list | tuple):
        return orjson.dumps(value).decode()
    return moment(value) if isinstance(value, datetime) else value


def is_postgresql() -> bool:
    """Whether the default database is PostgreSQL; the other one is SQLite."""
    return connection.vendor == "postgresql"


def uuid(value: UUID | None) -> UUID | str | None:
    """A UUID as the driver takes it."""
    return value if value is None or is_postgresql() else value.hex


def moment(value: datetime) -> datetime | str:
    """An aware moment as the driver takes it, in the form Django's own SQLite back end stores."""
    return value if is_postgresql() else str(value.astimezone(UTC).replace(tzinfo=None))


def as_uuid(value: UUID | str) -> UUID:
    """A UUID as it came from the driver."""
    return UUID(value) if isinstance(value, str) else value


def as_moment(value: datetime | str) -> datetime:
    """An aware moment as it came from the driver; SQLite's is naive and in UTC, and a text where it was computed."""
    value = datetime.fromisoformat(value) if isinstance(value, str) else value
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def as_json(value: Any) -> Any:
    """What a JSON column holds, as it came from the driver. Not to be changed: the empty ones are shared."""
    return _EMPTY[value] if value in _EMPTY else orjson.loads(value)


def marks(values: Iterable[object]) -> str:
    """`%s, %s, %s`, one for each value."""
    return ", ".join(["%s"] * len(list(values)))


def for_update(*, wait: bool = True) -> str:
    """The row lock of the message path (SQLite's transaction is alone). Without `wait`, held rows are left out."""
    if not is_postgresql():
        return ""
    return " FOR NO KEY UPDATE" if wait else " FOR NO KEY UPDATE SKIP LOCKED"
