"""Automations: by time and through an index, once a case until it was undone, and never without an end."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mediation.core import sql
from mediation.desk.actions import automations
from mediation.desk.models import Automation, AutomationFiring, CaseTag, Handling, QueueRow
from mediation.desk.queries import automation_candidates
from mediation.desk.rules import rule_actions
from mediation.desk.rules.automations import is_undone
from mediation.desk.rules.conditions.fields import Use
from mediation.desk.tasks import forget_old_lines, sweep_automations
from tests.at_once import at_once
from tests.cast import Cast
from tests.desk.rules import automation, deeds, read, trigger
from tests.sla.conftest import World

pytestmark = pytest.mark.django_db
UNTAGGED = ("tags", "not_includes", "slow")
TAG = (("add_tags", "slow"),)


def tags() -> list[str]:
    return sorted(CaseTag.objects.values_list("name", flat=True))


def test_it_is_done_once_when_its_time_has_come(world: World) -> None:
    automation("Slow", ("since_filed", "greater_than", "24"), UNTAGGED, do=(*TAG, ("set_priority", "high")))
    world.ask()
    world.at(hours=24)
    assert sweep_automations() == 0
    world.at(hours=24, seconds=1)
    assert [sweep_automations(), sweep_automations()] == [1, 0]
    assert tags() == ["slow"]
    assert QueueRow.objects.get().priority == "high"
    firing = AutomationFiring.objects.get()
    assert firing.undone_at is not None  # the next sweep saw that the tag ends it
    assert [(one["field"], one["holds"], one["found"]) for one in firing.why] == [
        ("since_filed", True, "24.0"), ("tags", True, ""),
    ]  # fmt: skip


def test_once_undone_it_may_be_done_again(world: World) -> None:
    automation("Slow", ("since_filed", "greater_than", "1"), UNTAGGED, do=TAG)
    world.ask()
    world.at(hours=2)
    sweep_automations()
    sweep_automations()
    CaseTag.objects.all().delete()
    assert sweep_automations() == 1
    assert AutomationFiring.objects.count() == 2


def test_while_it_was_not_seen_undone_it_is_not_done_again(world: World) -> None:
    """Somebody takes the tag away before anybody looked: the conditions never ceased to hold."""
    automation("Slow", ("since_filed", "greater_than", "1"), UNTAGGED, do=TAG)
    world.ask()
    world.at(hours=2)
    sweep_automations()
    CaseTag.objects.all().delete()
    assert [sweep_automations(), sweep_automations()] == [0, 0]


@pytest.mark.parametrize(
    ("row", "hours", "fits"),
    [
        (("since_state", "greater_than", "2"), 2.1, True),
        (("since_state", "less_than", "2"), 1.9, True),
        (("since_state", "less_than", "2"), 2.1, False),
        (("since_opened", "greater_than", "1"), 1.1, True),
        (("since_updated", "greater_than", "1"), 0.9, False),
        (("since_party_wrote", "greater_than", "1"), 5, False),
        (("since_assigned", "greater_than", "1"), 5, False),
        (("since_filed", "greater_than_business", "13.5"), 30, True),  # seven on Monday, seven on Tuesday
        (("since_filed", "greater_than_business", "14.5"), 30, False),
        (("since_filed", "less_than_business", "14.5"), 30, True),
        (("until_breach", "less_than", "1"), 1.5, True),  # a mediator is due two hours after it was asked
        (("until_breach", "less_than", "1"), 0.5, False),
        (("until_breach", "greater_than", "1"), 0.5, True),
        (("since_breach", "greater_than", "0.5"), 2.6, True),
        (("since_breach", "greater_than", "0.5"), 2.4, False),
        (("since_breach", "less_than", "0.5"), 2.4, True),
    ],
)
def test_each_time_is_found_by_its_index_and_judged(world: World, row: Any, hours: float, fits: bool) -> None:
    automation("It", row, UNTAGGED, do=TAG)
    world.ask()
    world.at(hours=hours)
    world.hear()
    assert bool(sweep_automations()) is fits


def test_a_party_s_deadline_is_a_time_too(world: World) -> None:
    automation("Soon", ("until_due", "less_than", "24"), UNTAGGED, do=TAG)
    world.do(world.cast.client, "file")
    world.hear()
    due = Handling.objects.get().deadline_at
    assert due is not None
    assert sweep_automations() == 0
    world.traveller.move_to(due - timedelta(hours=23))
    assert sweep_automations() == 1


def test_the_state_is_asked_before_any_case_is_locked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    looked, do = [], automations._do
    monkeypatch.setattr(automations, "_do", lambda *said: looked.append(said[0].name) or do(*said))
    for state in ("mediating", "escalated"):
        named = (("state", "is", state), ("since_filed", "greater_than", "1"), UNTAGGED)
        automation(state, *named, do=TAG)
    world.ask()
    world.at(hours=2)
    assert sweep_automations() == 1
    assert looked == ["escalated"]


def test_a_tag_that_is_taken_off_ends_its_condition(world: World) -> None:
    rows = (("since_updated", "greater_than", "1"), ("tags", "includes", "waiting"))
    automation("No longer", *rows, do=(("remove_tags", "waiting"),))
    world.ask()
    world.hear()
    CaseTag.objects.create(dispute=world.dispute, name="waiting")
    world.at(hours=2)
    assert [sweep_automations(), tags()] == [1, []]
    assert is_undone(read(*rows, use=Use.AUTOMATION), rule_actions.read(deeds(("remove_tags", "waiting"))))
    put_back = rule_actions.read(deeds(("remove_tags", "waiting"), ("add_tags", "waiting")))
    assert not is_undone(read(*rows, use=Use.AUTOMATION), put_back)


def test_cases_that_are_closed_are_left_alone(world: World) -> None:
    automation("Slow", ("since_filed", "greater_than", "1"), ("tags", "not_present"), do=TAG)
    world.ask()
    world.do(world.cast.client, "withdraw")
    world.at(hours=3)
    assert sweep_automations() == 0


def test_a_case_that_closes_after_it_was_found_is_left_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    automation("Slow", ("since_filed", "greater_than", "1"), UNTAGGED, do=TAG)
    world.ask()
    world.at(hours=2)
    do = automations._do

    def closed(*said: Any) -> bool:
        world.do(world.cast.client, "withdraw")
        world.hear()
        return do(*said)

    monkeypatch.setattr(automations, "_do", closed)
    assert sweep_automations() == 0
    assert (tags(), AutomationFiring.objects.exists()) == ([], False)


def test_one_that_fails_or_cannot_be_read_holds_up_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    Automation.objects.create(name="Broken", position=1, conditions={}, actions=[])
    automation("Bad", ("since_filed", "greater_than", "1"), UNTAGGED, do=(("add_note", "x"),), position=2)
    automation("Good", ("since_filed", "greater_than", "1"), UNTAGGED, do=TAG, position=3)
    monkeypatch.setattr("mediation.desk.actions.rule_acts.notes_thread", _fails_once())
    world.ask()
    world.at(hours=2)
    assert sweep_automations() == 1
    assert tags() == ["slow"]
    assert not AutomationFiring.objects.filter(automation__name="Bad").exists()


def _fails_once() -> Any:
    from mediation.conversations.actions.rooms import notes_thread

    calls = []

    def first(room: Any) -> Any:
        calls.append(room)
        if len(calls) == 1:
            raise RuntimeError
        return notes_thread(room)

    return first


def test_what_it_changes_is_heard_by_triggers(world: World) -> None:
    automation("Slow", ("since_filed", "greater_than", "1"), UNTAGGED, do=TAG)
    trigger("Heard", ("tags", "includes", "slow"), ("channel", "is", "rule"), do=(("set_priority", "urgent"),))
    world.ask()
    world.at(hours=2)
    sweep_automations()
    world.hear()
    assert QueueRow.objects.get().priority == "urgent"


def test_a_cut_sweep_goes_on_where_it_stopped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cases that never fit must not keep the ones behind them from being looked at."""
    monkeypatch.setattr(automation_candidates, "PAGE", 1)
    monkeypatch.setattr(automations, "MOST_PAGES", 1)
    made = automation("It", ("since_filed", "greater_than", "1"), ("reopened", "greater_than", "0"), do=TAG)
    world.ask()
    world.at(hours=2)
    sweep_automations()
    made.refresh_from_db()
    assert made.resume_case == world.dispute.pk
    sweep_automations()
    made.refresh_from_db()
    assert made.resume_case is None


