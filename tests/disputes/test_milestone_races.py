"""A milestone is submitted, claimed about, paid by itself, asked back and given back at the very same moment: one is
first, the others are told, and no money is made or lost.

Real threads, each with a connection of its own; on both databases.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import permutations
from uuid import uuid4

import pytest

from accounts.models import User
from mediation.conversations.models import Contract, Milestone
from mediation.core import clock
from mediation.core.errors import Refused
from mediation.disputes import errors
from mediation.disputes.actions import auto_release, contracts, ledger, milestones
from mediation.disputes.actions.transition import Result
from mediation.disputes.models import AutoRelease
from mediation.disputes.rules.milestones import Act
from mediation.disputes.rules.states import State
from mediation.events.models import Event
from tests.at_once import at_once
from tests.cast import Cast
from tests.disputes.cases import AMOUNT, Case, check_chains, ledger_sum
from tests.disputes.stories import later
from tests.disputes.ways import start

Job = Callable[[], object]


@pytest.fixture
def case(live_cast: Cast) -> Case:
    """A complete draft of Helen's about the third milestone, whose money is held."""
    return start(live_cast)


def doing(cast: Cast, who: User, act: Act) -> Job:
    said = {"user": who, "room_id": cast.room.pk, "position": 3, "command_id": uuid4(), "note": "Please."}
    return partial(milestones.act, act=act, **said)


def filing(case: Case) -> Job:
    return partial(case.say, case.cast.client, "file")


def milestone() -> Milestone:
    return Milestone.objects.get(position=3)


def check_money(case: Case) -> dict[str, int]:
    """All of it is in exactly one place, and every account of ours has what it should; returns who has how much."""
    contract, frozen = case.cast.room.contract_id, f"frozen:{case.id.hex}"
    accounts = {"escrow": f"escrow:{milestone().pk}", "frozen": frozen, "client": "client", "freelancer": "freelancer"}
    found = {name: ledger.balance(contract, account) for name, account in accounts.items()}
    assert ledger_sum() == 0
    assert sum(found.values()) == AMOUNT
    assert sorted(found.values()) == [0, 0, 0, AMOUNT], found
    check_chains(case.id)
    return found


def carried_out(results: list[object]) -> list[bool]:
    """Which were; what was not was refused in words, and nothing broke."""
    for one in results:
        assert one is None or isinstance(one, Result | Refused | int), repr(one)
    return [not isinstance(one, Refused) and one != 0 for one in results]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_submitted_one_is_claimed_about_paid_by_itself_and_given_back_at_once(
    case: Case, order: tuple[int, ...]
) -> None:
    auto_release.start(milestone(), due_at=clock.now() - timedelta(hours=1))
    Milestone.objects.update(status="submitted")
    jobs = [filing(case), auto_release.release_due, doing(case.cast, case.cast.freelancer, Act.GIVE_BACK)]
    results = at_once(*(jobs[one] for one in order))
    filed, released, given = carried_out([results[order.index(one)] for one in range(3)])
    assert [filed, released, given].count(True) == 1, results
    money = check_money(case)
    assert (money["frozen"], money["freelancer"], money["client"]) == (
        AMOUNT * filed, AMOUNT * released, AMOUNT * given
    )  # fmt: skip
    assert (case.row.state == State.AWAITING_RESPONSE) == filed
    assert milestone().status == ("submitted" if filed else "released" if released else "refunded")


@pytest.mark.parametrize("is_filed_first", [True, False])
def test_submitted_and_claimed_about_at_once_nothing_runs_on_behind_the_claim(case: Case, is_filed_first: bool) -> None:
    jobs = [filing(case), doing(case.cast, case.cast.freelancer, Act.SUBMIT)]
    results = at_once(*(jobs if is_filed_first else jobs[::-1]))
    filed, submitted = carried_out(results if is_filed_first else results[::-1])
    assert filed, "what was only submitted is held still"
    check_money(case)
    assert not AutoRelease.objects.filter(due_at__isnull=False).exists()
    case.say(case.cast.client, "withdraw")
    assert AutoRelease.objects.filter(due_at__isnull=False).count() == submitted
    with later(days=15):
        assert auto_release.release_due() == submitted
    assert milestone().status == ("released" if submitted else "funded")


@pytest.mark.parametrize("is_given_first", [True, False])
def test_asked_back_it_is_given_back_refused_and_asked_no_more_at_once(live_cast: Cast, is_given_first: bool) -> None:
    case = start(live_cast)
    doing(live_cast, live_cast.client, Act.ASK_BACK)()
    acts = [
        (live_cast.freelancer, Act.GIVE_BACK), (live_cast.freelancer, Act.REFUSE), (live_cast.client, Act.WITHDRAW)
    ]  # fmt: skip
    jobs = [doing(live_cast, who, act) for who, act in (acts if is_given_first else acts[::-1])]
    results = carried_out(at_once(*jobs))
    given, refused, withdrawn = results if is_given_first else results[::-1]
    assert [refused, withdrawn].count(True) <= 1, "it is answered or taken back, not both"
    assert given, "what nobody asks back any more can be given back too"
    assert check_money(case)["client"] == AMOUNT
    told = Event.objects.filter(type__in=["milestone.refused", "milestone.ask_withdrawn", "milestone.given_back"])
    assert told.count() == results.count(True)
    assert told.order_by("pk").last().type == "milestone.given_back"


def test_approved_and_given_back_at_once_it_is_somebodys(case: Case) -> None:
    auto_release.start(milestone(), due_at=clock.now() + timedelta(days=3))
    Milestone.objects.update(status="submitted")
    people = case.cast
    jobs = (doing(people, people.client, Act.APPROVE), doing(people, people.freelancer, Act.GIVE_BACK))
    approved, given = carried_out(at_once(*jobs))
    assert (approved, given).count(True) == 1
    money = check_money(case)
    assert (money["freelancer"], money["client"]) == (AMOUNT * approved, AMOUNT * given)


def test_the_same_act_sent_many_times_at_once_happens_once(case: Case) -> None:
    job = doing(case.cast, case.cast.freelancer, Act.GIVE_BACK)
    assert at_once(*[job] * 4) == [None] * 4
    assert check_money(case)["client"] == AMOUNT
    assert Event.objects.filter(type="milestone.given_back").count() == 1


def test_ended_by_both_sides_at_once_it_is_ended_once(live_cast: Cast) -> None:
    jobs = [
        partial(contracts.end, user=who, room_id=live_cast.room.pk, command_id=uuid4(), reason="It is enough.")
        for who in (live_cast.client, live_cast.freelancer)
    ]
    results = at_once(*jobs)
    assert sorted(isinstance(one, errors.EndedAlready) for one in results) == [False, True], results
    assert Event.objects.filter(type="contract.ended").count() == 1
    assert Contract.objects.get(pk=live_cast.room.contract_id).ended_at


def test_submitted_and_ended_at_once_it_was_in_time_or_is_told(case: Case) -> None:
    ending = partial(
        contracts.end, user=case.cast.client, room_id=case.cast.room.pk, command_id=uuid4(), reason="It is enough."
    )
    submitted, ended = carried_out(at_once(doing(case.cast, case.cast.freelancer, Act.SUBMIT), ending))
    assert ended
    told = Event.objects.filter(type__regex="^(milestone|contract)").order_by("pk")
    order = list(told.values_list("type", flat=True))
    assert order == (["milestone.submitted"] if submitted else []) + ["contract.ended"]
