"""Hours and days as people write them: `09:00-12:00, 13:00-17:00`, and a line for each day."""

import re
from collections.abc import Iterable
from datetime import date

from mediation.sla.rules.calendar import MINUTES_A_DAY, is_proper

Intervals = list[list[int]]
_INTERVAL = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


def read_day(text: str) -> Intervals:
    """The intervals of a day; an empty text is a closed day. Raises ValueError."""
    found = [_interval(part.strip()) for part in text.split(",") if part.strip()]
    if not is_proper(tuple((opens, closes) for opens, closes in found)):
        raise ValueError(text)
    return found


def write_day(intervals: Intervals) -> str:
    """The reverse of `read_day`."""
    return ", ".join(f"{_clock(opens)}-{_clock(closes)}" for opens, closes in intervals)


def read_holidays(text: str) -> dict[str, str]:
    """`2026-12-25 Christmas` in each line; returns names by ISO date. Raises ValueError."""
    return {day.isoformat(): rest for day, rest in _lines(text)}


def read_openings(text: str) -> dict[str, Intervals]:
    """`2026-12-24 09:00-13:00` in each line; returns intervals by ISO date. Raises ValueError."""
    return {day.isoformat(): read_day(rest) for day, rest in _lines(text)}


def write_lines(days: Iterable[tuple[str, str]]) -> str:
    """A line for each day, in their order."""
    return "\n".join(f"{day} {rest}".strip() for day, rest in sorted(days))


def _lines(text: str) -> list[tuple[date, str]]:
    lines = [line.strip().partition(" ") for line in text.splitlines() if line.strip()]
    return [(date.fromisoformat(day), rest.strip()) for day, _, rest in lines]


def _interval(text: str) -> list[int]:
    found = _INTERVAL.fullmatch(text)
    if found is None:
        raise ValueError(text)
    hour, minute, until_hour, until_minute = map(int, found.groups())
    if minute >= 60 or until_minute >= 60:
        raise ValueError(text)
    return [hour * 60 + minute, until_hour * 60 + until_minute]


def _clock(minute: int) -> str:
    return "24:00" if minute == MINUTES_A_DAY else f"{minute // 60:02}:{minute % 60:02}"
