"""A claim that comes to a mediation without one: which money it is about is said, and is there."""

from datetime import timedelta

import pytest

from mediation.conversations.models import Member, Milestone
from mediation.core import clock
from mediation.disputes import errors
from mediation.disputes.actions import asking, firing, ledger
from mediation.disputes.errors import MilestoneMissing, MoreThanPaid
from mediation.disputes.models import Dispute, Notice, Timer
from mediation.disputes.queries.case import case_view
from mediation.disputes.queries.holdings import frozen_account
from mediation.disputes.rules.states import Phase, State
from mediation.events.dispatch import dispatch
from tests.cast import Cast
from tests.disputes.cases import AMOUNT, Case, check_chains
from tests.disputes.funds import held_milestone, paid
from tests.disputes.stories import later
from tests.disputes.ways import case_in

OTHER = 50_000


@pytest.fixture
def case(cast: Cast) -> Case:
    """A mediation without a claim; one milestone's money is held."""
    return case_in(cast, State.MEDIATING, has_claim=False)


@pytest.fixture
def second(cast: Cast) -> Milestone:
    """Another one's too."""
    contract = cast.room.contract
    return held_milestone(contract, OTHER, position=9)


def attach(case: Case, milestone: Milestone | None, amount: int) -> None:
    named = milestone.pk if milestone else None
    said = {"problem": "quality", "statement": "It fails.", "milestone_id": named}
    case.say(case.cast.client, "attach_claim", **said, amount_minor=amount, claimed_refund_minor=amount)


def test_of_two_that_are_held_it_is_said_which(case: Case, second: Milestone) -> None:
    with pytest.raises(MilestoneMissing):
        attach(case, None, OTHER)
    with pytest.raises(errors.MoreThanHeld):
        attach(case, second, OTHER + 1)
    attach(case, second, OTHER)
    assert (case.row.track, case.row.milestone_id) == ("A", second.pk)
    assert ledger.balance(second.contract_id, frozen_account(case.row)) == OTHER


def test_the_only_one_goes_without_saying_but_holds_no_more_than_it_holds(case: Case) -> None:
    with pytest.raises(errors.MoreThanHeld):
        attach(case, None, AMOUNT + 1)
    attach(case, None, AMOUNT - 1)
    assert (case.row.track, case.row.amount_minor) == ("A", AMOUNT - 1)


def test_money_that_was_released_is_asked_back_only_where_it_is_named(case: Case, second: Milestone) -> None:
    contract = second.contract_id
    paid(second)
    with pytest.raises(MoreThanPaid):
        attach(case, second, OTHER + 1)
    attach(case, second, OTHER)
    assert (case.row.track, case.row.milestone_id) == ("B", second.pk)
    assert ledger.balance(contract, frozen_account(case.row)) == 0


def running(case: Case) -> list[Timer]:
    return list(case.row.timers.filter(kind="mediation", fired_at=None, cancelled_at=None))


@pytest.mark.parametrize("phase", range(len(Phase)))
def test_a_claim_has_the_whole_time_of_a_mediation_in_every_phase(case: Case, phase: int) -> None:
    Dispute.objects.filter(pk=case.id).update(phase=list(Phase)[phase].value)
    [before] = running(case)
    with later(days=20):
        attach(case, None, AMOUNT)
        [timer] = running(case)
        assert timer.due_at == clock.now() + timedelta(days=30)
    line = case.row.deadlines.get(kind="mediation", ended_at=None)
    assert (line.was_due_at, line.due_at, line.reason) == (before.due_at, timer.due_at, "claim")
    with later(days=20 + 30, minutes=1):
        firing.sweep()
        assert case.row.state == State.NON_RESOLUTION
        assert case.row.timers.filter(kind="election", fired_at=None).exists()


def test_while_nobody_mediates_no_time_of_a_mediation_runs(cast: Cast) -> None:
    case = case_in(cast, State.ESCALATED, has_claim=False)
    attach(case, None, AMOUNT)
    assert running(case) == []
    case.do(cast.mediator, "claim")
    assert len(running(case)) == 1


def test_a_call_without_a_claim_ends_with_its_time_and_can_be_made_again(case: Case) -> None:
    cast = case.cast
    assert case_view(case.row, cast.client)["standing"]["otherwise"] == "call_closes"
    notices = Notice.objects.count()
    with later(days=30, seconds=-1):
        assert firing.sweep() == 0
    with later(days=30, minutes=1):
        assert firing.sweep() == 1
        assert firing.sweep() == 0
        assert (case.row.state, case.row.outcome, case.row.mediator) == ("closed", "no_agreement", None)
        assert not Member.objects.filter(room=cast.room, user=cast.mediator, left_at=None).exists()
        dispatch()
        assert Notice.objects.count() == notices, "there is nothing to choose"
        check_chains(case.id)
        asking.ask(user=cast.client, room_id=cast.room.pk)
    assert Dispute.objects.get(room=cast.room, state="escalated").pk != case.id
