"""Nobody wins time by a detour: what is over stays over, and what runs on comes back with what was left."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from mediation.core import clock
from mediation.disputes import errors
from mediation.disputes.actions import firing
from mediation.disputes.models import Deadline, Notice
from mediation.disputes.queries.case import case_view
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.cases import AMOUNT, Case, check_chains
from tests.disputes.stories import later
from tests.disputes.ways import case_in, start

SECOND = timedelta(seconds=1)


def far(**length: float) -> dict[str, datetime]:
    """An offer that still stands when the time of the state is over."""
    return {"expires_at": clock.now() + timedelta(**length)}


def pass_time(**length: float) -> None:
    with later(**length):
        firing.sweep()


def ask_change(case: Case) -> None:
    case.do(case.cast.client, "ask_change")


def leave_unsigned(case: Case) -> None:
    """The time to sign passes, and once more."""
    for hours in (49, 98):
        pass_time(hours=hours)


def void_by_the_other(case: Case) -> None:
    """One has signed already."""
    case.do(case.cast.freelancer, "accept_text")
    case.do(case.cast.client, "ask_change")


FAILS = pytest.mark.parametrize("fail", [ask_change, leave_unsigned, void_by_the_other])
Fail = Callable[[Case], None]


def check_over(case: Case, state: State) -> None:
    """As overdue as before, with no time running, and Upwork's turn in everybody's eyes."""
    assert (case.row.state, case.row.is_overdue) == (state, True)
    assert not case.row.timers.filter(fired_at=None, cancelled_at=None).exists()
    assert not case.row.deadlines.filter(ended_at=None).exists()
    for party in (case.cast.client, case.cast.freelancer):
        standing = case_view(case.row, party)["standing"]
        assert (standing["ball"], standing["due_at"]) == ("upwork", None)


# --- What is over stays over -----------------------------------------------------------------------------------------
@FAILS
def test_who_alone_paid_for_arbitration_does_not_lose_it_by_a_text_that_fails(cast: Cast, fail: Fail) -> None:
    case = case_in(cast, State.NON_RESOLUTION)
    for command in ("elect", "pay_share"):
        case.do(cast.client, command)
    case.do(cast.client, "make_offer", **far(days=20))
    pass_time(days=8)
    with later(days=8, minutes=1):
        case.do(cast.freelancer, "accept_offer")
        assert (case.row.state, case.row.is_overdue) == (State.SETTLING, True)
        fail(case)
    with later(days=13):
        check_over(case, State.NON_RESOLUTION)
        for command in ("elect", "pay_share"):
            with pytest.raises(errors.TooLate):
                case.do(cast.freelancer, command)
        case.do(cast.agent, "confirm_no_arbitration")
    row = case.row
    assert (row.state, row.outcome, row.settled_refund_minor) == ("executing", "released_to_elector", AMOUNT)
    assert not row.is_overdue
    check_chains(case.id)


@FAILS
def test_who_was_silent_wins_no_time_by_a_text_that_fails(cast: Cast, fail: Fail) -> None:
    case = case_in(cast, State.AWAITING_RESPONSE)
    case.do(cast.client, "make_offer", **far(days=20))
    pass_time(days=5, minutes=1)
    pass_time(days=7, minutes=2)
    with later(days=7, minutes=3):
        case.do(cast.freelancer, "accept_offer")
        fail(case)
    with later(days=12):
        check_over(case, State.AWAITING_RESPONSE)
        with pytest.raises(errors.AbsenceTooLate):
            case.do(cast.freelancer, "declare_absence")
        Notice.objects.update(handed_over_at=clock.now())
        case.do(cast.agent, "confirm_default")
    assert (case.row.outcome, case.row.is_overdue) == ("defaulted", False)
    check_chains(case.id)


def test_while_it_is_signed_nobody_excuses_what_is_over_and_both_read_what_comes(cast: Cast) -> None:
    case = case_in(cast, State.NON_RESOLUTION)
    case.do(cast.client, "make_offer", **far(days=20))
    pass_time(days=8)
    with later(days=8, minutes=1):
        case.do(cast.freelancer, "accept_offer")
        with pytest.raises(errors.AbsenceTooLate):
            case.do(cast.freelancer, "declare_absence")
        pass_time(hours=49)
        with later(hours=50):
            for party in (cast.client, cast.freelancer):
                assert case_view(case.row, party)["standing"]["otherwise"] == "over_as_before"


def test_what_is_over_can_still_be_settled(cast: Cast) -> None:
    case = case_in(cast, State.NON_RESOLUTION)
    case.do(cast.client, "make_offer", **far(days=20))
    pass_time(days=8)
    with later(days=8, minutes=1):
        case.do(cast.freelancer, "accept_offer")
        for party in (cast.client, cast.freelancer):
            case.do(party, "accept_text")
    assert (case.row.state, case.row.outcome, case.row.is_overdue) == ("executing", "settled", False)


@pytest.mark.parametrize(
    ("state", "kind", "days", "hours_left"),
    [
        (State.AWAITING_RESPONSE, "response", 5, 100),
        (State.AWAITING_RESPONSE, "response", 5, 10),  # never less than the time to sign
        (State.NON_RESOLUTION, "election", 7, 100),
        (State.MEDIATING, "mediation", 30, 500),
    ],
)
def test_what_was_not_over_comes_back_with_what_was_left(
    cast: Cast, state: State, kind: str, days: int, hours_left: int
) -> None:
    case = case_in(cast, state)
    case.do(cast.client, "make_offer", **far(days=14))
    with later(hours=days * 24 - hours_left):
        case.do(cast.freelancer, "accept_offer")
        with later(hours=20):
            case.do(cast.freelancer, "ask_change")
            assert (case.row.state, case.row.is_overdue) == (state, False)
            check_left(case, kind, hours=max(hours_left, 48))


def check_left(case: Case, kind: str, **length: float) -> None:
    running: Deadline = case.row.deadlines.get(kind=kind, ended_at=None)
    assert abs(running.due_at - clock.now() - timedelta(**length)) < SECOND * 30
    assert case.row.timers.get(kind=kind, fired_at=None, cancelled_at=None).due_at == running.due_at


# --- A mediator goes, another comes ----------------------------------------------------------------------------------
def given_back(cast: Cast) -> Case:
    case = case_in(cast, State.MEDIATING)
    with later(days=2):
        case.do(cast.mediator, "release")
    return case


def test_who_takes_back_the_call_and_calls_again_wins_no_time(cast: Cast) -> None:
    case = given_back(cast)
    with later(days=3):
        case.do(cast.client, "cancel_ask")
        with later(days=1):
            case.do(cast.freelancer, "ask_mediator")
            case.do(cast.agent, "claim")
            check_left(case, "mediation", days=27)  # those of before it was taken back


def test_what_the_end_of_the_talks_calls_again_wins_no_time(cast: Cast) -> None:
    case = given_back(cast)
    with later(days=3):
        case.do(cast.client, "cancel_ask")
    pass_time(days=6, minutes=2)
    assert case.row.state == State.ESCALATED
    with later(days=8):
        case.do(cast.agent, "claim")
        check_left(case, "mediation", days=27)


def test_who_is_given_another_mediator_wins_no_time(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    with later(days=4):
        case.do(cast.supervisor, "reassign")
        check_left(case, "mediation", days=26)
        case.do(cast.freelancer, "object_to_mediator")
        case.do(cast.senior, "decide_objection")
    with later(days=7):
        case.do(cast.mediator, "claim")
        check_left(case, "mediation", days=23)


def test_a_text_agreed_while_nobody_mediates_wins_no_time(cast: Cast) -> None:
    case = given_back(cast)
    case.do(cast.client, "make_offer", **far(days=20))
    with later(days=12):
        case.do(cast.freelancer, "accept_offer")
        case.do(cast.client, "ask_change")
        case.do(cast.agent, "claim")
        check_left(case, "mediation", days=18)


def test_what_ran_out_while_nobody_mediated_leaves_the_time_to_sign(cast: Cast) -> None:
    case = given_back(cast)
    pass_time(days=31)
    assert case.row.state == State.ESCALATED
    with later(days=32):
        case.do(cast.agent, "claim")
        check_left(case, "mediation", hours=48)
    pass_time(days=35)
    assert case.row.state == State.NON_RESOLUTION


@pytest.mark.parametrize("days", [12, 32])  # with time left, and without any
def test_a_claim_that_comes_meanwhile_has_the_whole_time(cast: Cast, days: int) -> None:
    case = start(cast, has_claim=False)
    case.do(cast.mediator, "claim")
    with later(days=10):
        case.do(cast.mediator, "release")
    with later(days=days):
        firing.sweep()
        case.do(cast.client, "attach_claim")
        case.do(cast.agent, "claim")
        check_left(case, "mediation", days=30)


def test_a_case_that_is_opened_again_has_the_whole_time(cast: Cast) -> None:
    case = given_back(cast)
    with later(days=12):
        case.do(cast.client, "cancel_ask")
        case.do(cast.client, "withdraw")
        case.do(cast.supervisor, "reopen")
        check_left(case, "mediation", days=30)


# --- What was asked --------------------------------------------------------------------------------------------------
def test_what_was_asked_before_a_recommendation_is_asked_no_more(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    for party in (cast.client, cast.freelancer):
        case.do(cast.mediator, "make_request", asked_of=party.pk)
    case.do(cast.client, "answer_request")
    for command in ("close_evidence", "draft_recommendation", "issue_recommendation"):
        case.do(cast.mediator, command)
    assert case.row.state == State.RECOMMENDED
    dropped = case.row.requests.filter(withdrawn_at__isnull=False)
    assert [one.asked_of_id for one in dropped] == [cast.freelancer.pk]
    lines = case.row.deadlines.filter(kind="request").values_list("person", "ended_how")
    assert set(lines) == {(cast.client.pk, "done"), (cast.freelancer.pk, "withdrawn")}
    assert not case.row.deadlines.filter(ended_at=None).exclude(kind="answer").exists()
