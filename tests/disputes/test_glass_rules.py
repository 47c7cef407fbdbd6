"""How a look into a private talk stands, at any moment; and what of a room's private threads is about a case."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from mediation.disputes.rules import glass
from mediation.disputes.rules.glass import Status, Times
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.visibility import Viewer

ASKED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TICK = timedelta(milliseconds=1)


def at(hours: float) -> datetime:
    return ASKED + timedelta(hours=hours)


WAITING = Times(lapses_at=at(24))
AGREED = Times(at(24), is_approved=True, ends_at=at(2))
OPENED = Times(at(24), is_approved=True, ends_at=at(2), opened_at=at(1.5))


@pytest.mark.parametrize(
    ("times", "now", "status"),
    [
        (WAITING, at(0), Status.WAITING),
        (WAITING, at(24) - TICK, Status.WAITING),
        (WAITING, at(24), Status.LAPSED),
        (Times(at(24), ended_at=at(24)), at(25), Status.LAPSED),
        (Times(at(24), ended_at=at(3)), at(4), Status.TAKEN_BACK),
        (Times(at(24), ended_at=at(3)), at(48), Status.TAKEN_BACK),
        (Times(at(24), is_approved=False, ended_at=at(1)), at(1), Status.REFUSED),
        (AGREED, at(1), Status.APPROVED),
        (AGREED, at(2) - TICK, Status.APPROVED),
        (AGREED, at(2), Status.OVER),
        (OPENED, at(1.6), Status.OPEN),
        (OPENED, at(2) - TICK, Status.OPEN),
        (OPENED, at(2), Status.OVER),
        (OPENED, at(2) + TICK, Status.OVER),
        (Times(at(24), True, at(2), at(1.5), ended_at=at(1.7)), at(1.8), Status.OVER),
        # What is written to have ended is over, also by a clock that is a little behind.
        (Times(at(24), True, at(2), at(1.5), ended_at=at(1.7)), at(1.7) - TICK, Status.OVER),
        # Agreed to without an end would be a key for ever: it opens nothing.
        (Times(at(24), True, None, at(1.5)), at(1.6), Status.OVER),
    ],
)
def test_how_it_stands(times: Times, now: datetime, status: Status) -> None:
    assert glass.status(times, now) is status
    assert glass.is_open(times, now) == (status is Status.OPEN)


@pytest.mark.parametrize(
    ("times", "now", "over_at"),
    [
        (WAITING, at(24) - TICK, None),
        (WAITING, at(30), at(24)),
        (OPENED, at(2) - TICK, None),
        (AGREED, at(30), at(2)),
        (Times(at(24), is_approved=False), at(30), None),
        (Times(at(24), True, at(2), ended_at=at(2)), at(30), None),
    ],
)
def test_when_it_came_to_its_end_by_itself(times: Times, now: datetime, over_at: datetime | None) -> None:
    assert glass.over_at(times, now) == over_at


def test_the_numbers_are_the_policys() -> None:
    terms = Terms(glass_minutes=20, glass_wait_hours=3)
    assert (glass.end(ASKED, terms), glass.lapse(ASKED, terms)) == (at(1 / 3), at(3))


def test_the_table_says_who() -> None:
    breaks = {one for one in Viewer if glass.may_break(frozenset({one}))}
    knows = {one for one in Viewer if glass.knows(frozenset({one}))}
    assert breaks == knows == {Viewer.SENIOR, Viewer.QA}
    mediating = frozenset({Viewer.SENIOR, Viewer.MEDIATOR})
    assert not glass.may_break(mediating)
    assert not glass.knows(mediating)
    assert not glass.may_break(frozenset())


@pytest.mark.parametrize(
    ("own", "others", "spans"),
    [
        ([0], [], [(0, None)]),
        # Another case of the room before it, after it, both.
        ([0], [20], [(0, 20)]),
        ([0], [30, 20], [(0, 20)]),
        ([0], [-9], [(0, None)]),
        ([0], [-9, 20], [(0, 20)]),
        # Opened again with none in between: one span, whatever comes after.
        ([0, 15], [], [(0, None)]),
        ([0, 15], [20], [(0, 20)]),
        # Another was opened and closed in between; that one was opened again, too.
        ([0, 40], [20], [(0, 20), (40, None)]),
        ([40, 0], [20, 50], [(0, 20), (40, 50)]),
        ([0, 40, 60], [20, 50, 70], [(0, 20), (40, 50), (60, 70)]),
        ([20], [0, 40], [(20, 40)]),
        # At one moment nobody can say whose the words are: they are shown with neither.
        ([0, 40], [40], [(0, 40)]),
        ([0], [0], []),
        ([], [0], []),
    ],
)
def test_what_is_about_a_case(own: list[int], others: list[int], spans: list[tuple[int, int | None]]) -> None:
    expected = tuple((at(begins), None if until is None else at(until)) for begins, until in spans)
    assert glass.spans(map(at, own), map(at, others)) == expected


def test_no_moment_is_about_two_cases_and_each_after_the_first_about_one() -> None:
    """Over every way in which three cases can follow one another in six openings."""
    for order in itertools.product("abc", repeat=6):
        opened = {name: [at(hour) for hour, one in enumerate(order) if one == name] for name in "abc"}
        spans = {
            name: glass.spans(mine, [one for other in opened if other != name for one in opened[other]])
            for name, mine in opened.items()
        }
        for hour, name in enumerate(order):
            for moment in (at(hour), at(hour) + TICK, at(hour + 1) - TICK):
                assert [one for one in "abc" if glass.is_within(moment, spans[one])] == [name]
        assert not any(glass.is_within(at(0) - TICK, one) for one in spans.values())
