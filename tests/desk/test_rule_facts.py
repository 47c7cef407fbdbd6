"""What conditions are asked about: each fact of a case, and of the event that is heard."""

from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from accounts.models import User
from mediation.core import clock
from mediation.desk.models import Handling, TriggerLog
from mediation.desk.queries import dry_run as dry_runs
from mediation.desk.queries.dry_run import dry_run
from mediation.desk.queries.rule_facts import CaseFacts
from mediation.desk.queries.scenes import scene_of
from mediation.desk.rules.conditions import reading
from mediation.desk.rules.conditions.fields import Use
from mediation.disputes.models import Dispute
from mediation.events.models import Event
from mediation.sla.tasks import sweep
from tests.cast import Cast
from tests.desk.rules import read, rows, trigger
from tests.disputes.conftest import Say
from tests.sla.conftest import World

pytestmark = pytest.mark.django_db


def facts(at: Any = None) -> CaseFacts:
    found = Handling.objects.select_related("dispute__mediator", "dispute__filer", "dispute__respondent")
    return CaseFacts(found.get(), at or clock.now())


def heard(kind: str) -> CaseFacts:
    """As a trigger hears the newest of that kind."""
    event = Event.objects.filter(type=kind).order_by("-pk")[0]
    scene = scene_of(event)
    assert scene is not None
    return CaseFacts(facts().handling, event.at, scene)


def test_of_a_case_that_is_mediated(world: World, cast: Cast, mediation: Say) -> None:
    world.hear()
    said = dict(facts())
    assert {name: said[name] for name in ("state", "phase", "track", "outcome", "priority", "level")} == {
        "state": "mediating", "phase": "opening", "track": "A", "outcome": None, "priority": "normal", "level": "3",
    }  # fmt: skip
    assert (said["amount"], said["currency"]) == (Decimal("2200.00"), "USD")
    assert (said["client_language"], said["freelancer_language"], said["requester"]) == ("en", "es", "client")
    assert (said["mediator"], said["assignee"], said["team"]) == (str(cast.mediator.pk), None, None)
    assert (said["reopened"], said["tags"]) == (0, frozenset())
    assert {
        said[name] for name in ("happening", "update_type", "channel", "by", "message_audience", "message_text")
    } == {None}


@pytest.mark.parametrize(("role", "level"), [("agent", "3"), ("senior", "4"), ("ee", "5")])
def test_the_level_is_where_the_case_stands(world: World, cast: Cast, mediation: Say, role: str, level: str) -> None:
    world.hear()
    User.objects.filter(pk=cast.mediator.pk).update(role=role)
    assert (facts()["level"], facts()["mediator_role"]) == (level, role)


def test_a_rule_hears_that_a_case_went_up_the_ladder(world: World, cast: Cast, mediation: Say) -> None:
    trigger("Up", ("level", "changed_to", "4"), ("mediator_role", "changed"), do=(("add_tags", "up"),))
    trigger("Safety", ("level", "changed_to", "6"), ("mediator_role", "is", "senior"), do=(("add_tags", "safety"),))
    world.hear()
    for level in (4, 6):
        mediation(cast.mediator, "level_up", level=level, reason="Above my limit.")
    world.hear()
    assert facts()["level"] == "3", "asked for is not reached"
    mediation(cast.senior, "take_level")
    world.hear()
    mediation(cast.supervisor, "take_safety")
    world.hear()
    assert facts()["level"] == "6"
    assert facts()["tags"] == {"up", "safety"}


