"""Triggers hear events: in order, once each, once in a cycle, and never what was said in private."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Team, User
from mediation.conversations.models import Message, Thread
from mediation.core import clock
from mediation.desk.actions import triggers
from mediation.desk.actions.triggers import DEEPEST, hear
from mediation.desk.models import CaseTag, Handling, QueueRow, RuleMail, Trigger, TriggerLog
from mediation.desk.queries.rows import differing
from mediation.desk.tasks import forget_old_lines
from mediation.events.dispatch import dispatch
from mediation.events.models import Delivery, Event
from tests.at_once import at_once
from tests.cast import Cast
from tests.desk.rules import trigger
from tests.disputes.conftest import Say
from tests.sla.conftest import World

pytestmark = pytest.mark.django_db
FILED = ("happening", "is", "dispute.file")
ASKED = ("happening", "is", "dispute.ask_mediator")


def tags() -> set[str]:
    return set(CaseTag.objects.values_list("name", flat=True))


def fired() -> list[str]:
    return list(TriggerLog.objects.filter(has_fired=True).order_by("pk").values_list("trigger__name", flat=True))


def no_failures() -> bool:
    return not list(Delivery.objects.values_list("subscriber", "last_error"))


def test_each_thing_that_a_trigger_can_do_is_done(world: World, cast: Cast) -> None:
    team = Team.objects.create(name="Fast")
    team.members.add(cast.agent, cast.senior)
    trigger(
        "All of it", FILED,
        do=(
            ("set_priority", "urgent"), ("set_team", str(team.pk)), ("set_assignee", str(cast.agent.pk)),
            ("add_tags", "new odd"), ("remove_tags", "odd"), ("add_note", "Look at <b>this</b>."), ("notify", "team"),
            ("notify", "mediator"), ("notify", "supervisors"), ("tell_parties", "seen"),
        ),
    )  # fmt: skip
    world.ask()
    world.hear()
    handling = Handling.objects.get()
    assert (handling.priority, handling.team, handling.assignee) == ("urgent", team, cast.agent)
    assert QueueRow.objects.get().priority == "urgent"
    assert tags() == {"new"}
    changed = {(one["action"], one["value"]): one["changed"] for one in TriggerLog.objects.get(has_fired=True).done}
    assert [key[1] for key, is_new in changed.items() if not is_new] == ["mediator"]  # nobody has the case
    assert {one.to for one in RuleMail.objects.all()} == {cast.agent, cast.senior, cast.supervisor}
    said = Message.objects.filter(code__startswith="rule.").order_by("thread__audience", "pk")
    assert [(one.thread.audience, one.code) for one in said] == [
        ("internal", "rule.noted"), ("internal", "rule.acted"), ("joint", "rule.told_seen"),
    ]  # fmt: skip
    assert not list(differing())
    assert no_failures()


def test_an_agent_sees_on_the_desk_what_a_rule_said(world: World, cast: Cast, client: Client) -> None:
    team = Team.objects.create(name="Fast lane")
    said = (("set_team", str(team.pk)), ("set_assignee", str(cast.senior.pk)), ("add_tags", "odd"))
    trigger("Odd", ASKED, do=said)
    world.ask()
    world.hear()
    client.force_login(cast.agent)
    page = client.get(f"/desk/cases/{world.dispute.pk}/").content.decode()
    for word in ("#odd", "<dd>Fast lane</dd>", f"<dd>{cast.senior.name}</dd>"):
        assert word in page


def test_what_is_so_already_changes_nothing_and_is_not_told(world: World, cast: Cast) -> None:
    trigger("None", FILED, do=(("set_team", "none"), ("set_assignee", "none"), ("remove_tags", "a")), position=1)
    trigger("Party", FILED, do=(("set_assignee", str(cast.freelancer.pk)),), position=2)
    trigger("Gone", FILED, do=(("set_team", "00000000-0000-4000-8000-000000000000"),), position=3)
    trigger("Same", FILED, do=(("set_priority", "normal"),), position=4)
    world.ask()
    world.hear()
    assert fired() == ["None", "Party", "Gone", "Same"]
    assert not any(done["changed"] for line in TriggerLog.objects.all() for done in line.done)
    assert not Event.objects.filter(type="rule.acted").exists()


def test_a_priority_that_a_rule_gave_is_given_by_no_other(world: World) -> None:
    for position in (1, 2):
        trigger(f"Up {position}", FILED, do=(("set_priority", "high"),), position=position)
    world.ask()
    world.hear()
    assert [done["changed"] for line in TriggerLog.objects.order_by("pk") for done in line.done] == [True, False]
    assert Event.objects.filter(type="rule.acted").count() == 1


def test_what_comes_to_light_a_day_later_fires_nothing_and_is_known(world: World) -> None:
    """A worker that was away for a weekend tells nobody old news; what the case was known as follows all the same."""
    trigger("New", FILED, do=(("add_tags", "new"),))
    trigger("Asked", ASKED, do=(("add_tags", "asked"),))
    world.do(world.cast.client, "file")
    world.traveller.shift(triggers.NEWS + timedelta(seconds=1))
    world.do(world.cast.freelancer, "decline", reason="disagree", statement="I delivered it.")
    world.do(world.cast.client, "ask_mediator", note="We cannot agree.")
    world.hear()
    assert tags() == {"asked"}
    assert not TriggerLog.objects.filter(happening="dispute.file").exists()
    assert Handling.objects.get().known["state"] == "escalated"


def test_they_run_in_order_and_each_sees_what_the_one_before_did(world: World) -> None:
    trigger("Third", FILED, ("tags", "includes", "b"), do=(("add_tags", "c"),), position=3)
    trigger("First", FILED, do=(("add_tags", "a"),), position=1)
    trigger("Second", FILED, ("tags", "includes", "a"), do=(("add_tags", "b"),), position=2)
    trigger("Off", FILED, do=(("add_tags", "off"),), position=0, is_active=False)
    world.ask()
    world.hear()
    assert tags() == {"a", "b", "c"}
    assert fired() == ["First", "Second", "Third"]


def test_one_may_cause_another_that_stands_before_it(world: World) -> None:
    before = ("priority", "changed_to", "urgent")
    trigger("Effect", before, ("channel", "is", "rule"), do=(("add_tags", "hurry"),), position=1)
    trigger("Cause", FILED, do=(("set_priority", "urgent"),), position=2)
    world.ask()
    world.hear()
    assert fired() == ["Cause", "Effect"]
    line = TriggerLog.objects.get(trigger__name="Effect", has_fired=True)
    assert line.root == TriggerLog.objects.get(trigger__name="Cause", has_fired=True).event


def test_two_that_undo_one_another_stop(world: World) -> None:
    trigger("On", ("tags", "not_includes", "x"), do=(("add_tags", "x"),), position=1)
    trigger("Off", ("tags", "includes", "x"), do=(("remove_tags", "x"),), position=2)
    world.do(world.cast.client, "file")
    world.hear()
    assert fired() == ["On", "Off"]
    assert set(TriggerLog.objects.filter(has_fired=False).values_list("skipped", flat=True)) == {"cycle"}


def test_a_long_chain_of_causes_is_ended(world: World) -> None:
    """Each is caused by the next in the list, so that no event can fire two of them."""
    many = DEEPEST + 3
    for number in range(many):
        # The last in the list hears the claim, each other one the tag of the one after it.
        heard = FILED if number == many - 1 else ("tags", "includes", f"t{number + 1}")
        only = ("happening", "is", "dispute.file" if number == many - 1 else "rule.acted")
        trigger(f"T{number}", heard, only, do=(("add_tags", f"t{number}"),), position=number)
    world.do(world.cast.client, "file")
    world.hear()
    assert len(fired()) == DEEPEST
    assert TriggerLog.objects.filter(skipped="depth").exists()


def test_an_event_that_is_heard_again_does_nothing(world: World) -> None:
    trigger("Once", FILED, do=(("add_note", "Once."),))
    world.do(world.cast.client, "file")
    world.at(hours=1)
    world.do(world.cast.freelancer, "decline", reason="disagree", statement="I delivered what we agreed.")
    world.at(hours=2)
    event = Event.objects.get(type="dispute.file")
    before = Event.objects.count(), TriggerLog.objects.count(), Handling.objects.values().get()
    hear(event=event)
    world.hear()
    assert (Event.objects.count(), TriggerLog.objects.count(), Handling.objects.values().get()) == before


def test_the_same_happening_later_is_another_event(world: World, cast: Cast) -> None:
    trigger("Written", ("message_text", "includes", "refund"), ("by", "is", "client"), do=(("add_note", "x"),))
    world.ask()
    cast.say(cast.client, "I want a refund.")
    cast.say(cast.freelancer, "No refund!")
    cast.say(cast.client, "A REFUND, please")
    world.hear()
    assert fired() == ["Written", "Written"]


def test_what_cannot_be_read_any_more_stops_no_other(world: World) -> None:
    Trigger.objects.create(name="Broken", position=1, conditions={"all": [{"field": "gone"}]}, actions=[])
    trigger("Whole", FILED, do=(("add_tags", "a"),), position=2)
    world.do(world.cast.client, "file")
    world.hear()
    assert fired() == ["Whole"]
    assert set(TriggerLog.objects.filter(trigger__name="Broken").values_list("skipped", flat=True)) == {"broken"}


def test_new_changed_and_who_asks(world: World, cast: Cast) -> None:
    new = ("update_type", "is", "create")
    trigger("New", new, ("state", "changed"), ("requester", "is", "client"), do=(("add_tags", "new"),))
    trigger("Not new", ("update_type", "is", "change"), ("state", "changed_to", "escalated"), do=(("add_tags", "up"),))
    world.ask()
    world.hear()
    assert [(one.trigger.name, one.happening) for one in TriggerLog.objects.filter(has_fired=True).order_by("pk")] == [
        ("New", "dispute.file"), ("Not new", "dispute.ask_mediator"),
    ]  # fmt: skip


def test_messages_are_heard_from_before_everybody_and_from_notes_but_never_from_a_private_talk(
    world: World, cast: Cast, mediation: Say
) -> None:
    word = ("message_text", "includes", "canary")
    trigger("Heard", word, do=(("add_note", "x"),))
    trigger("Anything", ("happening", "is", "message.sent"), do=(("add_note", "y"),), position=20)
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    world.hear()
    before = Handling.objects.values().get()
    world.traveller.shift(timedelta(minutes=1))
    cast.say(cast.client, "canary", audience="caucus_client")
    cast.say(cast.mediator, "canary", audience="caucus_client")
    world.hear()
    assert fired() == []
    assert Handling.objects.values().get() == before
    cast.say(cast.mediator, "canary", audience="internal")
    cast.say(cast.client, "Canary!")
    world.hear()
    assert fired() == ["Heard", "Anything", "Heard", "Anything"]
    private = Thread.objects.filter(audience__startswith="caucus").values("pk")
    told = Event.objects.filter(topic_id__in=private).values_list("pk", flat=True)
    assert not TriggerLog.objects.filter(event__in=told).exists()


def test_moments_follow_what_is_said_in_front_of_both(world: World, cast: Cast, mediation: Say) -> None:
    world.at(hours=1)
    cast.say(cast.client, "Hello")
    world.at(hours=2)
    cast.say(cast.mediator, "Hello")
    world.at(hours=3)
    cast.say(cast.mediator, "A note", audience="internal")
    handling = [world.hear(), Handling.objects.get()][1]
    moments = (handling.party_wrote_at, handling.mediator_wrote_at, handling.updated_at)
    began = handling.opened_at
    assert [(one - began) / timedelta(hours=1) for one in moments if one] == [1, 2, 3]
    assert handling.assigned_at == handling.state_at == began


def test_a_case_from_before_is_begun_and_a_closed_one_is_not_open(world: World, cast: Cast) -> None:
    world.ask()
    cast.say(cast.client, "Hello")
    world.hear()
    known = Handling.objects.values().get()
    Handling.objects.all().delete()
    assert triggers.handlings.begin_missing() == 1
    begun = Handling.objects.values().get()
    same = ("is_open", "filed_at", "opened_at", "party_wrote_at", "deadline_at")
    assert {name: begun[name] for name in same} == {name: known[name] for name in same}
    world.do(cast.client, "withdraw")
    world.hear()
    assert not Handling.objects.get().is_open


def test_old_lines_are_forgotten_those_that_fired_much_later(world: World) -> None:
    trigger("Filed", FILED, do=(("add_tags", "a"),))
    world.ask()
    world.hear()
    assert TriggerLog.objects.count() == 4
    world.traveller.shift(timedelta(days=4))
    assert forget_old_lines() == 3
    world.traveller.shift(timedelta(days=90))
    assert forget_old_lines() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_hear_the_same_event_fire_once(live_cast: Cast) -> None:
    from mediation.disputes.actions import claims

    trigger("Once", ASKED, do=(("add_note", "Once."), ("notify", "supervisors"), ("add_tags", "once")))
    claims.ask_without_claim(user=live_cast.client, room_id=live_cast.room.pk)
    event = Event.objects.get(type="dispute.ask_mediator")
    results = at_once(*[lambda: hear(event=event)] * 3)
    assert not [one for one in results if isinstance(one, Exception)]
    while dispatch():
        pass
    assert fired() == ["Once"]
    assert RuleMail.objects.count() == User.objects.filter(role="supervisor").count() == 1
    assert Message.objects.filter(code="rule.noted").count() == 1
    assert clock.now() >= TriggerLog.objects.filter(has_fired=True).get().at
