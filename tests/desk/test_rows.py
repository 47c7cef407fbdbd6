"""The desk's rows: written by what happens, and always what a fresh look at the case says."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from mediation.core import clock
from mediation.desk.actions.rows import refresh
from mediation.desk.models import QueueRow
from mediation.desk.queries import rows
from mediation.desk.queries.queue import in_queue
from mediation.desk.queries.rows import differing
from mediation.desk.rules.views import Queue
from mediation.disputes.actions import firing
from mediation.disputes.queries.undecided import undecided
from mediation.disputes.rules.states import State, Track
from mediation.events.dispatch import dispatch
from mediation.events.models import Event
from mediation.sla.actions import calendars, policies
from mediation.sla.actions.sweep import sweep
from mediation.sla.models import Calendar, Clock, ClockFact
from tests.cast import Cast
from tests.desk.conftest import elsewhere
from tests.desk.test_taking import waiting
from tests.disputes.stories import later
from tests.disputes.ways import case_in
from tests.sla.conftest import World

pytestmark = pytest.mark.django_db


def row(world: World) -> QueueRow:
    """As it is stored once everything was heard; and as a fresh look says."""
    world.hear()
    assert list(differing()) == []
    return QueueRow.objects.get(pk=world.dispute.pk)


def test_a_draft_is_on_no_desk(world: World) -> None:
    refresh([world.dispute.pk])
    assert not QueueRow.objects.exists()


def test_the_row_follows_the_case_and_its_clocks(world: World) -> None:
    world.do(world.cast.client, "file")
    filed = row(world)
    assert (filed.is_open, filed.is_unclaimed, filed.turn, filed.metric) == (True, False, "party", "")
    world.do(world.cast.freelancer, "decline", reason="disagree", statement="I delivered what we agreed.")
    world.do(world.cast.freelancer, "ask_mediator", note="We cannot agree.")
    asked = row(world)
    assert (asked.is_unclaimed, asked.turn, asked.metric) == (True, "upwork", "CLAIM")
    assert asked.speaker_id == world.cast.freelancer.pk
    assert asked.order_at == asked.due_at == world.clock("CLAIM").due_at
    assert asked.begins_at < asked.soon_at < asked.risk_at < asked.due_at
    world.do(world.cast.mediator, "claim")
    claimed = row(world)
    assert (claimed.is_unclaimed, claimed.mediator_id, claimed.metric) == (False, world.cast.mediator.pk, "TTFR")
    world.cast.say(world.cast.mediator, "Good morning, both.")
    greeted = row(world)
    assert (greeted.turn, greeted.metric) == ("party", "PUT")
    world.at(minutes=30)
    world.cast.say(world.cast.client, "When will you look at it?")
    waiting = row(world)
    assert (waiting.turn, waiting.metric) == ("upwork", "NRT")
    assert greeted.changed_at < waiting.changed_at


def test_a_hold_stops_the_clocks_and_every_decision(world: World) -> None:
    world.ask()
    world.do(world.cast.senior, "hold", reason="Looking into it.")
    held = row(world)
    assert (held.due_at, held.risk_at, held.metric) == (None, None, "")
    assert held.order_at.year == 9999
    world.do(world.cast.senior, "unhold")
    assert row(world).metric == "CLAIM"


def test_a_closed_case_is_off_the_desk_and_comes_back(world: World) -> None:
    world.do(world.cast.client, "file")
    world.do(world.cast.client, "withdraw")
    assert not row(world).is_open


def test_steps_on_the_way_change_no_row(world: World) -> None:
    world.ask()
    before = row(world)
    world.at(days=2)
    assert sweep() > 0
    after = row(world)
    assert (after.due_at, after.changed_at) == (before.due_at, before.changed_at)
    assert Clock.objects.filter(breached_at__isnull=False).exists()


def test_another_policy_and_other_hours_move_the_rows(world: World) -> None:
    world.ask()
    before = row(world)
    draft = policies.begin_draft(user=world.cast.admin)
    draft.lines.filter(metric="CLAIM").update(target_minutes=7 * 60)
    policies.publish(policy=draft)
    while policies.apply_newest():
        pass
    slower = row(world)
    assert slower.due_at > before.due_at
    calendar = Calendar.objects.get(pk=Clock.objects.get(metric="CLAIM").calendar_id)
    version = calendar.versions.get(published_at__isnull=False)
    version.pk, version.published_at, version.applied_at = None, clock.now(), None
    version.valid_from = (clock.now() - timedelta(days=1)).date()
    version.week = [[[13 * 60, 14 * 60]]] * 7
    version.save(force_insert=True)
    assert calendars.apply_published() > 0
    assert row(world).due_at > slower.due_at


def test_what_is_to_be_decided_is_what_the_case_says(cast: Cast) -> None:
    """The desk's rule and the case's own list of what waits for a decision say the same."""
    states = {State.LOG_REVIEW: Track.HOURLY, State.IN_ARBITRATION: Track.ESCROW, State.NON_RESOLUTION: Track.ESCROW}
    cases = [case_in(elsewhere(cast, state.value), state, track) for state, track in states.items()]
    with later(days=8):
        firing.sweep()
    cases.append(case_in(elsewhere(cast, "in time"), State.NON_RESOLUTION))
    refresh([case.id for case in cases])
    seniors = {row.pk for row in QueueRow.objects.filter(decision="senior")}
    anybodys = {row.pk for row in QueueRow.objects.filter(decision="anybody")}
    assert seniors | anybodys == {one.pk for one in undecided(cast.senior)}
    assert anybodys == {one.pk for one in undecided(cast.agent)}
    assert len(seniors) == 1 < len(anybodys)


def decided_by(person: User) -> set[UUID]:
    """What the person's queue of decisions holds, which is what waits for them on the other page too."""
    queue = {one.pk for one in in_queue(person, Queue.DECIDE, clock.now())}
    assert queue == {one.pk for one in undecided(person)}
    return queue


