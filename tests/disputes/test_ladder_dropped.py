"""A higher level that is asked for no more: who may say so of what a person asked for, and of what a rule did."""

import pytest

from accounts.rules import Role
from mediation.conversations.models import Message
from mediation.core.errors import Refused
from mediation.disputes import errors
from mediation.disputes.models import LevelAsk
from mediation.disputes.rules.ladder import Rung, Why, may_be_raised, may_drop
from tests.disputes.cases import Case
from tests.disputes.test_ladder import WHY, ask, asked, case, commands

__all__ = ["case"]


@pytest.mark.parametrize(
    ("asked", "may"),
    [
        ({}, True),
        ({4: Why.ASKED}, True),  # whoever asked could take it back
        ({4: Why.BREACH}, False),
        ({5: Why.AMOUNT}, True),
    ],
)
def test_what_a_rule_may_ask(asked: dict[int, Why], may: bool) -> None:
    assert may_be_raised(4, Rung.MEDIATOR, asked) is may
    assert not may_be_raised(4, Rung.SENIOR, asked)


@pytest.mark.parametrize("why", Why)
@pytest.mark.parametrize("level", [4, 5, 6])
@pytest.mark.parametrize("role", Role)
def test_who_may_say_that_a_level_is_not_needed(role: Role, level: int, why: Why) -> None:
    least = {Role.SENIOR: 4, Role.EE: 5, Role.SUPERVISOR: 6}
    may = level != 6 and level <= least.get(role, 0)
    assert may_drop(role.value, {level: why}, is_owner=False) == ({Rung(level)} if may else set())
    own = level != 6 and why is Why.ASKED
    assert may_drop(role.value, {level: why}, is_owner=True) == ({Rung(level)} if own else set())


def test_the_owner_can_do_without_but_not_without_trust_and_safety(case: Case) -> None:
    ask(case)
    ask(case, 6)
    case.say(case.cast.mediator, "drop_level", reason="We found a way.")
    assert asked(case) == [(4, "asked", False), (6, "asked", True)]
    with pytest.raises(errors.NothingOpen):
        case.say(case.cast.mediator, "drop_level", reason="Again.")


@pytest.mark.parametrize("name", ["senior", "ee", "supervisor"])
def test_what_a_rule_asked_for_is_dropped_by_who_is_above_and_not_by_the_owner(case: Case, name: str) -> None:
    case.say(None, "raise_level", level=4, why="breach")
    assert "drop_level" not in commands(case, case.cast.mediator)
    with pytest.raises(errors.LevelOfOthers):
        case.say(case.cast.mediator, "drop_level", reason="It is nothing.")
    with pytest.raises(errors.NotYours):
        case.say(case.cast.agent, "drop_level", reason="It is nothing.")
    above = getattr(case.cast, name)
    assert "drop_level" in commands(case, above)
    with pytest.raises(Refused):
        case.say(above, "drop_level", reason=" ")
    case.say(above, "drop_level", reason="They agree already.")
    assert asked(case) == [(4, "breach", False)]
    assert Message.objects.get(thread__audience="internal", body="They agree already.").author == above


def test_the_owner_takes_back_what_they_asked_and_what_a_rule_asked_waits_on(case: Case) -> None:
    ask(case, 5)
    case.say(None, "raise_level", level=4, why="amount")
    case.say(case.cast.mediator, "drop_level", reason="We found a way.")
    assert [(level, is_open) for level, _why, is_open in sorted(asked(case))] == [(4, True), (5, False)]
    with pytest.raises(errors.LevelOfOthers):
        case.say(case.cast.mediator, "drop_level", reason="Again.")


def test_a_rule_that_comes_to_what_a_person_asked_makes_it_the_rules(case: Case) -> None:
    ask(case)
    case.say(None, "raise_level", level=4, why="breach")
    assert asked(case) == [(4, "breach", True)]
    kept = LevelAsk.objects.get()
    assert (kept.asked_by, kept.note) == (case.cast.mediator, WHY)
    with pytest.raises(errors.LevelReached):
        case.say(None, "raise_level", level=4, why="breach")
    with pytest.raises(errors.LevelOfOthers):
        case.say(case.cast.mediator, "drop_level", reason="We found a way.")


def test_a_senior_does_not_send_away_what_was_asked_above_them(case: Case) -> None:
    ask(case, 5)
    with pytest.raises(errors.LevelOfOthers):
        case.say(case.cast.senior, "drop_level", reason="I can do that.")
    case.say(case.cast.ee, "drop_level", reason="It is not for us.")
    assert asked(case) == [(5, "asked", False)]


def test_who_knows_a_party_does_not_say_that_no_help_is_needed(case: Case) -> None:
    case.row.objections.create(
        mediator=case.cast.senior, raised_by=case.cast.client, reason="Once before.", is_upheld=True,
        raised_at=case.row.created_at, decided_at=case.row.created_at,
    )  # fmt: skip
    case.say(None, "raise_level", level=4, why="breach")
    with pytest.raises(errors.ConflictOfInterest):
        case.say(case.cast.senior, "drop_level", reason="It is nothing.")
