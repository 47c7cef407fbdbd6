"""The review of a week's hours as a plain form: day by day, rows from when until when, as many as a day needs.

A row covers any run of the log's ten-minute slots. Its sum follows from the contract's rate unless one is written.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mediation.conversations.models import Contract
from mediation.disputes.money import NotASum, how_to_write, typed
from mediation.web import moments

Case = Mapping[str, Any]
Post = Mapping[str, Any]
DAYS = 7
FEWEST_ROWS, MORE_ROWS, MOST_ROWS = 2, 4, 30
MINUTES_OF_A_DAY, MINUTES_OF_A_SLOT = 24 * 60, 10


@dataclass(frozen=True, slots=True)
class Row:
    """What was written in one row; `error` is what is wrong with it."""

    n: int
    begin: str
    end: str
    sum: str
    is_upheld: bool
    amount_minor: int = 0
    error: str = ""


def days(case: Case, said: Post) -> list[dict[str, Any]]:
    """The seven days with their rows. Those that hold something are open, and the first."""
    found = []
    for number in range(DAYS):
        rows = list(_rows(case, said, number))
        is_used = any(row.begin or row.end or row.sum for row in rows)
        found.append(
            {
                "number": number,
                "word": _day(case, number),
                "rows": rows,
                "used": sum(bool(row.begin or row.end) for row in rows),
                "is_open": is_used or number == 0 or said.get("more") == str(number),
                "has_room": len(rows) < MOST_ROWS,
            }
        )
    return found


def slots(case: Case, post: Post) -> list[dict[str, Any]]:
    """The rows that were filled in, as the command's body. A row that is wrong has no name, so that it is refused."""
    return [
        {
            "slot": "" if row.error else f"{_name(case, number)} {row.begin}–{row.end}",
            "amount_minor": row.amount_minor,
            "is_upheld": row.is_upheld,
        }
        for number in range(DAYS)
        for row in _rows(case, post, number)
        if row.begin or row.end or row.sum
    ]


def _rows(case: Case, said: Post, day: int) -> Iterator[Row]:
    rate, covered = _rate(case), set[int]()
    for n in range(_how_many(said, day)):
        begin, end, text = (str(said.get(f"{name}_{day}_{n}", "")).strip() for name in ("from", "to", "sum"))
        is_upheld = bool(said.get(f"upheld_{day}_{n}"))
        if not (begin or end or text):
            yield Row(n, "", "", "", is_upheld)
            continue
        first, last = _minutes(begin), _minutes(end) or MINUTES_OF_A_DAY
        error, amount = "", 0
        if first is None or _minutes(end) is None or first >= last:
            error = _("Write from when until when, in steps of ten minutes.")
        elif covered & set(range(first, last)):
            error = _("This overlaps with a row above.")
        else:
            covered |= set(range(first, last))
            amount = (last - first) * rate // 60
        if text:
            try:
                amount = typed(text, case["view"]["currency"], get_language() or "en")
            except NotASum:
                error = error or how_to_write(case["view"]["currency"])
        elif not error and not rate:
            error = _("Write the sum: this contract has no hourly rate.")
        yield Row(n, begin, end, text, is_upheld, amount, error)


def _how_many(said: Post, day: int) -> int:
    known = str(said.get(f"rows_{day}", ""))
    rows = int(known) if known.isascii() and known.isdecimal() and len(known) < 4 else FEWEST_ROWS
    return min(max(rows, FEWEST_ROWS) + (MORE_ROWS if said.get("more") == str(day) else 0), MOST_ROWS)


def _minutes(text: str) -> int | None:
    """Since midnight; None for what is no time of the log."""
    hours, colon, minutes = text.partition(":")
    if not (colon and all(part.isascii() and part.isdecimal() and len(part) == 2 for part in (hours, minutes))):
        return None
    total = int(hours) * 60 + int(minutes)
    return total if total < MINUTES_OF_A_DAY and int(minutes) % MINUTES_OF_A_SLOT == 0 else None


def _rate(case: Case) -> int:
    return Contract.objects.values_list("hourly_rate_minor", flat=True).get(pk=case["view"]["contract"]["id"])


def _begins(case: Case) -> date | None:
    week = case["view"]["week_starts"]
    return date.fromisoformat(week) if week else None


def _day(case: Case, number: int) -> str:
    """As its reader reads it."""
    week = _begins(case)
    return moments.date_of(week + timedelta(days=number)) if week else str(WEEKDAYS[number])


def _name(case: Case, number: int) -> str:
    """As the case file keeps it, the same in every language: the day's date, or its number in the week."""
    week = _begins(case)
    return (week + timedelta(days=number)).isoformat() if week else f"{number + 1}/7"
