"""On which of the six levels a case is dealt with."""

import pytest

from accounts.rules import Role
from mediation.disputes.queries.levels import levels_of, waiting_for
from mediation.disputes.rules.ladder import Rung, level
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.ways import case_in


@pytest.mark.parametrize(
    ("state", "role", "is_with_safety", "rung"),
    [
        (State.NEGOTIATING, None, False, 1),
        (State.ESCALATED, None, False, 2),
        (State.MEDIATING, Role.AGENT, False, 3),
        (State.SETTLING, Role.SENIOR, False, 4),
        (State.CLOSED, Role.EE, False, 5),
        (State.MEDIATING, Role.QA, False, 2),  # the owner got another role: it waits for one
        (State.MEDIATING, Role.SENIOR, True, 6),
        (State.ESCALATED, None, True, 6),
    ],
)
def test_the_level_is_one_of_six(state: State, role: Role | None, is_with_safety: bool, rung: int) -> None:
    assert level(state, role and role.value, is_with_safety=is_with_safety) == rung


def test_trust_and_safety_has_a_case_from_when_it_takes_it_up(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    assert levels_of([case.id]) == {case.id: Rung.MEDIATOR}
    case.say(cast.mediator, "level_up", level=6, reason="Threats.")
    assert levels_of([case.id]) == {case.id: Rung.MEDIATOR}
    case.say(cast.supervisor, "take_safety")
    assert levels_of([case.id]) == {case.id: Rung.SAFETY}


def test_the_highest_level_that_was_asked_for_waits(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    assert waiting_for(case.row) is None
    case.say(cast.mediator, "level_up", level=4, reason="A large sum.")
    assert waiting_for(case.row) == Rung.SENIOR
    case.say(cast.mediator, "level_up", level=6, reason="Threats.")
    assert waiting_for(case.row) == Rung.SAFETY
    case.say(cast.supervisor, "take_safety")
    assert waiting_for(case.row) == Rung.SENIOR
