"""The machine is checked: each planted fault turns it red."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from mediation.core import clock
from mediation.core.errors import Refused
from mediation.disputes.actions import auto_release, holdings, milestones
from mediation.disputes.models import Heartbeat
from mediation.disputes.rules.guards import register
from mediation.disputes.rules.milestones import Act
from mediation.disputes.rules.states import State, Track
from tests.disputes.test_machine import Life

Patch = pytest.MonkeyPatch
Script = tuple[State, tuple[tuple[str, Act | str], ...]]  # who does or says what


def lives(script: Script) -> None:
    """One life of the machine, step by step instead of by luck, with all that must always hold after each step."""
    state, acts = script
    life = Life()
    try:
        life.begin(place=(Track.ESCROW, True, state))
        for name, act in acts:
            if isinstance(act, Act):
                life._try(name, milestones.act, act=act, position=3, command_id=uuid4(), note="For a reason.")
            else:
                with clock.at(life.now):
                    life._quietly(life.case.do, life.case.people[name], act)
            life.the_ledger_pays()
            for one in life.invariants:
                one.function(life)
    finally:
        life.teardown()


def anybody_may_do_anything(patch: Patch) -> None:
    """What a case decides about is submitted, paid and given back beside it."""
    patch.setattr(milestones, "check_can", lambda act, role, work: None)


def given_back_no_money_moves(patch: Patch) -> None:
    """The milestone says that it was paid or given back, and its money stays where it was."""
    patch.setattr(milestones, "_moved", lambda turn, why, target: {"amount_minor": 1, "currency": "USD"})


def a_refusal_leaves_a_trace(patch: Patch) -> None:
    """Who is told no has changed something all the same."""
    act = milestones.act

    def leaves(*, act_of: Callable[..., None] = act, **said: Any) -> None:
        try:
            act_of(**said)
        except Refused:
            Heartbeat.objects.create(seen_at=clock.now())
            raise

    patch.setattr(milestones, "act", leaves)


def what_is_asked_back_is_paid_by_itself(patch: Patch) -> None:
    """The days of a submitted milestone go on while it is asked back."""

    def asks_and_starts(turn: Any) -> None:
        auto_release.start(turn.milestone, due_at=turn.at)
        turn.tell({"days": 7}, refund_asked_at=turn.at, refund_answered_at=None)

    patch.setitem(milestones._DO, Act.ASK_BACK, asks_and_starts)


def opened_again_for_money_that_is_gone(patch: Patch) -> None:
    """What is not held any more is taken for paid, and nobody looks before it is taken back."""
    patch.setitem(register._guards, "money_there", lambda facts, payload: None)
    patch.setattr(holdings, "track_now", lambda dispute: Track.ASSISTANCE)
    patch.setattr(holdings, "check_back", lambda dispute, amount_minor: None)


BESIDE_A_CASE: Script = (State.AWAITING_RESPONSE, (("respondent", Act.GIVE_BACK),))
GIVEN_BACK: Script = (State.DRAFT, (("respondent", Act.GIVE_BACK),))
NOT_THEIRS: Script = (State.DRAFT, (("respondent", Act.ASK_BACK),))
ASKED_BACK: Script = (State.DRAFT, (("filer", Act.ASK_BACK),))
GIVEN_BACK_AND_OPENED: Script = (
    State.AWAITING_RESPONSE,
    (
        ("filer", "withdraw"),
        ("respondent", Act.GIVE_BACK),
        ("supervisor", "reopen"),
        ("agent", "propose_text"),
        ("filer", "accept_text"),
        ("respondent", "accept_text"),
    ),
)


@pytest.mark.parametrize(
    ("plant", "script"),
    [
        (anybody_may_do_anything, BESIDE_A_CASE),
        (given_back_no_money_moves, GIVEN_BACK),
        (a_refusal_leaves_a_trace, NOT_THEIRS),
        (what_is_asked_back_is_paid_by_itself, ASKED_BACK),
        (opened_again_for_money_that_is_gone, GIVEN_BACK_AND_OPENED),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_planted_fault_turns_the_machine_red(
    db: None, monkeypatch: pytest.MonkeyPatch, plant: Callable[[Patch], None], script: Script
) -> None:
    lives(script)  # green without it
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        lives(script)
