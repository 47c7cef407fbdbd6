"""The escalation ladder: who may ask for a higher level and take it, that the owner stays until then, and that the
parties see no more than that a senior mediator came.
"""

from functools import partial
from typing import Any

import pytest

from accounts.rules import Role
from mediation.conversations.models import Member, Message
from mediation.core.errors import Refused
from mediation.disputes import errors
from mediation.disputes.models import CaseEntry, Dispute, LevelAsk, Policy
from mediation.disputes.queries.case import case_view
from mediation.disputes.rules import ladder
from mediation.disputes.rules.ladder import (
    ASKABLE,
    Rung,
    may_be_asked,
    may_take,
    stands_at,
)
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import State
from tests.at_once import at_once
from tests.cast import Cast, person
from tests.disputes.cases import Case, check_chains
from tests.disputes.ways import case_in

WHY = "She asks for more than I may decide."


# --- Rules ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "rung"), [(None, 2), (Role.AGENT, 3), (Role.SENIOR, 4), (Role.EE, 5), (Role.SUPERVISOR, 2), (Role.QA, 2)]
)
def test_a_case_stands_where_its_owner_stands(role: Role | None, rung: int) -> None:
    assert stands_at(role and role.value) == rung


@pytest.mark.parametrize(
    ("rung", "stands", "asked", "may"),
    [
        (4, 3, (), True),
        (4, 2, (), True),
        (4, 4, (), False),  # a senior has it
        (4, 5, (), False),
        (5, 4, (), True),
        (5, 3, (4,), True),  # still higher
        (4, 3, (4,), False),  # asked for already
        (6, 5, (4, 5), True),
        (3, 2, (), False),  # nobody asks for what is the queue's
        (1, 2, (), False),
        (7, 3, (), False),
    ],
)
def test_what_may_be_asked(rung: int, stands: int, asked: tuple[int, ...], may: bool) -> None:
    assert may_be_asked(rung, Rung(stands), asked) is may


@pytest.mark.parametrize("role", Role)
def test_each_level_is_taken_by_its_own_people(role: Role) -> None:
    own = {Role.SENIOR: {Rung.SENIOR}, Role.EE: {Rung.EE}, Role.SUPERVISOR: {Rung.SAFETY}}
    assert may_take(role.value, [rung.value for rung in ASKABLE]) == own.get(role, set())
    assert may_take(role.value, ()) == set()


def test_a_sum_above_the_limit_and_a_clock_half_over_its_time_are_for_a_senior() -> None:
    terms = Terms(senior_above_minor=100_000)
    assert [ladder.is_for_a_senior(minor, terms) for minor in (100_000, 100_001)] == [False, True]
    assert [ladder.is_breach_for_a_senior(percent) for percent in (100, 149, 150)] == [False, False, True]


# --- Asking and taking ---------------------------------------------------------------------------------------------
@pytest.fixture
def case(cast: Cast) -> Case:
    return case_in(cast, State.MEDIATING)


def asked(case: Case) -> list[tuple[int, str, bool]]:
    return [(one.level, one.why, one.ended_at is None) for one in LevelAsk.objects.order_by("asked_at", "level")]


def ask(case: Case, level: int = 4, **more: Any) -> None:
    case.say(case.cast.mediator, "level_up", level=level, reason=WHY, **more)


def commands(case: Case, person: Any) -> set[str]:
    return {one["command"] for one in case_view(case.row, person)["actions"] if one["allowed"]}


def test_the_owner_stays_until_a_senior_takes_the_case(case: Case) -> None:
    cast = case.cast
    assert "take_level" not in commands(case, cast.senior)
    ask(case)
    assert case.row.mediator_id == cast.mediator.pk
    assert "take_level" in commands(case, cast.senior)
    assert "take_level" not in commands(case, cast.supervisor)
    case.say(cast.senior, "take_level")
    assert case.row.mediator_id == cast.senior.pk
    here = Member.objects.filter(room=cast.room, role="mediator", left_at__isnull=True)
    assert list(here.values_list("user", flat=True)) == [cast.senior.pk]
    assert asked(case) == [(4, "asked", False)]
    assert LevelAsk.objects.get().taken_by == cast.senior
    assert "level_up" in commands(case, cast.senior), "there is still a level above"
    check_chains(case.id)


