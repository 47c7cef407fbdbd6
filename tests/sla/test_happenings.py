"""Which event begins, pauses and ends which clock."""

from datetime import timedelta
from uuid import UUID

import pytest

from mediation.conversations.actions import rooms
from mediation.core import clock as now_of
from mediation.events.models import Event
from mediation.sla.actions import happenings
from mediation.sla.actions.defaults import newest_policy
from mediation.sla.models import Clock, ClockFact
from tests.sla.conftest import MONDAY, World

MINUTE = 60_000


def test_asking_begins_the_clocks_of_the_desk_and_each_party(world: World) -> None:
    world.ask()
    assert world.clock("CLAIM").due_at == MONDAY + timedelta(hours=2)
    assert world.clock("TTFR").person == world.cast.client
    assert world.clock("TTFR").due_at == MONDAY + timedelta(hours=4)
    for person in (world.cast.client, world.cast.freelancer):
        assert world.clock("TTFC", person).due_at == MONDAY + timedelta(hours=5)
    assert world.clock("TRES").due_at == MONDAY + timedelta(days=30)


def test_heard_twice_nothing_changes(world: World) -> None:
    world.ask()
    world.hear()
    before = list(ClockFact.objects.values_list())
    for event in Event.objects.order_by("pk"):
        if event.type in {"message.sent"} or event.type.startswith("dispute."):
            happenings.note(event=event)
    assert list(ClockFact.objects.values_list()) == before


def test_a_joint_answer_is_for_both_and_a_private_one_for_one(world: World) -> None:
    world.ask()
    world.at(minutes=30).do(world.cast.mediator, "claim")
    assert (world.clock("CLAIM").status, world.clock("CLAIM").elapsed_ms) == ("met", 30 * MINUTE)
    world.at(minutes=60).do(world.cast.mediator, "begin_caucus", party=world.cast.freelancer.pk)
    world.cast.say(world.cast.mediator, "Hello Mateo.", audience="caucus_freelancer")
    assert world.clock("TTFC", world.cast.freelancer).status == "met"
    assert world.clock("TTFC", world.cast.client).status == "running"
    assert world.clock("TTFR").status == "running", "Helen asked, and she has not read anything yet"
    world.at(minutes=90).cast.say(world.cast.mediator, "Hello Helen, hello Mateo.")
    assert (world.clock("TTFR").status, world.clock("TTFR").elapsed_ms) == ("met", 90 * MINUTE)
    assert world.clock("TTFC", world.cast.client).elapsed_ms == 90 * MINUTE


def answered(world: World) -> World:
    """Ana mediates and both have had their first answer; it is Monday, ten."""
    world.ask()
    world.do(world.cast.mediator, "claim")
    world.cast.say(world.cast.mediator, "Hello.")
    return world


def test_the_oldest_unanswered_message_is_what_is_answered(world: World) -> None:
    cast = answered(world).cast
    world.at(minutes=1).cast.say(cast.client, "When?")
    world.at(minutes=21).cast.say(cast.freelancer, "And I?")
    world.at(minutes=31).do(cast.mediator, "begin_caucus", party=cast.client.pk)
    cast.say(cast.mediator, "Soon.", audience="caucus_client")
    world.at(minutes=101).cast.say(cast.mediator, "Tomorrow.")
    assert world.clock("NRT", cast.client).elapsed_ms == 30 * MINUTE
    assert world.clock("NRT", cast.freelancer).elapsed_ms == 80 * MINUTE


def test_two_messages_are_one_clock(world: World) -> None:
    cast = answered(world).cast
    world.at(minutes=1).cast.say(cast.client, "When?")
    world.at(minutes=51).cast.say(cast.client, "Hello?")
    world.at(minutes=61).cast.say(cast.mediator, "Tomorrow.")
    world.hear()
    spans = Clock.objects.filter(metric="NRT", person=cast.client).values_list("elapsed_ms", flat=True)
    assert list(spans) == [60 * MINUTE]


def test_before_the_first_answer_nothing_waits_for_a_next_one(world: World) -> None:
    world.ask()
    world.cast.say(world.cast.client, "Is anybody there?")
    assert world.clock("NRT") is None


