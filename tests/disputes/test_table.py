"""The table is the only source: it is whole, unambiguous, and every (state, command, role) is decided by it."""

from itertools import product

import pytest

from mediation.disputes.actions import (
    saying,  # noqa: F401  (brings the effects)
    step,
)
from mediation.disputes.rules import guards, table
from mediation.disputes.rules.states import Actor, State, Track


def test_every_guard_and_effect_that_it_names_exists_and_none_is_left_over() -> None:
    assert {name for line in table.TABLE for name in line.guards} == guards.known()
    assert {name for line in table.TABLE for name in line.effects} == step.known()


@pytest.mark.parametrize("has_claim", [True, False])
@pytest.mark.parametrize("track", Track)
def test_at_most_one_line_fits(track: Track, has_claim: bool) -> None:
    for command, state in product(table.COMMANDS, State):
        lines = [line for line in table.TABLE if line.command == command]
        fitting = [line for line in lines if table.fits(line, state, track, has_claim=has_claim)]
        assert len(fitting) <= 1, (command, state)
        assert table.find(command, state, track, has_claim=has_claim) == (fitting[0] if fitting else None)


def test_from_every_open_state_there_is_a_way_to_the_end() -> None:
    ways = {state: {line.to or state for line in table.TABLE if state in line.states} for state in State}
    reached = {State.CLOSED}
    while grown := {state for state in State if ways[state] & reached} - reached:
        reached |= grown
    assert reached == set(State)


def test_whoever_has_the_ball_can_say_something() -> None:
    for state in set(State) - {State.CLOSED, State.EXECUTING}:
        said = {actor for line in table.TABLE if state in line.states for actor in line.who}
        assert said - {Actor.SYSTEM}, state


def test_no_offer_stands_where_none_can_be_answered() -> None:
    """Who leaves the states of offers closes them: there they would neither be taken nor be over."""
    for line in table.TABLE:
        if (
            line.to is not None
            and line.states & table.OFFERING
            and line.to not in table.OFFERING
            and line.claim is not False
        ):
            assert {"close_offers", "take_offer"} & set(line.effects), line.command


def test_who_closes_a_case_leaves_nothing_sealed_behind() -> None:
    for line in table.TABLE:
        if line.to is State.CLOSED and line.states != {State.DRAFT} and line.command != "cancel_ask":
            assert "finish" in line.effects, line.command
