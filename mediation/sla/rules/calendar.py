"""When a calendar is open. Hours are said in local time and become moments in UTC here, and nowhere else.

An interval opens at the first moment at which the local clock has reached its begin and closes at the first at which
it has reached its end. So an hour that the clock skips is not open, and one that it repeats is open longer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

Interval = tuple[int, int]  # minutes from local midnight; 24:00 is 1440
Day = tuple[Interval, ...]
Span = tuple[datetime, datetime]  # moments in UTC, the second not included

MINUTES_A_DAY = 24 * 60
BEGINNING, END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """One version of a calendar: valid from local midnight of `valid_from` (always, if None) until the next one.

    `week` begins with Monday. An opening says all the hours of its day, whatever the weekday or a holiday says.
    """

    zone: str
    week: tuple[Day, ...]
    holidays: frozenset[date] = frozenset()
    openings: tuple[tuple[date, Day], ...] = ()
    valid_from: date | None = None

    def of(self, day: date) -> Day:
        """The open intervals of a local day."""
        for opened, intervals in self.openings:
            if opened == day:
                return intervals
        return () if day in self.holidays else self.week[day.weekday()]

    def begins(self) -> datetime:
        """From when on this version is valid."""
        return BEGINNING if self.valid_from is None else reached(self.valid_from, 0, self.zone)

    def last_said(self) -> date:
        """The last day that is something but a plain weekday."""
        return max([*self.holidays, *(day for day, _ in self.openings)], default=date.min)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Versions in the order of their days."""

    versions: tuple[Hours, ...]

    def spans(self, since: datetime) -> Iterator[Span]:
        """The open spans from a moment on, in order, the first of them cut. Ends only if it never opens again."""
        begins = [*(version.begins() for version in self.versions), END]
        for version, (begin, end) in zip(self.versions, pairwise(begins), strict=True):
            if since < end:
                yield from _spans(version, max(begin, since), end)


def is_proper(day: Day) -> bool:
    """Whether the intervals follow one another within one day."""
    edges = [edge for interval in day for edge in interval]
    opens = all(opening < closing for opening, closing in day)
    return opens and edges == sorted(edges) and all(0 <= edge <= MINUTES_A_DAY for edge in edges)


@lru_cache(maxsize=100_000)
def reached(day: date, minute: int, zone: str) -> datetime:
    """The first moment at which the local clock shows that minute of the day or a later one."""
    wall = datetime.combine(day, time(), ZoneInfo(zone)) + timedelta(minutes=minute)
    early, late = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
    return early if early <= late else _skip(late, early, ZoneInfo(zone))


def _skip(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The moment between two at which the clock is put forward."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def _spans(hours: Hours, since: datetime, until: datetime) -> Iterator[Span]:
    day = since.astimezone(ZoneInfo(hours.zone)).date() - _DAY
    last = hours.last_said() if not any(hours.week) else date.max - 2 * _DAY
    while day <= last:
        for opening, closing in hours.of(day):
            opens, closes = reached(day, opening, hours.zone), reached(day, closing, hours.zone)
            if opens >= until:
                return
            if max(opens, since) < min(closes, until):
                yield max(opens, since), min(closes, until)
        day += _DAY
