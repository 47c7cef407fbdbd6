"""The hash chain of a case file: each entry's hash covers the one before, so that any change shows."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

import orjson

from mediation.core.clock import iso

BEGINNING = "0" * 64


class Link(NamedTuple):
    """What the chain needs of an entry."""

    number: int
    type: str
    actor: str
    audience: str
    content_hash: str
    previous_hash: str
    hash: str
    at: datetime


class How(StrEnum):
    """In which way a chain is broken."""

    MISSING = "missing"
    UNLINKED = "unlinked"
    CHANGED = "changed"
    CONTENT = "content"
    END = "end"
    OTHER = "other"


SENTENCES = {
    How.MISSING: "entry {number} is missing or out of order",
    How.UNLINKED: "entry {number} does not follow the one before it",
    How.CHANGED: "entry {number} was changed",
    How.CONTENT: "the content of entry {number} was changed",
    How.END: "entry {number} was cut off the end",
    How.OTHER: "entry {number} is not the one that was written",
}


class Break(NamedTuple):
    """The first place at which a chain does not hold."""

    number: int
    how: How

    def __str__(self) -> str:
        return SENTENCES[self.how].format(number=self.number)


def content_hash(content: dict[str, Any]) -> str:
    """SHA-256 over the content as JSON in UTF-8: names sorted, no white space."""
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def link(previous: str, number: int, type: str, actor: str, audience: str, content_hash: str, at: datetime) -> str:
    """SHA-256 over the previous hash and the entry, its parts separated by a line break, which none of them can
    hold.
    """
    parts = (previous, str(number), type, actor, audience, content_hash, iso(at))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def find_break(entries: Iterable[Link]) -> Break | None:
    """The first broken entry of a chain; None if it holds. Its end is checked by the caller."""
    previous, expected = BEGINNING, 1
    for entry in entries:
        if entry.number != expected:
            return Break(expected, How.MISSING)
        if entry.previous_hash != previous:
            return Break(entry.number, How.UNLINKED)
        made = link(previous, entry.number, entry.type, entry.actor, entry.audience, entry.content_hash, entry.at)
        if entry.hash != made:
            return Break(entry.number, How.CHANGED)
        previous, expected = entry.hash, expected + 1
    return None


def first_break(entries: Iterable[Link]) -> str | None:
    """What is wrong with the chain, in words for an operator; None if it holds."""
    found = find_break(entries)
    return str(found) if found else None
