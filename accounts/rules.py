"""Roles, and what a role is. Pure."""

from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    """One role a person. The first two are customers; the rest are Upwork staff."""

    CLIENT = "client"
    FREELANCER = "freelancer"
    AGENT = "agent"
    SENIOR = "senior"
    EE = "ee"
    SUPERVISOR = "supervisor"
    QA = "qa"
    ANALYST = "analyst"
    ADMIN = "admin"


PARTY_ROLES = frozenset({Role.CLIENT, Role.FREELANCER})
STAFF_ROLES = frozenset(Role) - PARTY_ROLES
MEDIATOR_ROLES = frozenset({Role.AGENT, Role.SENIOR, Role.EE})  # who may take a dispute

PICTURE_MAX_BYTES = 5 * 1024 * 1024
PICTURE_MAX_PIXELS = 40_000_000
PICTURE_EDGE_PIXELS = 256


def initials(name: str) -> str:
    """Two letters for a face: first and last word, or the first two letters of a single word."""
    words = name.split()
    if not words:
        return "?"
    letters = words[0][0] + words[-1][0] if len(words) > 1 else words[0][:2]
    return letters.upper()


def guess_language(code: str | None, spoken: Collection[str]) -> str:
    """Ours for a browser's language ("es-co" is "es"), English for any that we do not speak."""
    short = (code or "").split("-")[0].lower()
    return short if short in spoken else "en"