def test_a_rule_hears_that_a_level_is_asked_for_which_and_what_came_of_it(
    world: World, cast: Cast, mediation: Say
) -> None:
    """Both are heard after both were said: each is asked of its own event."""
    for tag, rows_ in {
        "senior": (("happening", "is", "dispute.level_up"), ("level_asked", "is", "4"), ("by", "is", "mediator")),
        "safety": (("happening", "is", "dispute.level_up"), ("level_asked", "is", "6")),
        "late": (("happening", "is", "dispute.raise_level"), ("level_asked", "is", "4"), ("by", "is", "nobody")),
        "taken": (("happening", "is", "dispute.take_level"), ("level_asked", "is", "6")),
    }.items():
        trigger(tag, *rows_, do=(("add_tags", tag),))
    world.hear()
    assert facts()["level_asked"] is None
    mediation(cast.mediator, "level_up", level=6, reason="A threat.")
    mediation(cast.mediator, "level_up", level=4, reason="Above my limit.")
    world.hear()
    assert facts()["tags"] == {"senior", "safety"}
    assert facts()["level_asked"] == "6", "the highest of those that wait"
    mediation(None, "raise_level", level=4, why="breach")
    world.hear()
    assert facts()["tags"] == {"senior", "safety", "late"}
    mediation(cast.senior, "take_level")
    world.hear()
    assert facts()["tags"] == {"senior", "safety", "late", "taken"}


def test_a_rule_hears_that_a_level_is_not_needed(world: World, cast: Cast, mediation: Say) -> None:
    trigger("Back", ("happening", "is", "dispute.drop_level"), do=(("remove_tags", "up"),))
    trigger("Up", ("happening", "is", "dispute.level_up"), do=(("add_tags", "up"),))
    mediation(cast.mediator, "level_up", level=4, reason="Above my limit.")
    world.hear()
    assert facts()["tags"] == {"up"}
    mediation(cast.mediator, "drop_level", reason="It was not, after all.")
    world.hear()
    assert (facts()["tags"], facts()["level_asked"]) == (frozenset(), None)


def test_what_was_asked_for_before_a_case_was_opened_again_waits_no_more(
    world: World, cast: Cast, mediation: Say
) -> None:
    mediation(cast.mediator, "level_up", level=4, reason="Above my limit.")
    world.hear()
    assert facts()["level_asked"] == "4"
    Dispute.objects.update(reopenings=1)
    assert facts()["level_asked"] is None


def test_who_takes_a_case_over_has_it_from_then_on(world: World, cast: Cast, mediation: Say) -> None:
    world.hear()
    before = facts().handling.assigned_at
    mediation(cast.mediator, "level_up", level=4, reason="Above my limit.")
    world.traveller.shift(timedelta(hours=5))
    mediation(cast.senior, "take_level")
    world.hear()
    assert facts().handling.assigned_at - before >= timedelta(hours=5)


@pytest.mark.parametrize(
    ("row", "now"),
    [
        (("level", "is", "4"), ("mediator_role", "is", "senior")),
        (("level", "changed_from", "3"), ("mediator_role", "changed_from", "agent")),
        (("level", "is_not", "5"), ("mediator_role", "is_not", "ee")),
        (("level", "is", "2"), ("level", "is", "2")),
        (("level", "changed"), ("level", "changed")),
        (("priority", "is", "high"), ("priority", "is", "high")),
    ],
)
def test_a_rule_from_before_asks_for_what_it_asked_for(row: tuple[str, ...], now: tuple[str, ...]) -> None:
    migration = import_module("mediation.desk.migrations.0009_levels_of_the_ladder")
    stored = trigger("Old", row, some=(row,), do=(("add_tags", "x"),))
    migration.rewrite(apps, None)
    stored.refresh_from_db()
    assert stored.conditions == {"all": rows(now), "any": rows(now)}
    migration.rewrite(apps, None)
    assert reading.read(stored.conditions, Use.TRIGGER)


def test_before_somebody_has_it_the_level_is_that_of_the_queue(world: World) -> None:
    world.do(world.cast.client, "file")
    world.hear()
    assert facts()["level"] == "1"
    world.do(world.cast.freelancer, "decline", reason="disagree", statement="I delivered it.")
    world.do(world.cast.client, "ask_mediator", note="We cannot agree.")
    world.hear()
    assert facts()["level"] == "2"


