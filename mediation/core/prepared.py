"""A query that the ORM writes once, asked again and again with other values.

What a query means stays said in the ORM's words; what is saved is writing and planning it each time, which takes longer
than the answer (decisions/0029). It is written with values that stand for those to come, which are put in their places.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

from mediation.core import sql


class Prepared:
    """`stands_for` are the names of values and what stands for each in the query: what nothing else in it is."""

    def __init__(self, query: QuerySet[Any, Any], **stands_for: object) -> None:
        compiler = query.query.get_compiler(DEFAULT_DB_ALIAS)
        text, params = compiler.as_sql()
        self.columns = [column for column, *_ in compiler.select]
        names = {sql.plain(value): name for name, value in stands_for.items()}
        # What is the same each time is written out: a plan for any value could use no index over a part of the rows.
        self.text = text % tuple("%s" if value in names else sql.literal(value) for value in params)
        self.names = [names[value] for value in params if value in names]
        self.places = [(at, found) for at, column in enumerate(self.columns) if (found := _converters(column))]

    def filled(self, values: Mapping[str, object]) -> list[object]:
        """The parameters, with these values in their places."""
        return [sql.plain(values[name]) for name in self.names]

    def read(self, rows: Sequence[tuple]) -> Sequence[tuple]:
        """The rows as the ORM would give them."""
        if not self.places:
            return rows
        return [_converted(row, self.places, self.columns) for row in rows]


def fetch_each(*asked: tuple[Prepared, Mapping[str, object]]) -> list[Sequence[tuple]]:
    """The rows of each query, with its values. PostgreSQL is asked once for all of them."""
    found = sql.fetch_each(*(sql.Asked(one.text, one.filled(values), is_plain=not one.places) for one, values in asked))
    return [one.read(rows) for (one, _), rows in zip(asked, found, strict=True)]


def _converters(column: Any) -> list[Any]:
    return [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]


def _converted(row: tuple, places: list[tuple[int, list[Any]]], columns: list[Any]) -> tuple:
    values = list(row)
    for at, converters in places:
        for convert in converters:
            values[at] = convert(values[at], columns[at], connection)
    return tuple(values)
