"""The shares of an arbitration: taken once, kept until the arbitrator has decided, and given back in any other end."""

from uuid import uuid4

import pytest

from mediation.disputes import errors
from mediation.disputes.actions import claims, firing, ledger, payments
from mediation.disputes.actions.transition import transition
from mediation.disputes.models import Dispute, Instruction, LedgerEntry
from mediation.disputes.queries.holdings import shares_account
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import State, Track
from tests.cast import Cast
from tests.disputes.cases import AMOUNT, Case, ledger_sum
from tests.disputes.funds import held_milestone
from tests.disputes.stories import later
from tests.disputes.test_replay import PREPARED
from tests.disputes.ways import case_in

SHARE = Terms().arbitration_share_minor


def balance(case: Case, account: str) -> int:
    return ledger.balance(case.cast.room.contract_id, account)


def waiting(case: Case) -> int:
    return balance(case, shares_account(case.row))


def pays(case: Case, *people: object) -> None:
    for person in people:
        case.do(person, "elect")  # type: ignore[arg-type]
        case.do(person, "pay_share")  # type: ignore[arg-type]


def unanswered(case: Case) -> None:
    """The time to choose is over, and an agent confirms that there is no arbitration."""
    with later(days=8):
        firing.sweep()
        case.do(case.cast.agent, "confirm_no_arbitration")
        payments.pay_out()


def test_a_share_is_taken_once_however_often_it_is_said(cast: Cast) -> None:
    case = case_in(cast, State.NON_RESOLUTION)
    case.do(cast.freelancer, "elect")
    said = {"actor": cast.freelancer, "dispute_id": case.id, "command": "pay_share", "command_id": uuid4()}
    first, second = transition(**said), transition(**said)
    assert (first.version, second.version, second.repeated) == (second.version, first.version, True)
    with pytest.raises(errors.SharePaid):
        case.do(cast.freelancer, "pay_share")
    with pytest.raises(errors.ElectedAlready):
        case.do(cast.freelancer, "elect")
    for _sweep in range(2):
        payments.pay_out()
    assert (waiting(case), balance(case, "freelancer"), ledger_sum()) == (SHARE, -SHARE, 0)
    assert LedgerEntry.objects.filter(account=shares_account(case.row)).count() == 1
    assert case.row.instructions.get().currency == case.row.currency


def test_both_shares_are_the_fee_when_the_arbitrator_has_decided(cast: Cast) -> None:
    case = case_in(cast, State.IN_ARBITRATION)
    payments.pay_out()
    assert waiting(case) == 2 * SHARE
    PREPARED["document"](case)
    case.do(cast.senior, "enter_award")
    case.do(cast.supervisor, "record_award")
    payments.pay_out()
    assert (case.row.state, waiting(case), balance(case, "fees")) == ("closed", 0, 2 * SHARE)
    assert (balance(case, "client"), balance(case, "freelancer")) == (50_000 - SHARE, AMOUNT - 50_000 - SHARE)


@pytest.mark.parametrize("track", [Track.ESCROW, Track.ASSISTANCE])
@pytest.mark.parametrize("who", ["client", "freelancer"])
def test_who_pays_alone_gets_the_amount_and_the_share_back(cast: Cast, who: str, track: Track) -> None:
    case = case_in(cast, State.NON_RESOLUTION, track)
    pays(case, getattr(cast, who))
    payments.pay_out()
    unanswered(case)
    assert (case.row.state, case.row.outcome) == ("closed", "released_to_elector")
    assert case.row.settled_refund_minor == (AMOUNT if who == "client" else 0)
    assert (waiting(case), balance(case, "fees"), ledger_sum()) == (0, 0, 0)
    assert balance(case, "client") == (AMOUNT if who == "client" else 0)
    if track is Track.ESCROW:
        assert balance(case, "freelancer") == (AMOUNT if who == "freelancer" else 0)


def test_money_that_was_paid_stays_where_nobody_chooses_arbitration(cast: Cast) -> None:
    case = case_in(cast, State.NON_RESOLUTION, Track.ASSISTANCE)
    unanswered(case)
    assert (case.row.state, case.row.outcome, case.row.settled_refund_minor) == ("closed", "no_agreement", 0)
    assert (balance(case, "client"), ledger_sum()) == (0, 0)
    assert not LedgerEntry.objects.filter(key__startswith=case.id.hex).exists()


