"""When something reached us is said by the door that took it, not by whoever comes to work on it."""

from datetime import UTC, datetime, timedelta

from mediation.core import clock

MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_what_a_door_took_keeps_its_moment_however_long_it_waits() -> None:
    with clock.at(MOMENT), clock.receiving(clock.now()), clock.at(MOMENT + timedelta(seconds=20)):
        assert clock.received() == MOMENT
        assert clock.now() == MOMENT + timedelta(seconds=20)


def test_where_no_door_has_said_it_is_now() -> None:
    with clock.at(MOMENT):
        assert clock.received() == MOMENT
