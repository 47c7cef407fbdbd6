"""What a case is to the desk, from the table of states and clocks."""

from datetime import UTC, datetime

import pytest

from mediation.desk.rules.rows import FAR, Decision, Turn, decision, is_unclaimed, place, turn
from mediation.desk.rules.views import MOST_TAGS, Queue, View, view_of
from mediation.disputes.rules.states import State
from mediation.sla.rules.metrics import Metric


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("has_mediator", [True, False])
def test_only_a_case_without_owner_that_was_asked_for_is_unclaimed(state: State, has_mediator: bool) -> None:
    assert is_unclaimed(state, has_mediator=has_mediator) == (state is State.ESCALATED and not has_mediator)


@pytest.mark.parametrize(
    ("state", "is_overdue", "said"),
    [
        (State.LOG_REVIEW, False, Decision.ANYBODY),
        (State.AWAITING_RESPONSE, False, Decision.NONE),
        (State.AWAITING_RESPONSE, True, Decision.ANYBODY),
        (State.NON_RESOLUTION, True, Decision.ANYBODY),
        (State.MEDIATING, True, Decision.NONE),
        (State.IN_ARBITRATION, False, Decision.SENIOR),
    ],
)
def test_who_decides(state: State, is_overdue: bool, said: Decision) -> None:
    assert decision(state, is_overdue=is_overdue, is_held=False) is said
    assert decision(state, is_overdue=is_overdue, is_held=True) is Decision.NONE


def test_an_objection_or_a_level_is_for_seniors_and_a_review_for_who_leads() -> None:
    asked = decision(State.MEDIATING, is_overdue=False, is_held=False, is_senior_asked=True)
    assert asked is Decision.SENIOR
    for state in State:
        said = decision(state, is_overdue=False, is_held=False, is_review_asked=True)
        assert (said is Decision.LEAD) == (state is State.CLOSED)
    assert decision(State.CLOSED, is_overdue=True, is_held=False, is_senior_asked=True) is Decision.NONE


@pytest.mark.parametrize("metric", list(Metric))
def test_an_update_is_nobodys_wait(metric: Metric) -> None:
    """A clock that somebody waits for makes it our turn; the update that is due soon does not."""
    ours = turn(State.MEDIATING, Decision.NONE, [metric.value]) is Turn.UPWORK
    assert ours == (metric not in (Metric.PUT, Metric.TRES))


def test_whose_turn_it_is_without_a_clock() -> None:
    assert turn(State.MEDIATING, Decision.NONE, []) is Turn.PARTY
    assert turn(State.ESCALATED, Decision.NONE, []) is Turn.UPWORK
    assert turn(State.LOG_REVIEW, Decision.ANYBODY, []) is Turn.UPWORK


def test_without_a_due_time_a_row_stands_behind_all_others() -> None:
    moment = datetime(2031, 1, 1, tzinfo=UTC)
    assert place(moment) == moment < place(None) == FAR


def test_a_view_is_read_back_from_what_it_says() -> None:
    views = [
        View(),
        View(queue=Queue.RISK, track="A", priority="high", language="nl", words="logo animation"),
        View(queue=Queue.OPEN, track="none"),
    ]
    assert [view_of(view.as_parameters()) for view in views] == views
    assert views[0].as_parameters() == {}


def test_what_nobody_could_have_meant_is_left_out() -> None:
    said = {"queue": "nowhere", "track": "Z", "priority": "'", "language": "en'--", "words": "  a \x00 b  "}
    assert view_of(said) == View(words="a b")
    assert len(view_of({"words": "x" * 900}).words) == 100
    assert view_of({"tags": " #VIP  refund vip \x00"}) == View(tags="vip refund")
    assert len(view_of({"tags": "a b c d e f g"}).tags.split()) == MOST_TAGS