def test_what_is_asked_is_asked_once(case: Case) -> None:
    ask(case)
    with pytest.raises(errors.LevelReached):
        ask(case)
    ask(case, 5)
    ask(case, 6)
    assert "level_up" not in commands(case, case.cast.mediator)


def test_a_reason_is_given_and_stands_among_the_notes(case: Case) -> None:
    with pytest.raises(Refused):
        case.say(case.cast.mediator, "level_up", level=4, reason=" ")
    ask(case)
    said = Message.objects.filter(thread__audience="internal", body=WHY)
    assert said.get().author == case.cast.mediator


def test_nobody_takes_what_was_not_asked_of_their_level(case: Case) -> None:
    cast = case.cast
    for one in (cast.senior, cast.ee):
        with pytest.raises(errors.NothingOpen):
            case.say(one, "take_level")
    ask(case, 5)
    with pytest.raises(errors.NothingOpen):
        case.say(cast.senior, "take_level")
    case.say(cast.ee, "take_level")
    assert case.row.mediator_id == cast.ee.pk


def test_whoever_is_above_meets_what_was_asked_below(case: Case) -> None:
    ask(case, 4)
    ask(case, 5)
    case.say(case.cast.ee, "take_level")
    assert asked(case) == [(4, "asked", False), (5, "asked", False)]


def test_a_senior_in_conflict_takes_nothing(case: Case) -> None:
    case.row.objections.create(
        mediator=case.cast.senior, raised_by=case.cast.client, reason="Once before.", is_upheld=True,
        raised_at=case.row.created_at, decided_at=case.row.created_at,
    )  # fmt: skip
    ask(case)
    with pytest.raises(errors.ConflictOfInterest):
        case.say(case.cast.senior, "take_level")
    assert case.row.mediator_id == case.cast.mediator.pk


def test_a_lead_who_gives_the_case_to_a_senior_answers_what_was_asked(case: Case) -> None:
    ask(case)
    case.say(case.cast.supervisor, "reassign", brief="They wait.", agent_id=case.cast.senior.pk)
    assert asked(case) == [(4, "asked", False)]


def test_another_agent_does_not_answer_it(case: Case) -> None:
    ask(case)
    case.say(case.cast.supervisor, "reassign", brief="They wait.", agent_id=case.cast.agent.pk)
    assert asked(case) == [(4, "asked", True)]


def test_trust_and_safety_looks_on_and_the_owner_stays(case: Case) -> None:
    with pytest.raises(errors.NothingOpen):
        case.say(case.cast.supervisor, "take_safety")
    ask(case, 6)
    before = Message.objects.exclude(thread__audience="internal").count()
    case.say(case.cast.supervisor, "take_safety")
    assert case.row.mediator_id == case.cast.mediator.pk
    assert Message.objects.exclude(thread__audience="internal").count() == before


# --- What the parties see ------------------------------------------------------------------------------------------
def test_the_parties_see_that_a_senior_mediator_came_and_nothing_of_what_was_asked(case: Case) -> None:
    cast = case.cast
    before = [case_view(case.row, one) for one in (cast.client, cast.freelancer)]
    ask(case)
    ask(case, 6)
    case.say(cast.supervisor, "take_safety")
    assert [case_view(case.row, one) for one in (cast.client, cast.freelancer)] == before
    assert before[0]["ladder"] is None
    case.say(cast.senior, "take_level")
    shown = case_view(case.row, cast.client)
    assert (shown["mediator"]["name"], shown["ladder"]) == (cast.senior.name, None)
    assert Message.objects.filter(thread=cast.joint, code="dispute.take_level").exists()


def test_a_senior_who_is_full_takes_it_with_a_reason_that_only_staff_read(case: Case) -> None:
    Policy.objects.filter(pk=case.row.policy_id).update(terms={"cases_at_once": 0})
    ask(case)
    with pytest.raises(errors.TooManyCases):
        case.say(case.cast.senior, "take_level")
    case.say(case.cast.senior, "take_level", override_reason="Nobody else is here.")
    kept = {one.audience: one.content for one in CaseEntry.objects.filter(type="dispute.take_level")}
    assert "override_reason" not in kept["joint"]
    assert kept["internal"]["override_reason"] == "Nobody else is here."
    check_chains(case.id)


