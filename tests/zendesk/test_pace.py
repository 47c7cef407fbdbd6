"""Much to say, a Zendesk that is down for an hour, long waits (faults 24 and 26 of the design)."""

from mediation.zendesk.actions import leases
from tests.zendesk.conftest import Sides
from tests.zendesk.test_faults_going_out import PUT


def test_24_forty_messages_in_ten_minutes(sides: Sides) -> None:
    sides.standin.set(limits=True)
    for number in range(40):
        sides.write(sides.cast.client, f"Word {number:02}.")
        sides.later(seconds=15)
    sides.until_in_step()
    said = sides.said_there()
    places = [said.index(f"Word {number:02}.") for number in range(40)]
    assert places == sorted(places)
    assert 429 not in {one["status"] for one in sides.standin.requests()}


def test_26_an_hour_down_then_everything_in_order(sides: Sides) -> None:
    sides.standin.faults({"what": "status", "status": 503, "times": 0, "path": "^/"})
    for number in range(12):
        sides.write(sides.cast.client, f"Word {number:02}.")
        sides.later(minutes=5)
    asked = len(sides.standin.requests())
    assert asked < 80, "a Zendesk that is down was asked over and over"
    sides.standin.clear_faults()
    sides.until_in_step(minutes=1)
    said = sides.said_there()
    places = [said.index(f"Word {number:02}.") for number in range(12)]
    assert places == sorted(places)
    assert [said.count(f"Word {number:02}.") for number in range(12)] == [1] * 12


def test_a_long_wait_holds_no_worker(sides: Sides) -> None:
    sides.standin.faults({"what": "status", "status": 429, "headers": {"Retry-After": "3600"}, "times": 0, **PUT})
    sides.write(sides.cast.client, "Later.")
    sides.sync()
    assert sides.mirror.lease is None, "the ticket is held while it waits"
    assert leases.due(10) == []
