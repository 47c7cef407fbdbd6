"""How much time is left is said in one way wherever a case says it: what has just been given keeps its name."""

from datetime import UTC, datetime, timedelta

import pytest

from mediation.core import clock
from mediation.web.case_standing import time_left

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = (timedelta(**one) for one in ({"seconds": 1}, {"minutes": 1}, {"hours": 1}, {"days": 1}))


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (5 * DAY, "5 days left"),
        (5 * DAY - SECOND, "5 days left"),
        (5 * DAY - 11 * HOUR, "5 days left"),
        (5 * DAY - 13 * HOUR, "4 days left"),
        (2 * DAY, "2 days left"),
        (2 * DAY - SECOND, "2 days left"),
        (2 * DAY - 15 * MINUTE, "2 days left"),
        (2 * DAY - 16 * MINUTE, "47 hours left"),
        (24 * HOUR - MINUTE, "24 hours left"),
        (2 * HOUR - 16 * MINUTE, "1 hour left"),
        (HOUR, "1 hour left"),
        (HOUR - SECOND, "less than an hour left"),
        (SECOND, "less than an hour left"),
        (timedelta(), "less than an hour left"),
        (-SECOND, "the time is over"),
    ],
)
def test_what_is_left_is_said_in_its_nearest_unit(left: timedelta, said: str) -> None:
    with clock.at(NOW):
        assert time_left(NOW + left) == said
