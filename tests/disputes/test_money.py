"""Money that never moves twice: on hold, voided, settled anew, and after a case was opened again."""

import pytest

from mediation.disputes import errors
from mediation.disputes.actions import firing, ledger, payments
from mediation.disputes.actions.holdings import frozen_account
from mediation.disputes.models import CaseEntry, Dispute, Instruction
from mediation.disputes.queries.holdings import escrow_account, held
from mediation.disputes.rules.states import State, Track
from tests.cast import Cast
from tests.disputes.conftest import AMOUNT, Say
from tests.disputes.stories import later, offer, recommend, sign, state
from tests.disputes.ways import case_in


def settled(cast: Cast, say: Say, draft: Dispute, refund: int) -> None:
    say(cast.client, "accept_offer", **offer(cast, say, draft, refund))
    sign(cast, say, draft)


def test_money_waits_while_the_case_is_on_hold(cast: Cast, draft: Dispute, mediation: Say) -> None:
    settled(cast, mediation, draft, 30_000)
    mediation(cast.senior, "hold", reason="Trust and safety looks at it.")
    assert payments.pay_out() == 0
    assert not Instruction.objects.filter(confirmed_at__isnull=False).exists()
    mediation(cast.senior, "unhold")
    assert payments.pay_out() == 1


def test_a_voided_settlement_moves_nothing(cast: Cast, draft: Dispute, mediation: Say) -> None:
    settled(cast, mediation, draft, 30_000)
    mediation(cast.senior, "void", reason="One account was stolen.")
    assert payments.pay_out() == 0
    assert (state(draft), held(draft), draft.outcome) == ("closed", AMOUNT, "voided")
    assert CaseEntry.objects.get(dispute=draft, type="dispute.void").content["reason"] == "One account was stolen."


@pytest.mark.parametrize("second", [100_000, 10_000, 30_000])
def test_a_case_that_is_settled_again_moves_only_the_difference(
    cast: Cast, draft: Dispute, mediation: Say, second: int
) -> None:
    settled(cast, mediation, draft, 30_000)
    payments.pay_out()
    mediation(cast.supervisor, "reopen", reason="Not kept.", terms_not_kept=True, agent_id=cast.agent.pk)
    settled(cast, mediation, draft, second)
    assert payments.pay_out() == 1
    contract = cast.room.contract_id
    assert ledger.balance(contract, "client") == second
    assert ledger.balance(contract, "freelancer") == AMOUNT - second
    assert state(draft) == "closed"


def test_a_withdrawn_case_that_is_opened_again_freezes_its_money_again(
    cast: Cast, draft: Dispute, mediation: Say
) -> None:
    recommend(cast, mediation, draft)
    mediation(cast.client, "withdraw")
    mediation(cast.supervisor, "reopen", reason="Pressed to.", terms_not_kept=True, agent_id=cast.agent.pk)
    assert ledger.balance(cast.room.contract_id, frozen_account(draft)) == AMOUNT
    assert ledger.balance(cast.room.contract_id, escrow_account(draft)) == 0


def test_a_case_can_be_opened_again_for_thirty_days(cast: Cast, draft: Dispute, mediation: Say) -> None:
    mediation(cast.client, "withdraw")
    again = {"reason": "Not kept.", "terms_not_kept": True, "agent_id": cast.agent.pk}
    with later(days=31), pytest.raises(errors.TooLate):
        mediation(cast.supervisor, "reopen", **again)
    with later(days=29):
        assert mediation(cast.supervisor, "reopen", **again).state == "mediating"


def test_what_a_log_review_gave_back_stays_when_nobody_elects(cast: Cast) -> None:
    case = case_in(cast, State.LOG_REVIEW, Track.HOURLY)
    case.do(cast.agent, "record_log_review", slots=[{"slot": "Mon", "amount_minor": 30_000, "is_upheld": False}])
    payments.pay_out()
    case.do(cast.client, "ask_review")
    case.do(cast.supervisor, "decide_review")
    case.do(cast.supervisor, "reopen")
    for person in (cast.client, cast.freelancer):
        case.do(person, "decline_mediation")
    case.do(cast.agent, "declare_impasse")
    with later(days=8):
        firing.sweep()
        case.do(cast.agent, "confirm_no_arbitration")
        assert payments.pay_out() == 1
    assert (case.row.outcome, case.row.settled_refund_minor) == ("no_agreement", 30_000)
    assert ledger.balance(cast.room.contract_id, "client") == 30_000
