"""Taking a case: one winner, everybody else is told who that is; also on the same moment, with real threads."""

from functools import partial
from uuid import UUID

import pytest

from accounts.models import User
from mediation.conversations.models import Member
from mediation.core.errors import Forbidden, NotFound
from mediation.desk.actions.rows import refresh
from mediation.desk.actions.taking import claim
from mediation.desk.errors import NotWaiting, Taken
from mediation.desk.models import QueueRow
from mediation.disputes.errors import ConflictOfInterest, TooManyCases
from mediation.disputes.models import CaseEntry, Dispute, Policy
from tests.at_once import at_once
from tests.cast import Cast, make_contract, person
from tests.desk.conftest import elsewhere
from tests.disputes.cases import check_chains
from tests.disputes.ways import start


def waiting(cast: Cast, name: str = "one") -> UUID:
    case = start(elsewhere(cast, name), has_claim=False)
    refresh([case.id])
    return case.id


@pytest.mark.django_db
def test_who_takes_it_has_it_and_is_in_the_room(cast: Cast) -> None:
    case = waiting(cast)
    taken = claim(user=cast.agent, dispute_id=case)
    assert taken.mediator == cast.agent
    row = QueueRow.objects.get(pk=case)
    assert (row.is_unclaimed, row.mediator) == (False, cast.agent)
    assert Member.objects.filter(room=taken.room, user=cast.agent, role="mediator", left_at=None).exists()


@pytest.mark.django_db
def test_who_presses_twice_has_it_once(cast: Cast) -> None:
    case = waiting(cast)
    first, second = (claim(user=cast.agent, dispute_id=case) for _ in range(2))
    assert first.version == second.version
    assert CaseEntry.objects.filter(dispute=case, type="dispute.claim").count() == 1


@pytest.mark.django_db
def test_who_is_too_late_is_told_who_was_first(cast: Cast) -> None:
    """Also from a list that is older than the claim; and the row is put right by the attempt."""
    case = waiting(cast)
    claim(user=cast.senior, dispute_id=case)
    QueueRow.objects.update(is_unclaimed=True, mediator=None)
    with pytest.raises(Taken) as late:
        claim(user=cast.agent, dispute_id=case)
    assert str(late.value.message) == "Sam Okafor took this case before you. Take the next one."
    assert late.value.detail == {"taken_by": {"id": str(cast.senior.pk), "name": "Sam Okafor"}}
    assert not QueueRow.objects.get(pk=case).is_unclaimed


@pytest.mark.django_db
def test_what_nobody_waits_for_any_more_is_nobodys(cast: Cast) -> None:
    case = start(elsewhere(cast, "claim"))
    case.do(case.cast.client, "file")
    refresh([case.id])
    with pytest.raises(NotWaiting):
        claim(user=cast.agent, dispute_id=case.id)


@pytest.mark.django_db
def test_only_who_mediates_takes_cases(cast: Cast) -> None:
    case = waiting(cast)
    for reader in (cast.supervisor, cast.qa):
        with pytest.raises(Forbidden):
            claim(user=reader, dispute_id=case)
    for other in (cast.client, cast.analyst, cast.admin, cast.outsider):
        with pytest.raises(NotFound):
            claim(user=other, dispute_id=case)
    assert Dispute.objects.get(pk=case).mediator is None


@pytest.mark.django_db
def test_the_case_checks_conflict_and_capacity(cast: Cast) -> None:
    case = waiting(cast)
    client = Dispute.objects.get(pk=case).filer
    make_contract(client, cast.agent)
    with pytest.raises(ConflictOfInterest):
        claim(user=cast.agent, dispute_id=case)
    Policy.objects.update(terms={**Policy.objects.get().terms, "cases_at_once": 1})
    claim(user=cast.senior, dispute_id=waiting(cast, "two"))
    with pytest.raises(TooManyCases):
        claim(user=cast.senior, dispute_id=case)
    claim(user=cast.senior, dispute_id=case, reason="Nobody else speaks Dutch today.")
    assert QueueRow.objects.get(pk=case).mediator == cast.senior


@pytest.mark.django_db(transaction=True)
def test_many_take_the_same_case_at_once(live_cast: Cast) -> None:
    """One has it; every other one reads the winner's name, whatever they met on the way."""
    case = waiting(live_cast)
    agents = [live_cast.mediator, live_cast.agent, live_cast.senior, live_cast.ee, *_more(4)]
    results = at_once(*(partial(claim, user=agent, dispute_id=case) for agent in agents))
    [winner] = [agent for agent, one in zip(agents, results, strict=True) if isinstance(one, Dispute)]
    losers = [one for one in results if isinstance(one, Taken)]
    assert len(losers) == len(agents) - 1, results
    assert {one.detail["taken_by"]["name"] for one in losers} == {winner.name}
    assert QueueRow.objects.get(pk=case).mediator == winner
    assert Member.objects.filter(room__contract__title="Job one", role="mediator", left_at=None).get().user == winner
    check_chains(case)


@pytest.mark.django_db(transaction=True)
def test_the_row_is_right_however_many_write_it_at_once(live_cast: Cast) -> None:
    case = waiting(live_cast)
    QueueRow.objects.all().delete()
    jobs = [partial(refresh, [case]) for _ in range(4)]
    results = at_once(*jobs, partial(claim_when_there, live_cast.agent, case))
    assert not [one for one in results[:4] if isinstance(one, Exception)], results
    refresh([case])
    row = QueueRow.objects.get(pk=case)
    assert row.mediator_id == Dispute.objects.get(pk=case).mediator_id


def claim_when_there(user: User, case: UUID) -> object:
    refresh([case])
    return claim(user=user, dispute_id=case)


def _more(count: int) -> list[User]:
    return [person(f"Agent {number}", "agent") for number in range(count)]
