"""A contract is ended by either side, once; what that does to its money and to the time to file a claim."""

from datetime import timedelta
from uuid import uuid4

import pytest

from mediation.conversations.models import Contract, Message, Milestone
from mediation.core.clock import iso
from mediation.core.errors import NotFound, Refused
from mediation.disputes import errors
from mediation.disputes.actions import auto_release
from mediation.disputes.models import LedgerEntry
from mediation.disputes.queries.milestones import contract_of
from mediation.disputes.rules.milestones import Act, can_end, check_can_end
from tests.cast import Cast
from tests.disputes.cases import AMOUNT, ledger_sum
from tests.disputes.stories import later
from tests.disputes.test_asking_back import WORDS, balance, check_files_until, do, drafted, end, fresh, shown, told
from tests.disputes.test_asking_back import held as held  # noqa: PLC0414


@pytest.mark.parametrize(
    ("role", "is_ended", "refusal"),
    [
        ("client", False, None),
        ("freelancer", False, None),
        ("client", True, errors.EndedAlready),
        ("mediator", False, errors.PartiesAct),
        (None, False, errors.PartiesAct),
    ],
)
def test_who_may_end_a_contract(role: str | None, is_ended: bool, refusal: type[Refused] | None) -> None:
    assert can_end(role, is_ended=is_ended) is (refusal is None)
    if refusal:
        with pytest.raises(refusal):
            check_can_end(role, is_ended=is_ended)


@pytest.mark.parametrize("who", ["client", "freelancer"])
def test_a_contract_is_ended_once_by_either_side_and_moves_no_money(cast: Cast, held: Milestone, who: str) -> None:
    case, person, command_id = drafted(cast, held), getattr(cast, who), uuid4()
    assert contract_of(person, cast.room.pk)["can_end"]
    for _twice in range(2):
        end(cast, person, command_id=command_id)
    contract = Contract.objects.get(pk=cast.room.contract_id)
    assert (contract.status, told()) == ("ended", ["contract.ended"])
    assert LedgerEntry.objects.filter(account__in=["client", "freelancer"]).count() == 0
    assert Message.objects.get(code="contract.ended").params == {"text": WORDS}
    for other in (cast.client, cast.freelancer):
        assert not contract_of(other, cast.room.pk)["can_end"]
        with pytest.raises(errors.EndedAlready):
            end(cast, other)
    with pytest.raises(errors.ContractOver):
        do(cast, cast.freelancer, Act.SUBMIT)
    assert contract.ended_at
    ends = contract.ended_at + timedelta(days=7)
    assert shown(cast, cast.client)["claim_until"] == iso(ends)
    check_files_until(cast, case, ends)


def test_after_the_end_a_client_pays_what_nobody_submitted(cast: Cast, held: Milestone) -> None:
    with pytest.raises(errors.NotSubmitted):
        do(cast, cast.client, Act.APPROVE)
    end(cast, cast.client)
    do(cast, cast.client, Act.APPROVE)
    assert (fresh(held).status, balance(cast, "freelancer"), ledger_sum()) == ("released", AMOUNT, 0)


def test_what_was_submitted_before_the_end_is_still_paid_by_itself(cast: Cast, held: Milestone) -> None:
    do(cast, cast.freelancer, Act.SUBMIT)
    end(cast, cast.client)
    with later(days=15):
        assert auto_release.release_due() == 1


def test_asked_back_after_the_end_the_time_begins_anew(cast: Cast, held: Milestone) -> None:
    end(cast, cast.freelancer)
    with later(days=20):
        do(cast, cast.client, Act.ASK_BACK)
        assert shown(cast, cast.client)["claim_until"] == iso(fresh(held).refund_asked_at + timedelta(days=7))
        do(cast, cast.client, Act.WITHDRAW)
        ended_at = Contract.objects.get(pk=cast.room.contract_id).ended_at
        assert ended_at
        assert shown(cast, cast.client)["claim_until"] == iso(ended_at + timedelta(days=7))


def test_an_end_needs_words_an_id_of_its_own_and_a_party(cast: Cast, held: Milestone) -> None:
    with pytest.raises(errors.ReasonMissing):
        end(cast, cast.client, reason="  ")
    asked = uuid4()
    do(cast, cast.client, Act.ASK_BACK, command_id=asked)
    with pytest.raises(errors.IdUsed):
        end(cast, cast.client, command_id=asked)
    cast.mediate()
    for person, refusal in (
        (cast.mediator, errors.PartiesAct), (cast.senior, errors.PartiesAct), (cast.outsider, NotFound),
        (cast.outside_freelancer, NotFound), (cast.analyst, NotFound),
    ):  # fmt: skip
        with pytest.raises(refusal):
            end(cast, person)
    assert told() == ["milestone.asked_back"]
