"""Business time: the vectors of the domain, and the same counted minute by minute."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mediation.sla.rules.business import NeverOpen, business_between, due_after
from mediation.sla.rules.calendar import Calendar, Hours, is_proper, reached
from tests.sla.calendars import MINUTE, NINE_TO_FIVE, OFFICE, generated, open_minutes, utc

HOURS_CLOSED_AT_NOON = ((9 * 60, 12 * 60), (13 * 60, 17 * 60))
NOON = Calendar((Hours("UTC", (HOURS_CLOSED_AT_NOON,) * 5 + ((), ())),))
HOLIDAY = Calendar((Hours("UTC", (NINE_TO_FIVE,) * 5 + ((), ()), holidays=frozenset({date(2026, 3, 9)})),))


@pytest.mark.parametrize(
    ("calendar", "start", "minutes", "due"),
    [
        (OFFICE, "2026-03-06 16:30", 60, "2026-03-09 09:30"),
        (OFFICE, "2026-03-06 16:50", 15, "2026-03-09 09:05"),
        (OFFICE, "2026-03-06 16:45", 15, "2026-03-06 17:00"),
        (NOON, "2026-03-06 11:50", 15, "2026-03-06 13:05"),
        (OFFICE, "2026-03-07 10:00", 120, "2026-03-09 11:00"),
        (HOLIDAY, "2026-03-07 10:00", 120, "2026-03-10 11:00"),
        (OFFICE, "2026-03-07 10:00", 0, "2026-03-07 10:00"),
    ],
)
def test_vectors(calendar: Calendar, start: str, minutes: int, due: str) -> None:
    assert due_after(calendar, utc(start), minutes * MINUTE) == utc(due)
    assert business_between(calendar, utc(start), utc(due)) == minutes * MINUTE


def test_calendar_hours_are_elapsed_ones() -> None:
    new_york = ZoneInfo("America/New_York")
    due = due_after(None, datetime(2026, 3, 7, 12, tzinfo=new_york), timedelta(hours=24))
    assert due.astimezone(new_york).strftime("%d %b %H:%M %Z") == "08 Mar 13:00 EDT"
    assert business_between(None, utc("2026-03-08 13:00"), utc("2026-03-08 12:00")) == timedelta()


def test_an_opening_says_all_hours_of_its_day() -> None:
    saturday = date(2026, 3, 7)
    calendar = Calendar((Hours("UTC", OFFICE.versions[0].week, frozenset({saturday}), ((saturday, ((600, 720),)),)),))
    assert due_after(calendar, utc("2026-03-06 16:30"), timedelta(hours=1)) == utc("2026-03-07 10:30")


def test_a_new_version_is_valid_from_its_own_midnight() -> None:
    later = Hours("America/New_York", (NINE_TO_FIVE,) * 7, valid_from=date(2026, 3, 7))
    calendar = Calendar((*OFFICE.versions, later))
    assert due_after(calendar, utc("2026-03-06 16:30"), timedelta(hours=1)) == utc("2026-03-07 14:30")


def test_a_calendar_that_never_opens_again_says_so() -> None:
    once = Hours("UTC", ((),) * 7, openings=((date(2026, 3, 7), ((600, 660),)),))
    with pytest.raises(NeverOpen):
        due_after(Calendar((once,)), utc("2026-03-06 12:00"), timedelta(hours=2))


@pytest.mark.parametrize(
    ("day", "is_right"),
    [((), True), (((0, 1440),), True), (((60, 60),), False), (((60, 120), (90, 180)), False), (((60, 1441),), False)],
)
def test_intervals_of_a_day_follow_one_another(day: tuple, is_right: bool) -> None:
    assert is_proper(day) is is_right


def _agree(seed: int) -> None:
    calendar, start, end = generated(seed)
    minutes = open_minutes(calendar, start, end)
    assert business_between(calendar, start, end) == len(minutes) * MINUTE, seed
    if minutes:
        assert due_after(calendar, start, len(minutes) * MINUTE) == minutes[-1] + MINUTE, seed
        assert due_after(calendar, start, MINUTE / 2) == minutes[0] + MINUTE / 2, seed


def test_counted_minute_by_minute_it_is_the_same() -> None:
    for seed in range(40):
        _agree(seed)


@pytest.mark.faults
@pytest.mark.parametrize("schedules", [3_000, pytest.param(10_000, marks=pytest.mark.soak)])
def test_thousands_of_schedules_around_changed_clocks(schedules: int) -> None:
    for seed in range(schedules):
        _agree(seed)


@pytest.mark.parametrize(
    ("zone", "day", "minute", "moment"),
    [
        ("America/New_York", date(2026, 3, 8), 2 * 60 + 30, "2026-03-08 07:00"),
        ("America/New_York", date(2026, 3, 8), 2 * 60, "2026-03-08 07:00"),
        ("America/New_York", date(2026, 3, 8), 3 * 60, "2026-03-08 07:00"),
        ("America/New_York", date(2026, 3, 8), 3 * 60 + 30, "2026-03-08 07:30"),
        ("Europe/Amsterdam", date(2026, 3, 29), 2 * 60 + 59, "2026-03-29 01:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), 2 * 60 + 15, "2026-10-03 15:30"),  # half an hour is skipped
    ],
)
def test_a_time_that_the_local_clock_skips_is_when_it_jumps(zone: str, day: date, minute: int, moment: str) -> None:
    assert reached(day, minute, zone) == utc(moment)


def test_hours_that_begin_in_what_is_skipped_begin_when_the_clock_jumps_and_those_within_never_do() -> None:
    at_night = Calendar((Hours("America/New_York", ((((2 * 60 + 30), 4 * 60),),) * 7),))
    assert due_after(at_night, utc("2026-03-08 05:00"), 30 * MINUTE) == utc("2026-03-08 07:30")
    skipped = Calendar((Hours("America/New_York", (((2 * 60, 3 * 60),),) * 7),))
    assert business_between(skipped, utc("2026-03-08 00:00"), utc("2026-03-09 00:00")) == timedelta()
