"""What people say of a case: clocks follow its priority, triggers hear its tags, and who only reads says nothing."""

from datetime import timedelta

import pytest
from django.test import Client

from mediation.conversations.models import Message
from mediation.core.errors import Forbidden, NotFound
from mediation.desk.actions import bulk, by_hand
from mediation.desk.actions.by_hand import AS_THE_MONEY
from mediation.desk.errors import BadPriority, BadTags
from mediation.desk.models import CaseTag, Handling, QueueRow, TriggerLog
from mediation.desk.queries.rows import differing
from mediation.events.models import Delivery, Event
from mediation.sla.models import Clock
from mediation.sla.queries.calendars import calendars
from mediation.sla.queries.readings import differences
from tests.cast import Cast
from tests.desk.rules import trigger
from tests.sla.conftest import MONDAY, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(world: World) -> World:
    """A mediator was asked for at ten on Monday: normal, so two hours to take it and four to the first answer."""
    world.ask()
    world.hear()
    return world


def say_priority(world: World, priority: str) -> bool:
    return by_hand.set_priority(user=world.cast.agent, dispute_id=world.dispute.pk, priority=priority)


def tag(world: World, *names: str) -> bool:
    return by_hand.add_tags(user=world.cast.agent, dispute_id=world.dispute.pk, names=names)


def untag(world: World, *names: str) -> bool:
    return by_hand.remove_tags(user=world.cast.agent, dispute_id=world.dispute.pk, names=names)


def tags() -> set[str]:
    return set(CaseTag.objects.values_list("name", flat=True))


def fired() -> list[str]:
    return list(TriggerLog.objects.filter(has_fired=True).order_by("pk").values_list("trigger__name", flat=True))


def due(world: World, metric: str) -> timedelta:
    """After Monday, ten o'clock."""
    found = world.clock(metric).due_at
    assert found is not None
    return found - MONDAY


# --- Priority ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("priority", "after_minutes", "claim", "first"),
    [
        ("high", 0, 30, 60),
        ("high", 20, 30, 60),  # what was counted is kept
        ("high", 45, 45, 60),  # the half hour is over: due now, never before
        ("urgent", 60, 60, 60),
        ("low", 60, 240, 24 * 60),  # eight hours of the desk: until Tuesday at ten
        ("normal", 60, 120, 240),
    ],
)
def test_targets_follow_a_priority_that_somebody_sets(
    asked: World, priority: str, after_minutes: int, claim: int, first: int
) -> None:
    asked.at(minutes=after_minutes)
    assert say_priority(asked, priority)
    assert QueueRow.objects.get().priority == priority
    assert (due(asked, "CLAIM"), due(asked, "TTFR")) == (timedelta(minutes=claim), timedelta(minutes=first))
    assert not asked.clock("CLAIM").breached_at
    known = calendars()
    assert not [one for one in Clock.objects.all() if differences(one, known)]
    assert not list(differing())


