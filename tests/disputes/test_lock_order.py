"""Everybody locks in the same order, a case before its room: nobody waits in a ring. Real threads, both databases."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from mediation.conversations.actions import rooms
from mediation.conversations.models import Milestone
from mediation.core import clock
from mediation.core.errors import Refused
from mediation.disputes.actions import auto_release, claims, ledger, milestones, outages
from mediation.disputes.actions.transition import Result
from mediation.disputes.models import AutoRelease
from mediation.disputes.rules.milestones import Act
from mediation.disputes.rules.states import State
from tests.at_once import at_once
from tests.cast import Cast, make_contract
from tests.disputes.cases import AMOUNT, check_chains
from tests.disputes.funds import held_milestone
from tests.disputes.ways import case_in


@pytest.mark.parametrize("turn", range(4))
def test_who_asks_for_a_mediator_while_the_other_ends_the_case_waits_for_no_lock_in_a_ring(
    live_cast: Cast, turn: int
) -> None:
    """Ending a case locks the case and then its room; asking takes them in the same order."""
    case = case_in(live_cast, State.NEGOTIATING)
    helen, mateo = case.cast.client, case.cast.freelancer
    ask = partial(claims.ask_without_claim, user=mateo, room_id=case.row.room_id)
    results = at_once(ask, partial(case.say, helen, "withdraw"), ask)
    assert not [one for one in results if not isinstance(one, Result | Refused)], results
    check_chains(case.id)


@pytest.mark.parametrize("turn", range(3))
def test_an_outage_is_given_back_while_contracts_are_answered_and_paid(live_cast: Cast, turn: int) -> None:
    """Whoever moves what is paid by itself holds the money of its contract first, as everybody does."""
    now = clock.now()
    rooms_of = [
        live_cast.room,
        *(
            rooms.open_room(contract=make_contract(live_cast.client, live_cast.freelancer, title))
            for title in ("Shop", "App")
        ),
    ]
    for room in rooms_of:
        for position in (1, 2):
            made = held_milestone(room.contract, AMOUNT, position=position + 6)
            auto_release.start(made, due_at=now + timedelta(hours=position))
    outage = {"began_at": now - timedelta(hours=3), "ended_at": now - timedelta(hours=1)}
    record = partial(outages.record, user=live_cast.supervisor, reason="The network was down.", **outage)
    gives = {"user": live_cast.freelancer, "act": Act.GIVE_BACK}
    answers = [
        partial(milestones.act, room_id=room.pk, position=position, command_id=uuid4(), **gives)
        for room in rooms_of
        for position in (8, 7)
    ]
    results = at_once(record, *answers, record)
    assert not [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)], results
    assert Milestone.objects.filter(status="refunded").count() == len(answers)


def test_the_money_of_a_contract_is_held_before_its_release_moves(
    cast: Cast, milestone: Milestone, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    lock, locked = ledger.lock, auto_release._locked
    monkeypatch.setattr(ledger, "lock", lambda contract: order.append("money") or lock(contract))
    monkeypatch.setattr(auto_release, "_locked", lambda: order.append("release") or locked())
    due = clock.now() + timedelta(hours=2)
    auto_release.start(milestone, due_at=due)
    auto_release.move(clock.now(), due + timedelta(hours=1), to=lambda due_at: due_at + timedelta(hours=3))
    assert order == ["money", "release"]
    assert AutoRelease.objects.get().due_at == due + timedelta(hours=3)
