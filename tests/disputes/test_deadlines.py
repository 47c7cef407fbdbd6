"""The timers of the domain, as pure sums: from when until when, at the edges of weeks and of the clock's changes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation.disputes.rules.deadlines import (
    add_business_days,
    answer_due,
    filing_ends,
    moved_by_outage,
    response_due,
    talks_due,
    talks_left,
)
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import Track

TERMS = Terms()
MOMENTS = st.integers(0, 60 * 24 * 730).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("track", "event", "ends"),
    [
        (Track.ESCROW, "2026-03-02 09:00", "2026-03-09 09:00"),
        (Track.ASSISTANCE, "2026-03-02 09:00", "2026-04-01 09:00"),
        (Track.HOURLY, "2026-03-02 09:00", "2026-03-07 00:00"),  # Monday: Friday 24:00
        (Track.HOURLY, "2026-03-06 23:59", "2026-03-07 00:00"),  # the last minute of Friday
        (Track.HOURLY, "2026-03-07 00:00", "2026-03-14 00:00"),  # Saturday is the next week
    ],
)
def test_the_filing_window(track: Track, event: str, ends: str) -> None:
    assert filing_ends(track, utc(event), TERMS) == utc(ends)


@pytest.mark.parametrize(("track", "days"), [(Track.ESCROW, 5), (Track.ASSISTANCE, 5), (Track.HOURLY, 3)])
def test_the_time_to_respond(track: Track, days: int) -> None:
    """Calendar days: over a weekend and over the change of the clocks it is the same moment of the day in UTC."""
    assert response_due(track, utc("2026-03-27 10:00"), TERMS) == utc("2026-03-27 10:00") + timedelta(days=days)


def test_the_time_for_talks_and_its_end() -> None:
    began = utc("2026-03-02 09:00")
    assert talks_due(began, TERMS, is_low_value=False) == utc("2026-03-05 09:00")
    assert talks_due(began, TERMS, is_low_value=True) == utc("2026-03-04 09:00")
    for used, left in ((0, 10), (3, 7), (10, 0), (13, 0)):
        assert talks_left(timedelta(days=used), TERMS) == timedelta(days=left)


@pytest.mark.parametrize(
    ("since", "days", "due"),
    [
        ("2026-03-02 15:00", 2, "2026-03-04 15:00"),  # Monday
        ("2026-03-05 15:00", 2, "2026-03-09 15:00"),  # Thursday over the weekend
        ("2026-03-06 15:00", 1, "2026-03-09 15:00"),  # Friday
        ("2026-03-07 15:00", 1, "2026-03-10 00:00"),  # from a Saturday it counts from Monday 00:00
        ("2026-03-08 23:59", 2, "2026-03-11 00:00"),
    ],
)
def test_business_days(since: str, days: int, due: str) -> None:
    assert add_business_days(utc(since), days) == utc(due)


@given(since=MOMENTS)
def test_there_are_never_less_than_48_hours_to_answer(since: datetime) -> None:
    due = answer_due(since, TERMS)
    assert due >= since + timedelta(hours=48)
    assert due <= since + timedelta(days=5)


@given(due=MOMENTS, begins=st.integers(-60, 30), hours=st.integers(0, 40))
def test_an_outage_never_brings_a_deadline_forward(due: datetime, begins: int, hours: int) -> None:
    began = due + timedelta(hours=begins)
    moved = moved_by_outage(due, [(began, began + timedelta(hours=hours))])
    assert moved == due or moved >= due + timedelta(hours=hours)
    assert moved >= due


@given(moment=MOMENTS, days=st.integers(0, 15))
def test_business_days_end_on_one(moment: datetime, days: int) -> None:
    assert add_business_days(moment, days).weekday() < 5