def test_a_clock_that_began_unseen_beside_the_change_follows_too(asked: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(by_hand, "follow_case", lambda **_: 0)
        assert say_priority(asked, "high")
    assert due(asked, "CLAIM") == timedelta(minutes=30)
    assert not list(differing())


def test_a_priority_is_taken_back_to_what_the_money_says(asked: World) -> None:
    say_priority(asked, "urgent")
    asked.at(minutes=5)
    assert say_priority(asked, AS_THE_MONEY)
    assert QueueRow.objects.get().priority == "normal"
    assert due(asked, "CLAIM") == timedelta(hours=2)


def test_what_was_breached_stays_breached(asked: World) -> None:
    asked.at(hours=2, minutes=30)
    say_priority(asked, "low")
    assert due(asked, "CLAIM") == timedelta(hours=2)
    assert asked.clock("CLAIM").breached_at == MONDAY + timedelta(hours=2)


def test_targets_follow_a_priority_that_a_trigger_sets(world: World) -> None:
    trigger("Hurry", ("happening", "is", "dispute.ask_mediator"), do=(("set_priority", "high"),))
    world.ask()
    assert due(world, "CLAIM") == timedelta(minutes=30)
    assert not list(differing())


def test_a_clock_that_begins_later_has_the_target_of_the_priority(asked: World) -> None:
    say_priority(asked, "high")
    asked.at(minutes=10).do(asked.cast.mediator, "claim")
    asked.cast.say(asked.cast.mediator, "Hello.")
    asked.at(minutes=20).cast.say(asked.cast.client, "When?")
    assert due(asked, "NRT") == timedelta(hours=2, minutes=20)


def test_the_same_priority_again_changes_and_tells_nothing(asked: World) -> None:
    assert say_priority(asked, "high")
    count = Event.objects.count()
    assert not say_priority(asked, "high")
    assert Event.objects.count() == count


def test_a_trigger_hears_a_priority_that_somebody_sets(asked: World) -> None:
    trigger("Up", ("priority", "changed_to", "urgent"), ("channel", "is", "room"), do=(("add_tags", "hurry"),))
    say_priority(asked, "urgent")
    asked.hear()
    assert tags() == {"hurry"}
    line = Message.objects.get(code="desk.prioritised")
    assert (line.thread.audience, line.author) == ("internal", asked.cast.agent)


# --- Tags ----------------------------------------------------------------------------------------------------------
def test_tags_that_somebody_adds_and_takes_off_are_heard_once_each(asked: World) -> None:
    trigger("Came", ("tags", "added", "vip"), do=(("add_note", "Came."),))
    trigger("Went", ("tags", "removed", "vip"), do=(("add_note", "Went."),))
    trigger("By hand", ("happening", "is", "desk.tagged"), ("by", "is", "staff"), do=(("add_note", "Staff."),))
    assert tag(asked, "vip", "late")
    assert not tag(asked, "vip"), "it is there"
    asked.hear()
    assert fired() == ["By hand", "Came"]
    assert untag(asked, "vip", "never")
    assert not untag(asked, "vip")
    asked.hear()
    assert fired() == ["By hand", "Came", "Went"]
    assert tags() == {"late"}
    assert not Delivery.objects.exists()


def test_what_is_heard_late_sees_what_each_change_was(asked: World) -> None:
    """Two changes and a message wait together: none of them takes another's change for its own."""
    trigger("A", ("tags", "added", "a"), do=(("add_note", "a"),))
    trigger("B", ("tags", "added", "b"), do=(("add_note", "b"),))
    trigger("Any", ("tags", "changed"), ("happening", "is", "message.sent"), do=(("add_note", "m"),))
    asked.cast.say(asked.cast.client, "Before")
    tag(asked, "a")
    asked.cast.say(asked.cast.client, "Between")
    tag(asked, "b")
    asked.cast.say(asked.cast.client, "After")
    asked.hear()
    assert fired() == ["A", "B"]
    assert [line.event for line in TriggerLog.objects.filter(has_fired=True).order_by("pk")] == list(
        Event.objects.filter(type="desk.tagged").order_by("pk").values_list("pk", flat=True)
    )
    assert sorted(Handling.objects.get().known["tags"]) == ["a", "b"]


def test_a_rule_that_answers_a_tag_does_not_run_in_circles(asked: World) -> None:
    trigger("Off", ("tags", "added", "x"), do=(("remove_tags", "x"),), position=1)
    trigger("On", ("tags", "removed", "x"), do=(("add_tags", "x"),), position=2)
    tag(asked, "x")
    asked.hear()
    assert fired() == ["Off", "On"]
    assert tags() == {"x"}
    tag(asked, "y")
    untag(asked, "x")
    asked.hear()
    assert fired() == ["Off", "On", "On", "Off"], "what a person does begins a cycle of its own"


def test_tags_in_bulk_are_an_event_of_each_case_that_had_them_not(asked: World) -> None:
    trigger("Came", ("tags", "added", "vip"), do=(("set_priority", "urgent"),))
    for _ in range(2):
        bulk.tag(user=asked.cast.agent, cases=[asked.dispute.pk], words="VIP")
    asked.hear()
    assert Event.objects.filter(type="desk.tagged").count() == 1
    assert due(asked, "TTFR") == timedelta(minutes=15)
    bulk.untag(user=asked.cast.agent, cases=[asked.dispute.pk], words="vip none")
    assert tags() == set()
    bulk.prioritise(user=asked.cast.agent, cases=[asked.dispute.pk], priority="low")
    assert QueueRow.objects.get().priority == "low"


# --- Who may -------------------------------------------------------------------------------------------------------
def test_who_only_reads_says_nothing_and_outsiders_find_nothing(asked: World, cast: Cast) -> None:
    for user, refusal in ((cast.qa, Forbidden), (cast.client, NotFound), (cast.analyst, NotFound)):
        for act in (
            lambda user=user: by_hand.set_priority(user=user, dispute_id=asked.dispute.pk, priority="high"),
            lambda user=user: by_hand.add_tags(user=user, dispute_id=asked.dispute.pk, names=["a"]),
            lambda user=user: by_hand.remove_tags(user=user, dispute_id=asked.dispute.pk, names=["a"]),
        ):
            with pytest.raises(refusal):
                act()
    assert not Event.objects.filter(type__startswith="desk.").exists()


def test_what_is_no_priority_and_no_tag_is_refused(asked: World) -> None:
    for wrong in ("fast", "none", "Urgent"):
        with pytest.raises(BadPriority):
            say_priority(asked, wrong)
    for wrong in ("", "a,b", "a b c d e f g h i j k"):
        with pytest.raises(BadTags):
            by_hand.read_tags(wrong)


def test_the_page_sets_a_priority_and_takes_tags_off(asked: World, client: Client) -> None:
    case = asked.dispute.pk
    tag(asked, "vip")
    client.force_login(asked.cast.agent)
    assert f"/desk/several/?case={case}" in client.get(f"/desk/cases/{case}/").content.decode()
    client.post("/desk/several/", {"case": [case], "act": "prioritise", "priority": "urgent"})
    client.post("/desk/several/", {"case": [case], "act": "untag", "tags": "vip"})
    assert (QueueRow.objects.get().priority, tags()) == ("urgent", set())
    client.post("/desk/several/", {"case": [case], "act": "prioritise", "priority": "money"})
    assert QueueRow.objects.get().priority == "normal"
    refused = client.post("/desk/several/", {"case": [case], "act": "prioritise", "priority": ""})
    assert refused.status_code == 400
    client.force_login(asked.cast.qa)
    assert 'value="prioritise"' not in client.get(f"/desk/several/?case={case}").content.decode()
    assert b"0 of 1" in client.post("/desk/several/", {"case": [case], "act": "tag", "tags": "a"}).content
