"""The hash chain of a case file: each entry's hash covers the one before, so that any change shows."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

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


def link(previous: str, number: int, type: str, actor: str, audience: str, content_hash: str, at: datetime) -> str:
    """SHA-256 over the previous hash and the entry, its parts separated by a line break, which none of them can
    hold.
    """
    parts = (previous, str(number), type, actor, audience, content_hash, iso(at))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def first_break(entries: Iterable[Link]) -> str | None:
    """What is wrong with the chain, at its first broken entry; None if it holds. The end is checked by the caller."""
    previous, expected = BEGINNING, 1
    for entry in entries:
        if entry.number != expected:
            return f"entry {expected} is missing or out of order"
        if entry.previous_hash != previous:
            return f"entry {entry.number} does not follow the one before it"
        made = link(previous, entry.number, entry.type, entry.actor, entry.audience, entry.content_hash, entry.at)
        if entry.hash != made:
            return f"entry {entry.number} was changed"
        previous, expected = entry.hash, expected + 1
    return None