def test_answers_are_those_of_upwork_in_front_of_both(world: World, cast: Cast, mediation: Say) -> None:
    cast.say(cast.mediator, "Hello")
    cast.say(cast.client, "Hello")
    cast.say(cast.mediator, "A note", audience="internal")
    cast.say(cast.mediator, "And you?")
    world.hear()
    assert facts()["replies"] == 2


def test_business_hours_are_those_of_each_calendar(world: World) -> None:
    world.ask()
    world.hear()
    now = clock.now()
    assert facts(now)["business_hours"] == {"desk", "ee"}
    assert facts(now + timedelta(hours=12))["business_hours"] == frozenset()


@pytest.mark.parametrize(("hours", "percent"), [(0, 0), (0.5, 25), (1, 50), (1.6, 80), (2, 100), (3, 150)])
def test_the_clock_that_is_due_next_and_how_much_of_it_is_over(world: World, hours: float, percent: int) -> None:
    """A mediator is due two hours after one was asked for."""
    world.ask()
    world.hear()
    found = facts(clock.now() + timedelta(hours=hours))
    assert (found["clock"], found["clock_percent"]) == ("CLAIM", percent)
    assert found["due"] is not None


def test_without_a_clock_nothing_is_due(world: World) -> None:
    world.do(world.cast.client, "file")
    world.hear()
    found = facts()
    assert (found["clock"], found["clock_percent"], found["due"]) == (None, None, None)
    assert found["until_breach"] is None


def test_a_clock_s_step_says_which_clock_and_how_far_it_is(world: World) -> None:
    late = ("happening", "is", "clock.breached")
    trigger("Late", late, ("clock", "is", "CLAIM"), ("clock_percent", "is", "100"), do=(("add_tags", "late"),))
    world.ask()
    world.at(hours=2, seconds=1)
    sweep()
    world.hear()
    assert TriggerLog.objects.filter(has_fired=True).count() == 1
    found = heard("clock.breached")
    assert (found["channel"], found["by"], found["message_audience"]) == ("time", "nobody", None)


def test_who_did_it_and_who_reads_it(world: World, cast: Cast, mediation: Say) -> None:
    seen = []
    for person, audience in (
        (cast.client, "joint"), (cast.freelancer, "joint"), (cast.mediator, "joint"), (cast.senior, "internal"),
    ):  # fmt: skip
        cast.say(person, "Hello", audience=audience)
        world.hear()
        found = heard("message.sent")
        seen.append((found["by"], found["message_audience"], found["channel"]))
    assert seen == [
        ("client", "joint", "room"), ("freelancer", "joint", "room"), ("mediator", "joint", "room"),
        ("staff", "internal", "room"),
    ]  # fmt: skip


def test_the_other_side_may_be_the_one_that_asks(world: World, cast: Cast) -> None:
    world.ask()
    world.hear()
    Dispute.objects.update(asker=cast.freelancer)
    assert facts()["requester"] == "freelancer"
    assert heard("dispute.file")["update_type"] == "create"
    assert heard("dispute.ask_mediator")["update_type"] == "change"


def test_a_dry_run_leaves_out_what_is_private_or_about_no_case(world: World, cast: Cast, mediation: Say) -> None:
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    cast.say(cast.client, "canary", audience="caucus_client")
    cast.say(cast.client, "Hello")
    trigger("Tag", ("happening", "is", "dispute.claim"), do=(("add_tags", "x"),))
    world.hear()
    tried = dry_run(read(("message_text", "includes", "canary"), ("priority", "not_changed")))
    assert tried
    assert not any(one.judgement.fits for one in tried)
    assert sum(one.happening == "message.sent" for one in tried) == 1
    Handling.objects.all().delete()
    assert dry_run(read(("state", "changed"))) == []


def test_a_dry_run_ends_with_the_newest(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.ask()
    world.hear()
    monkeypatch.setattr(dry_runs, "NEWEST", 2)
    assert [one.happening for one in dry_run(read(("state", "changed")))] == ["dispute.ask_mediator", "dispute.decline"]
