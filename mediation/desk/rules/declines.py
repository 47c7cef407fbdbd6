"""Saying "not now" to a case that was offered. Pure."""

from datetime import timedelta
from enum import StrEnum

MOST_WORDS = 300
PASSED_FOR = timedelta(hours=2)  # so long it is not offered to the same agent again


class Reason(StrEnum):
    """Why not now."""

    BUSY = "busy"
    LEAVING = "leaving"
    SKILL = "skill"
    OTHER = "other"  # said in words


def is_said(reason: str, words: str) -> bool:
    """Whether it says why."""
    return reason in set(Reason) and len(words) <= MOST_WORDS and (bool(words) or reason != Reason.OTHER)
