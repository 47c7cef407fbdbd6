"""What the fields of a frame may hold. Each check gives the value as we use it, or raises ValueError."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

LIST_ITEMS = 50
CURSORS = 5_000


def uuid(value: Any) -> UUID:
    """A UUID as text with hyphens."""
    if type(value) is not str or len(value) != 36:
        raise ValueError
    return UUID(value)


def number(value: Any) -> int:
    """A whole number that an integer column holds."""
    if type(value) is not int or not 0 <= value < 2**31:
        raise ValueError
    return value


def count(value: Any) -> int:
    """A whole number that a big integer column holds."""
    if type(value) is not int or not 0 <= value < 2**63:
        raise ValueError
    return value


def flag(value: Any) -> bool:
    """true or false."""
    if type(value) is not bool:
        raise ValueError
    return value


def text(longest: int) -> Callable[[Any], str]:
    """A check for a text of at most `longest` characters without NUL."""

    def check(value: Any) -> str:
        if type(value) is not str or len(value) > longest or "\0" in value:
            raise ValueError
        return value

    return check


def optional(check: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The check, or null."""
    return lambda value: None if value is None else check(value)


def uuids(value: Any) -> tuple[UUID, ...]:
    """A short list of UUIDs."""
    if type(value) is not list or len(value) > LIST_ITEMS:
        raise ValueError
    return tuple(uuid(item) for item in value)


def cursors(value: Any) -> dict[UUID, int]:
    """An object of thread → seq."""
    if type(value) is not dict or len(value) > CURSORS:
        raise ValueError
    return {uuid(thread): number(seq) for thread, seq in value.items()}
