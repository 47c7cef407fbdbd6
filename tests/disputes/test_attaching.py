"""A claim that comes to a mediation without one: which money it is about is said, and is there."""

import pytest

from mediation.conversations.models import Milestone
from mediation.core import clock
from mediation.disputes import errors
from mediation.disputes.actions import ledger
from mediation.disputes.errors_of_forms import MilestoneMissing, MoreThanPaid
from mediation.disputes.queries.holdings import frozen_account
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.cases import AMOUNT, Case
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
    made = Milestone.objects.create(contract=contract, position=9, title="More", amount_minor=OTHER, status="funded")
    ledger.fund(
        contract_id=contract.pk, account=f"escrow:{made.pk}", currency="USD", amount_minor=OTHER,
        key=f"fund:{made.pk}", at=clock.now(),
    )  # fmt: skip
    return made


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
    ledger.move(
        key="out", contract_id=contract, currency="USD", amount_minor=OTHER, source=f"escrow:{second.pk}",
        target="freelancer", at=clock.now(),
    )  # fmt: skip
    with pytest.raises(MoreThanPaid):
        attach(case, second, OTHER + 1)
    attach(case, second, OTHER)
    assert (case.row.track, case.row.milestone_id) == ("B", second.pk)
    assert ledger.balance(contract, frozen_account(case.row)) == 0
