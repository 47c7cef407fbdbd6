"""Both talk with each other for ten days at most, counted only while they do: nothing is due before it begins."""

from typing import Any

import pytest

from mediation.conversations.rules.case import Act
from mediation.disputes import errors
from mediation.disputes.queries.case import case_view
from mediation.disputes.queries.room_case import cases_of_rooms
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.cases import Case
from tests.disputes.stories import later
from tests.disputes.test_time_kept import check_left, pass_time
from tests.disputes.ways import case_in


def test_the_time_with_a_mediator_is_none_of_the_talks(cast: Cast) -> None:
    """However late the call is taken back, the talks end in the future, and ten days of talking are the most."""
    case = case_in(cast, State.MEDIATING)
    with later(days=20):
        case.do(cast.mediator, "release")
        case.do(cast.client, "cancel_ask")
        check_left(case, "talks", hours=72)
        with later(hours=70):
            case.do(cast.client, "ask_mediator")
    for turn in (1, 2):
        with later(days=30 * turn):
            case.do(cast.client, "cancel_ask")
            check_left(case, "talks", hours=72)
        pass_time(days=30 * turn + 3, minutes=2)
    with later(days=100):
        case.do(cast.client, "cancel_ask")
        check_left(case, "talks", hours=240 - 70 - 2 * 72)


def test_a_call_is_not_taken_back_for_talks_that_are_used_up(cast: Cast) -> None:
    case = case_in(cast, State.NEGOTIATING)
    case.do(cast.client, "declare_absence", days=14)
    pass_time(days=10, minutes=1)
    assert case.row.state == State.ESCALATED
    with later(days=10, minutes=2):
        cancel = offered(case, "cancel_ask")
        assert (cancel["allowed"], cancel["why_not"]["code"]) == (False, "dispute.talks_used")
        assert Act.CANCEL_ASK not in cases_of_rooms([cast.room.pk])[cast.room.pk].allows
        with pytest.raises(errors.NoTalksLeft):
            case.do(cast.client, "cancel_ask")
        assert Act.ASK not in cases_of_rooms([cast.room.pk])[cast.room.pk].allows


def test_days_on_hold_use_up_no_talks(cast: Cast) -> None:
    case = case_in(cast, State.NEGOTIATING)
    case.do(cast.client, "declare_absence", days=14)
    with later(days=9):
        case.do(cast.senior, "hold")
    with later(days=29):
        case.do(cast.senior, "unhold")
        case.do(cast.client, "ask_mediator")
        assert Act.CANCEL_ASK in cases_of_rooms([cast.room.pk])[cast.room.pk].allows
        case.do(cast.client, "cancel_ask")
        check_left(case, "talks", days=1)


def offered(case: Case, command: str) -> dict[str, Any]:
    """What the one who asked reads of a command."""
    return next(one for one in case_view(case.row, case.cast.client)["actions"] if one["command"] == command)