def test_old_lines_are_forgotten(world: World) -> None:
    automation("Slow", ("since_filed", "greater_than", "1"), UNTAGGED, do=TAG)
    world.ask()
    world.at(hours=2)
    sweep_automations()
    sweep_automations()
    world.traveller.shift(timedelta(days=91))
    forget_old_lines()
    assert not AutomationFiring.objects.exists()


@pytest.mark.parametrize(
    ("row", "index"),
    [
        (("since_filed", "greater_than", "24"), "handling_filed"),
        (("since_state", "less_than", "24"), "handling_state"),
        (("until_due", "less_than", "24"), "handling_deadline"),
        (("since_breach", "greater_than", "1"), "queue_open"),
    ],
)
def test_candidates_are_found_by_an_index(world: World, row: Any, index: str) -> None:
    if sql.is_postgresql():
        pytest.skip("reads SQLite's plan")
    made = automation("It", row, UNTAGGED, do=TAG)
    asked = read(row, UNTAGGED, use=Use.AUTOMATION)
    with CaptureQueriesContext(connection) as said:
        automation_candidates.candidates(made, asked, world.at(hours=1).case.created_at, None)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {said.captured_queries[-1]['sql']}")
        plan = " ".join(line[3] for line in cursor.fetchall())
    assert f"USING INDEX {index}" in plan or f"USING COVERING INDEX {index}" in plan, plan


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_it_once(live_cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from mediation.core import clock
    from mediation.disputes.actions import claims
    from mediation.events.dispatch import dispatch

    automation("It", ("since_opened", "greater_than", "1"), UNTAGGED, do=(*TAG, ("add_note", "x")))
    claims.ask_without_claim(user=live_cast.client, room_id=live_cast.room.pk)
    while dispatch():
        pass
    Handling.objects.update(opened_at=clock.now() - timedelta(hours=2))
    results = at_once(*[automations.sweep] * 3)
    assert sorted(results, key=str) == [0, 0, 1]
    assert AutomationFiring.objects.count() == 1