def test_an_objection_waits_for_seniors_until_it_is_decided(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    case.do(cast.client, "object_to_mediator", reason="They know each other.")
    hear()
    assert QueueRow.objects.get().decision == "senior"
    assert [len(decided_by(who)) for who in (cast.agent, cast.senior, cast.supervisor)] == [0, 1, 1]
    case.do(cast.senior, "decide_objection", reason="They do not.", is_upheld=False)
    hear()
    assert list(differing()) == []
    assert [len(decided_by(who)) for who in (cast.agent, cast.senior, cast.supervisor)] == [0, 0, 0]


def test_a_review_brings_a_closed_case_back_to_the_desk_of_who_leads(cast: Cast) -> None:
    case = case_in(cast, State.CLOSED)
    hear()
    assert not QueueRow.objects.get().is_open
    case.do(cast.client, "ask_review", reason="Nobody read my files.")
    hear()
    row = QueueRow.objects.get()
    assert (row.is_open, row.decision, row.turn) == (True, "lead", "upwork")
    assert [len(decided_by(who)) for who in (cast.agent, cast.senior, cast.supervisor)] == [0, 0, 1]
    case.do(cast.supervisor, "decide_review", reason="They were read.", is_upheld=False)
    hear()
    assert not QueueRow.objects.get().is_open
    assert list(differing()) == []
    assert decided_by(cast.supervisor) == set()


def hear() -> None:
    while dispatch():
        pass


def test_the_command_finds_and_mends_what_differs(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.ask()
    world.hear()
    call_command("rebuild_queue", "--check")
    QueueRow.objects.update(is_unclaimed=False, due_at=None)
    with pytest.raises(CommandError, match="1 rows differ"):
        call_command("rebuild_queue", "--check")
    call_command("rebuild_queue")
    call_command("rebuild_queue", "--check")
    QueueRow.objects.all().delete()
    with pytest.raises(CommandError):
        call_command("rebuild_queue", "--check")
    call_command("rebuild_queue")
    assert QueueRow.objects.get().is_unclaimed


def test_news_heard_twice_or_late_changes_nothing(world: World) -> None:
    """Events are handed over at least once; a clock that failed and is tried again still reaches the row."""
    world.ask()
    before = row(world)
    Event.objects.update(handled_at=None)
    world.at(minutes=5)
    assert row(world).changed_at == before.changed_at
    ClockFact.objects.all().delete()
    Clock.objects.all().delete()
    refresh([world.dispute.pk])
    assert row(world).metric == ""
    Event.objects.update(handled_at=None)
    assert row(world).metric == "CLAIM"


def test_a_higher_level_that_was_asked_for_waits_for_a_senior_and_stays_its_owners_turn(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    before = _heard(case.id)
    case.say(cast.mediator, "level_up", level=4, reason="She asks for more than I may decide.")
    asked = _heard(case.id)
    assert (asked.decision, asked.mediator_id, asked.turn) == ("senior", cast.mediator.pk, before.turn)
    case.say(cast.senior, "take_level")
    taken = _heard(case.id)
    assert (taken.decision, taken.mediator_id) == ("", cast.senior.pk)


def test_what_a_rule_asks_before_anybody_came_is_heard_by_the_desk(cast: Cast) -> None:
    case = case_in(cast, State.ESCALATED)
    refresh([case.id])
    case.say(None, "raise_level", level=4, why="breach")
    assert _heard(case.id).decision == "senior"


def _heard(key: UUID) -> QueueRow:
    """As it is stored once everything was heard; and as a fresh look says."""
    while dispatch():
        pass
    assert list(differing()) == []
    return QueueRow.objects.get(pk=key)


def test_rows_are_compared_some_at_a_time_and_none_is_left_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the last cases fill a part, and where they do not."""
    cases = [waiting(cast, name) for name in ("one", "two", "three")]
    QueueRow.objects.all().delete()
    for some in (1, 2, 3, 4):
        monkeypatch.setattr(rows, "AT_ONCE", some)
        assert sorted(differing()) == sorted(cases)
    refresh(cases[:1])
    assert sorted(differing()) == sorted(cases[1:])