def test_a_note_is_no_answer(world: World) -> None:
    cast = answered(world).cast
    world.at(minutes=1).cast.say(cast.client, "When?")
    world.at(minutes=2).cast.say(cast.mediator, "She is in a hurry.", audience="internal")
    assert world.clock("NRT", cast.client).status == "running"


def test_only_what_is_asked_of_a_party_pauses_its_next_update(world: World) -> None:
    cast = answered(world).cast
    world.at(hours=1).do(
        cast.mediator, "make_request", asked_of=cast.client.pk, kind="document", text="The contract?",
        due_at=now_of.now() + timedelta(days=1),
    )  # fmt: skip
    assert world.clock("PUT", cast.client).status == "paused"
    assert world.clock("PUT", cast.freelancer).status == "running"
    world.at(hours=1.5).cast.say(cast.mediator, "It is about the contract.")
    assert world.clock("PUT", cast.client).status == "paused", "it is still asked"
    world.at(hours=3).cast.say(cast.client, "Here it is.")
    resumed = world.clock("PUT", cast.client)
    assert (resumed.status, resumed.due_at) == ("running", MONDAY + timedelta(days=2, hours=3))
    assert world.clock("NRT", cast.client).status == "running"


def test_a_taken_back_request_pauses_nothing(world: World) -> None:
    cast = answered(world).cast
    asked = world.at(hours=1).do(
        cast.mediator, "make_request", asked_of=cast.client.pk, kind="document", text="The contract?",
        due_at=now_of.now() + timedelta(days=1),
    )  # fmt: skip
    assert world.clock("PUT", cast.client).status == "paused"
    world.at(hours=2).do(cast.mediator, "withdraw_request", request_id=UUID(asked.data["request_id"]))
    assert world.clock("PUT", cast.client).due_at == MONDAY + timedelta(days=2, hours=1)


def test_a_hold_pauses_but_not_the_end_of_the_case(world: World) -> None:
    world.ask()
    world.at(hours=1).do(world.cast.senior, "hold", reason="Trust and safety looks at it.")
    assert world.clock("CLAIM").status == world.clock("TTFR").status == "paused"
    assert world.clock("TRES").status == "running"
    world.at(hours=2).do(world.cast.senior, "unhold")
    assert world.clock("CLAIM").due_at == MONDAY + timedelta(hours=3)


def test_a_cooling_off_says_at_once_when_it_ends(world: World) -> None:
    cast = answered(world).cast
    world.at(hours=1).do(cast.client, "cool_off", hours=12)
    assert world.clock("PUT", cast.client).due_at == MONDAY + timedelta(days=2, hours=6)
    world.at(hours=2).cast.say(cast.mediator, "Take your time.")
    paused = world.clock("PUT", cast.client)
    assert [fact.kind for fact in paused.facts.all()] == ["activate", "pause", "resume"]
    assert paused.since == MONDAY + timedelta(hours=13)


def test_who_takes_the_call_back_stops_the_clocks(world: World) -> None:
    world.ask()
    world.at(hours=1).do(world.cast.client, "cancel_ask")
    assert {world.clock(metric).status for metric in ("CLAIM", "TTFR", "TTFC")} == {"cancelled"}
    assert world.clock("TRES").status == "running"


def test_a_claim_that_is_worth_more_has_less_time(world: World) -> None:
    world.dispute.policy.terms = {"second_reader_above_minor": 100_000}
    world.dispute.policy.save(update_fields=["terms"])
    world.ask()
    assert world.clock("TTFR").due_at == MONDAY + timedelta(hours=1)


def test_what_the_policy_does_not_name_is_not_counted(world: World) -> None:
    newest_policy().lines.filter(metric="CLAIM").delete()
    world.ask()
    assert world.clock("CLAIM") is None
    assert world.clock("TTFR") is not None


def test_the_close_ends_the_case(world: World) -> None:
    world.ask()
    world.at(days=2).do(world.cast.client, "withdraw")
    assert (world.clock("TRES").status, world.clock("CLAIM").status) == ("met", "cancelled")


@pytest.mark.usefixtures("traveller")
def test_a_room_without_a_case_has_no_clocks(cast: object) -> None:
    rooms.ask_for_mediator(user=cast.client, room_id=cast.room.pk)
    cast.say(cast.client, "Hello.")
    for event in Event.objects.filter(type="message.sent"):
        happenings.note(event=event)
    assert not Clock.objects.exists()