@pytest.mark.parametrize("way", ["take_level", "reassign"])
def test_nobody_is_said_to_have_asked_for_a_mediator_when_one_follows_another(case: Case, way: str) -> None:
    cast, joint = case.cast, Message.objects.filter(thread=case.cast.joint)
    ask(case)
    before = joint.latest("seq").seq
    if way == "take_level":
        case.say(cast.senior, way)
    else:
        case.say(cast.supervisor, way, brief="They wait.", agent_id=cast.senior.pk)
    said = joint.filter(seq__gt=before).order_by("seq").values_list("code", flat=True)
    assert list(said) == ["member.left", "help.taken", "member.joined", f"dispute.{way}"]


def test_staff_see_where_it_stands_and_why(case: Case) -> None:
    ask(case)
    seen = case_view(case.row, case.cast.agent)["ladder"]
    assert seen["stands_at"] == 3
    assert [(one["level"], one["why"], one["note"], one["ended_at"]) for one in seen["asks"]] == [
        (4, "asked", WHY, None)
    ]


# --- Rules that ask by themselves ----------------------------------------------------------------------------------
def lower_the_limit(case: Case, to: int) -> None:
    Policy.objects.filter(pk=case.row.policy_id).update(terms={"senior_above_minor": to})


def test_a_sum_above_the_limit_asks_for_a_senior_when_a_mediator_is_asked_for(cast: Cast) -> None:
    case = case_in(cast, State.NEGOTIATING)
    lower_the_limit(case, case.row.amount_minor - 1)
    case.do(cast.client, "ask_mediator")
    assert asked(case) == [(4, "amount", True)]
    case.do(cast.mediator, "claim")  # until a senior has time, nobody waits
    assert asked(case) == [(4, "amount", True)]
    case.say(cast.senior, "take_level")
    assert asked(case) == [(4, "amount", False)]


def test_a_senior_who_comes_first_is_what_was_asked_for(cast: Cast) -> None:
    case = case_in(cast, State.NEGOTIATING)
    lower_the_limit(case, 0)
    case.do(cast.client, "ask_mediator")
    case.do(cast.senior, "claim")
    assert asked(case) == [(4, "amount", False)]


def test_a_usual_sum_asks_for_nobody(cast: Cast) -> None:
    case = case_in(cast, State.ESCALATED)
    assert asked(case) == []
    with pytest.raises(errors.NothingOpen):
        case.say(cast.supervisor, "drop_level", reason="There is none.")


def test_an_objection_that_is_upheld_asks_for_a_senior(case: Case) -> None:
    cast = case.cast
    case.say(cast.client, "object_to_mediator", reason="She knows him.")
    case.say(cast.senior, "decide_objection", is_upheld=True, reason="To be safe.")
    assert (case.row.state, asked(case)) == ("escalated", [(4, "objection", True)])


def test_one_that_a_person_asked_before_is_the_rules_from_then_on(case: Case) -> None:
    cast = case.cast
    ask(case)
    case.say(cast.client, "object_to_mediator", reason="She knows him.")
    case.say(cast.senior, "decide_objection", is_upheld=True, reason="To be safe.")
    assert asked(case) == [(4, "objection", True)]


def test_what_waited_in_an_earlier_round_waits_no_more(case: Case) -> None:
    ask(case)
    Dispute.objects.filter(pk=case.id).update(reopenings=1)
    assert case_view(case.row, case.cast.senior)["ladder"]["asks"] == []
    ask(case)
    assert asked(case) == [(4, "asked", True), (4, "asked", True)]


# --- Races ---------------------------------------------------------------------------------------------------------
def test_two_seniors_take_it_at_once_and_one_has_it(live_cast: Cast) -> None:
    case = case_in(live_cast, State.MEDIATING)
    ask(case)
    people = [live_cast.senior, person("Sonia Second", Role.SENIOR.value)]
    results = at_once(*(partial(case.say, one, "take_level") for one in people))
    assert sum(isinstance(one, Refused) for one in results) == 1, results
    assert Member.objects.filter(room=live_cast.room, role="mediator", left_at__isnull=True).count() == 1
    assert [one.taken_by for one in LevelAsk.objects.all()] == [case.row.mediator]
    check_chains(case.id)