def test_who_settles_after_all_gets_the_share_back(cast: Cast) -> None:
    case = case_in(cast, State.NON_RESOLUTION)
    pays(case, cast.client)
    case.do(cast.freelancer, "make_offer")
    case.do(cast.client, "accept_offer")
    case.do(cast.client, "ask_change")
    assert waiting(case) == 0
    payments.pay_out()
    assert (case.row.state, waiting(case)) == ("non_resolution", SHARE), "as long as nobody signs, it waits"
    case.do(cast.client, "make_offer")
    case.do(cast.freelancer, "accept_offer")
    for person in (cast.client, cast.freelancer):
        case.do(person, "accept_text")
    payments.pay_out()
    assert (case.row.state, waiting(case), balance(case, "client")) == ("closed", 0, case.row.settled_refund_minor)


@pytest.mark.parametrize("is_taken", [True, False])
def test_a_voided_case_gives_every_share_back(cast: Cast, is_taken: bool) -> None:
    case = case_in(cast, State.IN_ARBITRATION)
    if is_taken:
        payments.pay_out()
    case.do(cast.senior, "void")
    payments.pay_out()
    assert (case.row.outcome, waiting(case)) == ("voided", 0)
    assert (balance(case, "client"), balance(case, "freelancer")) == (0, 0)
    assert not Instruction.objects.filter(confirmed_at__isnull=True).exists()


def test_a_share_waits_while_the_case_is_on_hold(cast: Cast) -> None:
    case = case_in(cast, State.NON_RESOLUTION)
    pays(case, cast.client)
    case.do(cast.senior, "hold")
    payments.pay_out()
    assert waiting(case) == 0
    case.do(cast.senior, "unhold")
    payments.pay_out()
    assert waiting(case) == SHARE


def test_a_case_that_is_opened_again_asks_for_arbitration_anew(cast: Cast) -> None:
    case = case_in(cast, State.NON_RESOLUTION)
    pays(case, cast.client)
    payments.pay_out()
    unanswered(case)
    with later(days=9):
        case.do(cast.client, "ask_review")
        case.do(cast.supervisor, "decide_review")
        case.do(cast.supervisor, "reopen")
        for person in (cast.client, cast.freelancer):
            case.do(person, "decline_mediation")
        case.do(cast.agent, "declare_impasse")
        with pytest.raises(errors.NotElected):
            case.do(cast.client, "pay_share")
        unanswered(case)
        assert case.row.outcome == "no_agreement"
        assert (waiting(case), balance(case, "client"), ledger_sum()) == (0, AMOUNT, 0)


def test_a_case_voided_on_hold_gives_every_share_back_and_is_held_no_more(cast: Cast) -> None:
    case = case_in(cast, State.IN_ARBITRATION)
    payments.pay_out()
    case.do(cast.senior, "hold")
    case.do(cast.senior, "void")
    payments.pay_out()
    assert (waiting(case), balance(case, "client"), balance(case, "freelancer")) == (0, 0, 0)
    assert not case.row.overlays.filter(ended_at__isnull=True).exists()
    case.do(cast.supervisor, "reopen")
    assert case.row.state == "mediating"


def test_with_the_fee_paid_the_case_is_not_voided_any_more(cast: Cast) -> None:
    case = case_in(cast, State.IN_ARBITRATION)
    payments.pay_out()
    PREPARED["document"](case)
    case.do(cast.senior, "enter_award")
    case.do(cast.supervisor, "record_award")
    fee = case.row.instructions.filter(kind=Instruction.Kind.FEE.value).order_by("pk")[0]
    payments._carry_out(case.id, fee.pk)  # and here the worker stopped
    with pytest.raises(errors.TooLate):
        case.do(cast.senior, "void")
    payments.pay_out()
    assert (case.row.state, waiting(case), balance(case, "fees")) == ("closed", 0, 2 * SHARE)


def test_a_case_that_cannot_be_paid_holds_up_no_other(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    broken = case_in(cast, State.IN_ARBITRATION)
    broken.row.instructions.update(kind=Instruction.Kind.RETURN.value)  # from an account that holds nothing
    Dispute.objects.filter(pk=broken.id).update(state=State.CLOSED.value)
    about = held_milestone(cast.room.contract, AMOUNT, position=4).pk
    made = claims.start_claim(user=cast.client, room_id=cast.room.pk, track=Track.ESCROW, milestone_id=about)
    case = Case(cast, made.pk)
    case.do(cast.client, "edit_draft")
    case.do(cast.client, "file")
    case.do(cast.freelancer, "accept_full")
    assert payments.pay_out() == 1
    assert (case.row.state, waiting(broken)) == ("closed", 0)
    assert "The money of a case could not be moved" in caplog.text
