"""The money of a milestone or week goes back once, whatever becomes of several cases about it: a closed case is opened
again only while its money is there, and nobody gives back what they were never paid.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from mediation.conversations.models import Milestone
from mediation.core import clock
from mediation.core.errors import Refused
from mediation.disputes import errors
from mediation.disputes.actions import claims, firing, ledger, milestones, payments
from mediation.disputes.actions.effects import closing
from mediation.disputes.queries.case import case_view
from mediation.disputes.queries.claimable import left_for, of_contract
from mediation.disputes.rules.milestones import Act
from mediation.disputes.rules.reopening import Left, check_taken_back, track_again
from mediation.disputes.rules.states import State, Track
from tests.cast import Cast
from tests.disputes.cases import AMOUNT, Case, everything
from tests.disputes.funds import held_milestone, paid
from tests.disputes.stories import later
from tests.disputes.ways import bring, case_in

A, B, C = Track.ESCROW, Track.ASSISTANCE, Track.HOURLY
MONDAY = datetime(2026, 3, 9, 9, tzinfo=UTC)


def nothing(**there: int) -> Left:
    return Left(**{"held_minor": 0, "paid_minor": 0, "brought_back_minor": 0} | there, is_divided=False)


def balances(cast: Cast) -> tuple[int, int]:
    """What the client and the freelancer have."""
    return tuple(ledger.balance(cast.room.contract_id, side) for side in ("client", "freelancer"))


def another(case: Case, track: Track, amount_minor: int = AMOUNT, week: date | None = None) -> Case:
    """A second case about the same money, in talks."""
    cast, about = case.cast, {"milestone_id": case.row.milestone_id, "week_starts": week}
    draft = claims.start_claim(user=cast.client, room_id=cast.room.pk, track=track, **about)
    made = Case(cast, draft.pk)
    sums = {"amount_minor": amount_minor, "claimed_refund_minor": amount_minor}
    made.say(cast.client, "edit_draft", problem="quality", statement="It fails.", **sums)
    bring(made, State.NEGOTIATING)
    return made


def agree(case: Case, refund: int) -> None:
    """On a split of the amount; and it is paid."""
    expires_at, release = clock.now() + timedelta(hours=30), case.row.amount_minor - refund
    case.say(case.cast.freelancer, "make_offer", refund_minor=refund, release_minor=release, expires_at=expires_at)
    case.do(case.cast.client, "accept_offer")
    for party in (case.cast.client, case.cast.freelancer):
        case.do(party, "accept_text")
    payments.pay_out()


def withdrawn(case: Case) -> Case:
    case.do(case.cast.client, "withdraw")
    return case


def stays_closed(case: Case) -> None:
    """It is refused, with what says why, and leaves nothing behind; and who could say it reads so before."""
    offered = next(one for one in case_view(case.row, case.cast.supervisor)["actions"] if one["command"] == "reopen")
    assert (offered["allowed"], offered["why_not"]["code"]) == (False, errors.MoneyGone.code)
    before = everything()
    with pytest.raises(errors.MoneyGone):
        case.do(case.cast.supervisor, "reopen")
    assert everything() == before


def give_back(case: Case) -> None:
    who, room = case.cast.freelancer, case.row.room_id
    milestones.act(user=who, room_id=room, position=3, act=Act.GIVE_BACK, command_id=uuid4())


# --- Pure ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("track", "left", "goes_on"),
    [
        (A, nothing(held_minor=100), A),
        (A, nothing(held_minor=99, paid_minor=100), B),
        (A, nothing(held_minor=99, paid_minor=99), None),
        (A, nothing(), None),
        (A, replace(nothing(held_minor=100, paid_minor=40, brought_back_minor=60), is_divided=True), B),
        (B, nothing(paid_minor=100), B),
        (B, nothing(paid_minor=40, brought_back_minor=60), B),
        (B, nothing(paid_minor=39, brought_back_minor=60), None),
        (B, nothing(held_minor=100), None),
        (C, nothing(paid_minor=100), C),
        (C, nothing(paid_minor=99), None),
    ],
)
def test_a_case_goes_on_about_money_that_is_there(track: Track, left: Left, goes_on: Track | None) -> None:
    if goes_on is None:
        with pytest.raises(errors.MoneyGone) as refusal:
            track_again(track, 100, left)
        assert refusal.value.detail == {"held_minor": left.held_minor, "paid_minor": left.paid_minor}
    else:
        assert track_again(track, 100, left) is goes_on


def test_no_more_comes_back_than_was_paid() -> None:
    check_taken_back(100, nothing(paid_minor=100))
    with pytest.raises(errors.MoreThanTheyHave):
        check_taken_back(101, nothing(paid_minor=100))


# --- With the ledger -------------------------------------------------------------------------------------------------
def test_what_another_case_gave_back_is_not_given_back_again(cast: Cast) -> None:
    first = withdrawn(case_in(cast, State.NEGOTIATING))
    agree(another(first, A), AMOUNT)
    stays_closed(first)
    assert balances(cast) == (AMOUNT, 0)


def test_what_another_case_released_is_reviewed_there(cast: Cast) -> None:
    first = withdrawn(case_in(cast, State.NEGOTIATING))
    agree(another(first, A), 0)
    stays_closed(first)
    assert balances(cast) == (0, AMOUNT)


def test_what_the_freelancer_gave_back_is_not_taken_from_them(cast: Cast) -> None:
    first = withdrawn(case_in(cast, State.NEGOTIATING))
    give_back(first)
    stays_closed(first)
    assert balances(cast) == (AMOUNT, 0)


def test_what_was_paid_meanwhile_can_come_back(cast: Cast) -> None:
    first = withdrawn(case_in(cast, State.NEGOTIATING))
    paid(first.row.milestone)
    first.do(cast.supervisor, "reopen")
    assert first.row.track == B
    agree(first, AMOUNT)
    assert balances(cast) == (AMOUNT, 0)


def test_money_of_another_milestone_is_not_this_ones(cast: Cast) -> None:
    first = withdrawn(case_in(cast, State.NEGOTIATING))
    give_back(first)
    paid(held_milestone(cast.room.contract, AMOUNT, position=4))
    stays_closed(first)


def test_of_two_cases_about_one_payment_one_brings_it_back(cast: Cast) -> None:
    first = withdrawn(case_in(cast, State.NEGOTIATING, B))
    agree(another(first, B), AMOUNT)
    stays_closed(first)
    assert balances(cast) == (AMOUNT, 0)


def test_a_case_that_left_everything_is_not_opened_for_what_the_next_brought_back(cast: Cast) -> None:
    first = case_in(cast, State.NEGOTIATING, B)
    agree(first, 0)
    second = another(first, B)
    agree(second, AMOUNT)
    stays_closed(first)
    second.do(cast.supervisor, "reopen")
    agree(second, 100_000)
    assert balances(cast) == (100_000, AMOUNT - 100_000)


def test_of_two_cases_about_one_week_one_brings_it_back(cast: Cast) -> None:
    with clock.at(MONDAY):
        first = withdrawn(case_in(cast, State.AWAITING_RESPONSE, C))
        week = first.row.week_starts
    with clock.at(MONDAY + timedelta(days=7)):
        agree(another(first, B, week=week), AMOUNT)
        stays_closed(first)
    assert balances(cast) == (AMOUNT, 0)


def test_what_a_case_divided_stays_its_own(cast: Cast) -> None:
    """The rest of the milestone was paid; each case moves only its part, the first time and when it is opened again."""
    part = held_milestone(cast.room.contract, AMOUNT, position=3)
    first = case_in(cast, State.NEGOTIATING)
    withdrawn(first)
    half = another(first, A, AMOUNT // 2)
    agree(half, AMOUNT // 2)
    paid_half = ledger.balance(cast.room.contract_id, f"escrow:{part.pk}")
    approve(cast, part)
    half.do(cast.supervisor, "reopen")
    agree(half, 0)
    [left] = of_contract(cast.room.contract, "USD").paid
    assert left.amount_minor == paid_half == AMOUNT // 2, "what a case changes of its own division was not paid"
    agree(another(first, B, AMOUNT // 2), AMOUNT // 2)
    half.do(cast.supervisor, "reopen")
    agree(half, AMOUNT // 2)
    assert balances(cast) == (AMOUNT, 0)
    stays_closed(first)


def approve(cast: Cast, milestone: Milestone) -> None:
    for who, act in ((cast.freelancer, Act.SUBMIT), (cast.client, Act.APPROVE)):
        milestones.act(user=who, room_id=cast.room.pk, position=milestone.position, act=act, command_id=uuid4())


# --- And if a case is open whose money is gone ---------------------------------------------------------------------
@pytest.fixture
def opened_blindly(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Given back after it was withdrawn, and opened again as it was before anybody asked the ledger."""
    first = withdrawn(case_in(cast, State.NEGOTIATING))
    give_back(first)
    monkeypatch.setattr(closing.holdings, "track_now", lambda dispute: Track.ASSISTANCE)
    monkeypatch.setattr("mediation.disputes.rules.guards.closing.track_again", lambda *_: Track.ASSISTANCE)
    first.do(cast.supervisor, "reopen")
    return Case(replace(cast, mediator=cast.agent), first.id)


