"""What somebody typed as typed rows. Every slip is named with its row and its part, and nothing is guessed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from mediation.desk.rules.conditions.fields import FIELDS, WITHOUT_VALUE, Field, Kind, Operator, Use

MOST_ROWS = 40
LONGEST_VALUE = 400
MOST_HOURS = Decimal(10_000)
MOST_MONEY = Decimal(10) ** 12
TAG = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CODE = re.compile(r"[A-Z]{3}")
_NUMBER = re.compile(r"[0-9]{1,6}")
_DECIMAL = re.compile(r"[0-9]{1,13}(\.[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Known:
    """What the house has: the ids of people at Upwork, of teams and of webhooks, and the codes of calendars."""

    people: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    webhooks: frozenset[str] = frozenset()
    calendars: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Problem:
    """One slip: in which group (`all`, `any`, `actions`), which row of it from 1, which part, and what is wrong.

    `code` names a sentence, `given` is what was typed. Row 0 is the group as a whole.
    """

    group: str
    row: int
    part: str
    code: str
    given: str = ""


class Unreadable(ValueError):
    """Rows that cannot be right; `problems` says why, in their order."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Condition:
    """A row. `said` is the value as it was typed, `value` the same with its type."""

    field: Field
    operator: Operator
    said: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Conditions:
    """All rows of `all` hold, and at least one of `any` if there is one."""

    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = field(default=())


def read(said: Mapping[str, Any], use: Use, known: Known | None = None) -> Conditions:
    """`{all: [{field, operator, value}], any: […]}`. Without `known`, people, teams and calendars are taken on trust:
    what was saved once may name somebody who left. Raises Unreadable.
    """
    groups: dict[str, tuple[Condition, ...]] = {}
    problems: list[Problem] = []
    for group in ("all", "any"):
        rows = said.get(group, [])
        found = list(_rows(rows if isinstance(rows, list) else None, group, use, known))
        problems += [one for one in found if isinstance(one, Problem)]
        groups[group] = tuple(one for one in found if isinstance(one, Condition))
    if not problems and not groups["all"] and not groups["any"]:
        problems.append(Problem("all", 0, "", "empty"))
    if problems:
        raise Unreadable(problems)
    return Conditions(groups["all"], groups["any"])


def plain_rows(rows: Any, parts: tuple[str, ...]) -> bool:
    """Whether it is a list of objects with just these parts, all of them text."""
    return isinstance(rows, list) and all(
        isinstance(row, dict) and set(row) == set(parts) and all(isinstance(one, str) for one in row.values())
        for row in rows
    )


def tags(said: str) -> tuple[str, ...]:
    """The words of a list of tags, in small letters, each once."""
    return tuple(dict.fromkeys(said.lower().split()))


def _rows(rows: Any, group: str, use: Use, known: Known | None) -> Iterable[Condition | Problem]:
    if not isinstance(rows, list):
        return [Problem(group, 0, "", "shape")]
    if len(rows) > MOST_ROWS:
        return [Problem(group, 0, "", "too_many", str(MOST_ROWS))]
    return [_row(row, group, number, use, known) for number, row in enumerate(rows, 1)]


def _row(row: Any, group: str, number: int, use: Use, known: Known | None) -> Condition | Problem:
    if not plain_rows([row], ("field", "operator", "value")):
        return Problem(group, number, "", "shape")
    asked = FIELDS.get(row["field"])
    if asked is None or use not in asked.uses:
        return Problem(group, number, "field", "field", row["field"])
    if row["operator"] not in asked.operators(use):
        return Problem(group, number, "operator", "operator", row["operator"])
    operator, said = Operator(row["operator"]), row["value"].strip()
    try:
        return _condition(asked, operator, said, known)
    except NotAValue as wrong:
        return Problem(group, number, "value", str(wrong), said)


def _condition(asked: Field, operator: Operator, said: str, known: Known | None) -> Condition:
    """Raises NotAValue."""
    if operator not in WITHOUT_VALUE:
        return Condition(asked, operator, said, typed(asked, said, known))
    if said:
        raise NotAValue("no_value")
    return Condition(asked, operator, "")


class NotAValue(ValueError):
    """The code of the sentence that says what is wrong."""


def typed(asked: Field, said: str, known: Known | None) -> Any:
    """A value of the field's type. Raises NotAValue."""
    if not said:
        raise NotAValue("missing")
    if len(said) > LONGEST_VALUE or "\x00" in said:
        raise NotAValue("too_long")
    return _TYPES[asked.kind](asked, said, known)


def _choice(asked: Field, said: str, known: Known | None) -> str:
    if said not in asked.choices:
        raise NotAValue("choice")
    return said


def _code(asked: Field, said: str, known: Known | None) -> str:
    if not _CODE.fullmatch(said):
        raise NotAValue("code")
    return said


def _money(asked: Field, said: str, known: Known | None) -> Decimal:
    return _decimal(said, MOST_MONEY, "money")


def _hours(asked: Field, said: str, known: Known | None) -> Decimal:
    return _decimal(said, MOST_HOURS, "hours")


def _decimal(said: str, most: Decimal, code: str) -> Decimal:
    if not _DECIMAL.fullmatch(said):
        raise NotAValue(code)
    found = Decimal(said)
    if found > most:
        raise NotAValue(code)
    return found


def _number(asked: Field, said: str, known: Known | None) -> int:
    if not _NUMBER.fullmatch(said):
        raise NotAValue("number")
    return int(said)


def _tags(asked: Field, said: str, known: Known | None) -> tuple[str, ...]:
    found = tags(said)
    if not all(TAG.fullmatch(one) for one in found):
        raise NotAValue("tags")
    return found


def _words(asked: Field, said: str, known: Known | None) -> tuple[str, ...]:
    found = words(said)
    if not found:
        raise NotAValue("words")
    return found


def words(text: str) -> tuple[str, ...]:
    """The words of a text, whatever their case."""
    return tuple(re.findall(r"\w+", text.casefold()))


def _one_of(name: str) -> Any:
    def check(asked: Field, said: str, known: Known | None) -> str:
        if not is_named(name, said, known):
            raise NotAValue(name)
        return said

    return check


def is_named(name: str, said: str, known: Known | None) -> bool:
    """Whether it names one of the house's people, teams, webhooks or calendars; on trust, whether it could."""
    if known is not None:
        return said in getattr(known, name)
    return name == "calendars" or _ID.fullmatch(said) is not None


def _no_value(asked: Field, said: str, known: Known | None) -> str:
    raise NotAValue("no_value")  # pragma: no cover (none of its operators takes one)


_TYPES = {
    Kind.CHOICE: _choice,
    Kind.CODE: _code,
    Kind.MONEY: _money,
    Kind.NUMBER: _number,
    Kind.HOURS: _hours,
    Kind.TAGS: _tags,
    Kind.WORDS: _words,
    Kind.PERSON: _one_of("people"),
    Kind.TEAM: _one_of("teams"),
    Kind.CALENDAR: _one_of("calendars"),
    Kind.THERE: _no_value,
}
