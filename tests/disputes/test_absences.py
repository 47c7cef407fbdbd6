"""Fourteen days a year of a person: each day once, in however many cases, and in the year that it lies in."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mediation.conversations.actions import rooms
from mediation.core import clock
from mediation.disputes import errors
from mediation.disputes.actions import claims
from mediation.disputes.models import Overlay
from mediation.disputes.rules.absence import check, dates, days_left
from mediation.disputes.rules.states import State
from tests.cast import Cast, make_contract
from tests.disputes.cases import Case
from tests.disputes.stories import later
from tests.disputes.ways import case_in

MOST = 14


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("taken", "begins", "left"),
    [
        ([], "2026-03-02 09:00", 14),
        ([("2026-03-02 09:00", 10)], "2026-03-02 23:59", 14),  # the same days in another case cost nothing again
        ([("2026-03-02 09:00", 10)], "2026-03-07 09:00", 9),  # five of them again, and the four that are left
        ([("2026-03-02 09:00", 10)], "2026-05-01 09:00", 4),
        ([("2026-03-02 09:00", 10), ("2026-03-05 09:00", 10)], "2026-05-01 09:00", 1),  # thirteen days together
        ([("2026-03-02 09:00", 14)], "2026-05-01 09:00", 0),
        ([("2026-03-02 09:00", 14)], "2026-03-10 09:00", 6),  # what was declared already
        ([("2025-12-28 09:00", 14)], "2026-05-01 09:00", 4),  # four in the old year, ten in this one
        ([("2026-03-02 09:00", 14)], "2026-12-31 09:00", 0),
        ([("2026-03-02 09:00", 13)], "2026-12-31 09:00", 15),  # one in this year, all of the next
    ],
)
def test_how_long_somebody_can_still_be_away(taken: list[tuple[str, int]], begins: str, left: int) -> None:
    days = {day for moment, length in taken for day in dates(utc(moment), length)}
    assert days_left(days, utc(begins), MOST) == left
    check(left, days, utc(begins), MOST)
    with pytest.raises(errors.AbsenceTooLong) as refused:
        check(left + 1, days, utc(begins), MOST)
    assert refused.value.detail == {"days_left": left}


def test_an_absence_takes_dates() -> None:
    assert dates(utc("2026-02-28 23:30"), 2) == [date(2026, 2, 28), date(2026, 3, 1)]


def test_a_policy_without_absences_gives_none() -> None:
    assert days_left((), utc("2026-03-02 09:00"), 0) == 0


def second_case(cast: Cast) -> Case:
    """Mateo's other room, where he called for help too."""
    room = rooms.open_room(contract=make_contract(cast.outsider, cast.freelancer, "Another job"))
    return Case(cast, claims.ask_without_claim(user=cast.freelancer, room_id=room.pk).dispute_id)


def test_the_same_days_in_two_cases_count_once_and_the_rest_is_left(cast: Cast) -> None:
    with clock.at(utc("2026-03-02 09:00")):
        first, second = case_in(cast, State.MEDIATING), second_case(cast)
        first.do(cast.freelancer, "declare_absence", days=10)
        with later(minutes=5):
            second.do(cast.freelancer, "declare_absence", days=10)
            with pytest.raises(errors.AbsenceTooLong) as refused:
                second.do(cast.freelancer, "declare_absence", days=5)
            assert refused.value.detail == {"days_left": 4}
            second.do(cast.freelancer, "declare_absence", days=4)


def test_another_absence_in_the_same_case_follows_the_one_that_is_there(cast: Cast) -> None:
    with clock.at(utc("2026-03-02 09:00")):
        case = case_in(cast, State.MEDIATING)
        due = case.row.timers.get(kind="mediation", cancelled_at=None).due_at
        for days in (5, 4):
            case.do(cast.freelancer, "declare_absence", days=days)
        with pytest.raises(errors.AbsenceTooLong):
            case.do(cast.freelancer, "declare_absence", days=6)
        laid = Overlay.objects.filter(kind="absence").order_by("pk").values_list("begins_at", "ends_at")
        end = utc("2026-03-02 09:00") + timedelta(days=5)
        assert list(laid) == [(utc("2026-03-02 09:00"), end), (end, end + timedelta(days=4))]
        assert case.row.timers.get(kind="mediation", cancelled_at=None).due_at == due + timedelta(days=9)
