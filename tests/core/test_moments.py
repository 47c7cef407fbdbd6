"""A moment written out, in the language and the zone of who reads it."""

import zoneinfo
from datetime import UTC, datetime

import pytest
from django.utils import timezone, translation

from mediation.core.moments import written

AT = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "zone", "text"),
    [
        ("en", "UTC", "Wed 18 Nov 2026, 23:30"),
        ("en", "Asia/Kolkata", "Thu 19 Nov 2026, 05:00"),
        ("nl", "Europe/Amsterdam", "do 19 nov 2026, 00:30"),
    ],
)
def test_it_has_its_year_and_is_the_readers(language: str, zone: str, text: str) -> None:
    with translation.override(language), timezone.override(zoneinfo.ZoneInfo(zone)):
        assert written(AT).lower() == text.lower()
