"""Moments in the reader's zone and language, as short as the distance allows."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.utils import timezone, translation

from mediation.web import moments

NOW = datetime(2026, 11, 18, 14, 36, tzinfo=UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2026, 11, 18, 9, 5, tzinfo=UTC), "09:05"),
        (datetime(2026, 11, 17, 9, 5, tzinfo=UTC), "Tue"),
        (datetime(2026, 11, 12, 9, 5, tzinfo=UTC), "Thu"),
        (datetime(2026, 11, 11, 9, 5, tzinfo=UTC), "11 Nov"),
        (datetime(2025, 11, 12, 9, 5, tzinfo=UTC), "12 Nov 2025"),
        (datetime(2026, 11, 19, 9, 5, tzinfo=UTC), "19 Nov"),
    ],
)
def test_a_list_says_the_hour_the_weekday_or_the_date(at: datetime, text: str) -> None:
    assert moments.short(at, NOW) == text


@time_machine.travel(NOW, tick=False)
def test_the_readers_zone_decides_what_today_is() -> None:
    late = datetime(2026, 11, 17, 23, 30, tzinfo=UTC)
    with timezone.override("UTC"):
        assert moments.short(late) == "Tue"
    with timezone.override("Europe/Amsterdam"):
        assert moments.short(late) == "00:30"


@time_machine.travel(NOW, tick=False)
def test_the_full_form_names_the_day_and_the_year_only_where_it_is_another() -> None:
    with timezone.override("America/Bogota"):
        assert moments.full(datetime(2026, 11, 19, 17, 0, tzinfo=UTC)) == "Thu 19 Nov, 12:00"
        assert moments.full(datetime(2025, 11, 19, 17, 0, tzinfo=UTC)) == "Wed 19 Nov 2025, 12:00"
        assert moments.day(datetime(2026, 11, 16, 17, 0, tzinfo=UTC)) == "Monday 16 November"


@pytest.mark.parametrize(("language", "text"), [("es", "jue 19 nov, 17:00"), ("nl", "do 19 nov, 17:00")])
@time_machine.travel(NOW, tick=False)
def test_days_and_months_are_in_the_readers_language(language: str, text: str) -> None:
    with translation.override(language), timezone.override("UTC"):
        assert moments.full(datetime(2026, 11, 19, 17, 0, tzinfo=UTC)).lower() == text
