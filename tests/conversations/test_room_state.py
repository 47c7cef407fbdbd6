"""What a first load of a room shows, and to whom."""

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mediation.conversations.actions import reading, rooms
from mediation.conversations.queries.room import room_state
from mediation.core.errors import NotFound
from tests.cast import Cast


def names(state: dict) -> set[str]:
    return {person["name"] for person in state["people"]}


def audiences(state: dict) -> list[str]:
    return [thread["audience"] for thread in state["threads"]]


def test_each_side_sees_its_own_threads_only(cast: Cast) -> None:
    cast.mediate()
    assert audiences(room_state(user=cast.client, room_id=cast.room.pk)) == ["joint", "caucus_client"]
    assert audiences(room_state(user=cast.freelancer, room_id=cast.room.pk)) == ["joint", "caucus_freelancer"]
    assert len(audiences(room_state(user=cast.mediator, room_id=cast.room.pk))) == 4
    assert set(audiences(room_state(user=cast.supervisor, room_id=cast.room.pk))) == {"joint", "internal"}


@pytest.mark.parametrize("who", ["outsider", "outside_freelancer", "analyst", "admin", "agent"])
def test_nobody_else_sees_the_room(cast: Cast, who: str) -> None:
    with pytest.raises(NotFound):
        room_state(user=getattr(cast, who), room_id=cast.room.pk)


def test_a_mediator_who_left_sees_what_staff_see(cast: Cast) -> None:
    cast.mediate()
    rooms.leave_room(user=cast.mediator, room_id=cast.room.pk)
    state = room_state(user=cast.mediator, room_id=cast.room.pk)
    assert set(audiences(state)) == {"joint", "internal"}
    assert state["role"] == "staff"


def test_parties_never_learn_who_writes_staff_notes(cast: Cast) -> None:
    cast.mediate()
    cast.say(cast.senior, "I would offer the second milestone.", audience="internal")
    assert "Sam Okafor" in names(room_state(user=cast.mediator, room_id=cast.room.pk))
    for party in (cast.client, cast.freelancer):
        assert names(room_state(user=party, room_id=cast.room.pk)) == {"Helen Marsh", "Mateo Giraldo", "Ana Duarte"}


def test_the_room_does_not_watch_staff_read_from_outside(cast: Cast) -> None:
    cast.mediate()
    joint, notes = cast.joint, cast.thread("internal")
    for thread in (joint, notes):
        reading.mark_read(user=cast.supervisor, thread_id=thread.pk, seq=thread.head_seq)
    reads = {
        thread["id"]: thread["reads"] for thread in room_state(user=cast.mediator, room_id=cast.room.pk)["threads"]
    }
    assert reads[str(joint.pk)] == {}
    assert reads[str(notes.pk)] == {str(cast.supervisor.pk): notes.head_seq}


def test_unread_counts_what_others_wrote_since(cast: Cast) -> None:
    cast.say(cast.client, "Hello.")
    second = cast.say(cast.freelancer, "Hello to you.")
    cast.say(cast.freelancer, "The logo is ready.")
    [joint] = room_state(user=cast.client, room_id=cast.room.pk)["threads"]
    assert (joint["unread"], joint["read"]) == (2, 0)
    reading.mark_read(user=cast.client, thread_id=cast.joint.pk, seq=second.seq)
    [joint] = room_state(user=cast.client, room_id=cast.room.pk)["threads"]
    assert (joint["unread"], joint["read"]) == (1, second.seq)


def test_a_draft_is_shown_to_its_writer_alone(cast: Cast) -> None:
    reading.save_draft(user=cast.client, thread_id=cast.joint.pk, body="What I really think")
    [mine] = room_state(user=cast.client, room_id=cast.room.pk)["threads"]
    [theirs] = room_state(user=cast.freelancer, room_id=cast.room.pk)["threads"]
    assert mine["draft"]["body"] == "What I really think"
    assert theirs["draft"] is None


def test_what_one_can_do_follows_the_state_of_the_room(cast: Cast) -> None:
    assert room_state(user=cast.client, room_id=cast.room.pk)["can"]["ask"]
    rooms.ask_for_mediator(user=cast.client, room_id=cast.room.pk)
    asked = room_state(user=cast.client, room_id=cast.room.pk)
    assert not asked["can"]["ask"]
    assert asked["can"]["cancel_ask"]
    assert not room_state(user=cast.freelancer, room_id=cast.room.pk)["can"]["cancel_ask"]
    assert room_state(user=cast.agent, room_id=cast.room.pk)["can"]["join"]
    assert not room_state(user=cast.supervisor, room_id=cast.room.pk)["can"]["join"]
    rooms.join_as_mediator(user=cast.mediator, room_id=cast.room.pk)
    assert room_state(user=cast.mediator, room_id=cast.room.pk)["can"]["leave"]
    assert not room_state(user=cast.agent, room_id=cast.room.pk)["can"]["join"]


def test_the_mediator_and_supervisors_are_offered_to_remove_what_others_wrote(cast: Cast) -> None:
    cast.mediate()
    may = {
        name: room_state(user=getattr(cast, name), room_id=cast.room.pk)["can"]["clear"]
        for name in ("client", "freelancer", "mediator", "agent", "supervisor", "qa")
    }
    assert [name for name, clears in may.items() if clears] == ["mediator", "supervisor"]


def test_the_number_of_queries_does_not_grow_and_it_is_json(cast: Cast) -> None:
    cast.mediate()
    with CaptureQueriesContext(
        connection,
    ) as few:
        orjson.dumps(room_state(user=cast.mediator, room_id=cast.room.pk))
    for author in (cast.client, cast.freelancer, cast.mediator):
        cast.say(author, "More to read.")
    with CaptureQueriesContext(connection) as more:
        room_state(user=cast.mediator, room_id=cast.room.pk)
    assert len(few) <= len(more) <= 10  # one asks for the case; the last counts what is unread, if anything can be
