"""Calendars for tests, and a second, naive way to count business time: minute by minute."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from mediation.sla.rules.calendar import Calendar, Day, Hours

MINUTE = timedelta(minutes=1)
BEFORE = datetime.min.replace(tzinfo=UTC).replace(tzinfo=None)
NINE_TO_FIVE: Day = ((9 * 60, 17 * 60),)
OFFICE = Calendar((Hours("UTC", (NINE_TO_FIVE,) * 5 + ((), ())),))

# Zone, and a day in whose night its clock is changed: by an hour, by half an hour, at midnight, by a whole day.
EDGES = [
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Europe/Amsterdam", date(2026, 3, 29)),
    ("Europe/Amsterdam", date(2026, 10, 25)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("America/Sao_Paulo", date(2018, 2, 18)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("America/St_Johns", date(2010, 11, 7)),
    ("Africa/Cairo", date(2026, 4, 24)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Asia/Kolkata", date(2026, 6, 1)),
]


def utc(text: str) -> datetime:
    """A moment in UTC, written `2026-03-06 16:30`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def generated(seed: int) -> tuple[Calendar, datetime, datetime]:
    """A calendar and a few days around a change of its zone's clock, on whole minutes."""
    chance = random.Random(seed)
    zone, edge = chance.choice(EDGES)
    versions = [_hours(chance, zone, edge, None)]
    if chance.random() < 0.3:
        versions.append(_hours(chance, chance.choice(EDGES)[0], edge, edge + timedelta(days=chance.randint(-1, 1))))
    start = datetime(edge.year, edge.month, edge.day, tzinfo=UTC) + chance.randint(-2 * 1440, 1440) * MINUTE
    return Calendar(tuple(versions)), start, start + chance.randint(0, 3 * 1440) * MINUTE


def open_minutes(calendar: Calendar, start: datetime, end: datetime) -> list[datetime]:
    """The open minutes of [start, end), found by looking at the clocks on the wall, each minute again.

    A clock that is put back shows times it has shown before: they do not open anything anew.
    """
    walls = [[version.valid_from, ZoneInfo(version.zone), version, BEFORE] for version in calendar.versions]
    minute, found = start - timedelta(days=2), []
    while minute < end:
        current = None
        for wall in walls:
            local = minute.astimezone(wall[1]).replace(tzinfo=None)
            wall[3] = max(wall[3], local)
            if wall[0] is None or wall[3].date() >= wall[0]:
                current = wall
        if current is not None and minute >= start:
            shown = current[3]
            at = shown.hour * 60 + shown.minute
            if any(opens <= at < closes for opens, closes in current[2].of(shown.date())):
                found.append(minute)
        minute += MINUTE
    return found


def _hours(chance: random.Random, zone: str, edge: date, valid_from: date | None) -> Hours:
    near = [edge + timedelta(days=days) for days in range(-3, 5)]
    return Hours(
        zone=zone,
        week=tuple(_day(chance) for _ in range(7)),
        holidays=frozenset(day for day in near if chance.random() < 0.15),
        openings=tuple((day, _day(chance)) for day in near if chance.random() < 0.1),
        valid_from=valid_from,
    )


def _day(chance: random.Random) -> Day:
    edges = sorted(chance.sample(range(0, 1441, chance.choice([1, 15, 30])), 2 * chance.choice([0, 1, 1, 2, 3])))
    return tuple(zip(edges[::2], edges[1::2], strict=True))
