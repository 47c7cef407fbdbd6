"""Macros: words that agents say often, filled in for the case at hand. Pure.

A text holds variables in braces, `{client}`. What the case has no value for stays open as "…", to be written by hand.
"""

import re
from collections.abc import Collection, Mapping
from enum import StrEnum

OPEN = "…"
_FIELD = re.compile(r"\{\s*([^{}]*?)\s*\}")
FALLBACK = "en"


class Variable(StrEnum):
    """What can be filled in. None is a sum of money: a macro that names one would be an offer made by habit."""

    CLIENT = "client"
    FREELANCER = "freelancer"
    PARTY = "party"
    ME = "me"
    CONTRACT = "contract"
    CASE = "case"
    DUE = "due"


class Place(StrEnum):
    """Where a macro can be said."""

    JOINT = "joint"
    PRIVATE = "private"
    INTERNAL = "internal"


def place(audience: str) -> Place:
    """Of a thread's audience."""
    return Place.PRIVATE if audience.startswith("caucus_") else Place(audience)


def unknown(text: str) -> list[str]:
    """What stands in braces and is no variable, in the order in which it stands."""
    known = {one.value for one in Variable}
    return [name for name in _FIELD.findall(text) if name not in known]


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text for a case. A value is never looked through for variables of its own."""
    return _FIELD.sub(lambda found: values.get(found[1]) or OPEN, text)


def languages(variants: Collection[str], readers: Collection[str]) -> list[str]:
    """In which of its languages a macro is said to these readers: in each one's own, once. Who has none of their own
    gets English, or what there is.
    """
    spare = FALLBACK if FALLBACK in variants else min(variants, default="")
    said = [_short(one) if _short(one) in variants else spare for one in readers] or [spare]
    return [one for one in dict.fromkeys(said) if one]


def _short(language: str) -> str:
    return language.split("-", maxsplit=1)[0].lower()