def test_a_text_that_takes_what_was_never_paid_is_refused_when_it_would_count(opened_blindly: Case) -> None:
    case = opened_blindly
    assert left_for(case.row).paid_minor == 0
    with pytest.raises(errors.MoreThanTheyHave):
        agree(case, AMOUNT)
    assert (case.row.state, balances(case.cast)) == (State.SETTLING, (AMOUNT, 0))


def test_who_elects_alone_is_not_given_what_was_never_paid(opened_blindly: Case) -> None:
    case, cast = opened_blindly, opened_blindly.cast
    for party in (cast.client, cast.freelancer):
        case.do(party, "decline_mediation")
    case.do(cast.mediator, "declare_impasse")
    for command in ("elect", "pay_share"):
        case.do(cast.client, command)
    payments.pay_out()
    before = balances(cast)
    with later(days=8):
        firing.sweep()
        with pytest.raises(errors.MoreThanTheyHave):
            case.do(cast.senior, "confirm_no_arbitration")
        payments.pay_out()
    assert (case.row.state, balances(cast)) == (State.NON_RESOLUTION, before)


def test_the_ledger_moves_nothing_that_was_never_paid(
    opened_blindly: Case, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Instructed before the rule was there, it waits for somebody to end the case."""
    case = opened_blindly
    with monkeypatch.context() as before:
        before.setattr("mediation.disputes.actions.effects.agreement.holdings.check_back", lambda *_: None)
        before.setattr(payments, "pay_out", lambda: None)
        agree(case, AMOUNT)
    assert payments.pay_out() == 0
    assert (case.row.state, balances(case.cast)) == (State.EXECUTING, (AMOUNT, 0))
    assert any(isinstance(one.exc_info[1], Refused) for one in caplog.records if one.exc_info)
    case.do(case.cast.supervisor, "void")
    assert case.row.state == State.CLOSED
