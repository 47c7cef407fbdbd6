"""Lists a page at a time: by cursor (`page[size]`), or by number (`page`, `per_page`)."""

import base64
import binascii
from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import QueryDict

from mediation.zendesk.standin.errors import bad_request
from mediation.zendesk.standin.world import Json

LARGEST = 100


def page(rows: Sequence[Json], query: QueryDict, *, name: str, address: str) -> Json:
    """`rows` in rising order of id, as one page of an answer under `name`. Raises Refusal for a cursor of nobody."""
    if "-" in query.get("sort", "")[:1] or query.get("sort_order") == "desc":
        rows = rows[::-1]
    if any(key.startswith("page[") for key in query):
        return _by_cursor(rows, query, name, address)
    return _by_number(rows, query, name, address)


def _by_cursor(rows: Sequence[Json], query: QueryDict, name: str, address: str) -> Json:
    size = _number(query.get("page[size]", LARGEST))
    ids = [row["id"] for row in rows]
    first = 0
    if after := query.get("page[after]"):
        first = _place(ids, after) + 1
    elif before := query.get("page[before]"):
        first = max(_place(ids, before) - size, 0)
    shown = rows[first : first + size]
    after, before = (cursor(shown[-1]["id"]), cursor(shown[0]["id"])) if shown else (None, None)

    def link(which: str, value: str | None) -> str | None:
        kept = {key: query[key] for key in query if not key.startswith("page[")}
        return f"{address}?{urlencode({**kept, 'page[size]': size, f'page[{which}]': value})}" if value else None

    has_more = first + size < len(rows)
    return {
        name: list(shown),
        "meta": {"has_more": has_more, "after_cursor": after, "before_cursor": before},
        "links": {
            "next": link("after", after if has_more else None),
            "prev": link("before", before if first else None),
        },
    }


def _by_number(rows: Sequence[Json], query: QueryDict, name: str, address: str) -> Json:
    size, number = _number(query.get("per_page", LARGEST)), _number(query.get("page", 1), largest=10**6)
    first = (number - 1) * size
    kept = {key: query[key] for key in query if key != "page"}

    def link(to: int) -> str:
        return f"{address}?{urlencode({**kept, 'page': to})}"

    return {
        name: list(rows[first : first + size]),
        "count": len(rows),
        "next_page": link(number + 1) if first + size < len(rows) else None,
        "previous_page": link(number - 1) if number > 1 else None,
    }


def cursor(number: int) -> str:
    return base64.urlsafe_b64encode(f"id:{number}".encode()).decode()


def _place(ids: list[int], text: str) -> int:
    try:
        return ids.index(int(base64.urlsafe_b64decode(text).decode().removeprefix("id:")))
    except (ValueError, binascii.Error):
        raise bad_request(
            "InvalidPaginationParameter", "page[after] or page[before] is no cursor of this list"
        ) from None


def _number(text: object, *, largest: int = LARGEST) -> int:
    try:
        return min(max(int(str(text)), 1), largest)
    except ValueError:
        raise bad_request("InvalidPaginationParameter", f"{text!r} is no number") from None
