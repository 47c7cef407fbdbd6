"""Sending: each message once, in order, only by those who may, and a bad one alone is refused."""

import threading
from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from mediation.conversations.actions import files, rooms
from mediation.conversations.actions.send import Send, Sent, send_message, send_messages
from mediation.conversations.actions.sending import rows
from mediation.conversations.audience import readable_threads, thread_to_read
from mediation.conversations.models import Message, Thread
from mediation.conversations.queries.inbox import waiting_rooms
from mediation.conversations.queries.log import events_after, readers
from mediation.conversations.queries.room import room_state
from mediation.core.errors import Conflict, Forbidden, NotFound, Refused
from mediation.events.models import Event
from tests.cast import Cast


def a_send(cast: Cast, author: object, body: str = "Hello", audience: str = "joint") -> Send:
    return Send(author_id=author.pk, thread_id=cast.id_of(audience), client_id=uuid4(), body=body)


def test_a_message_is_stored_with_its_event_under_the_next_seq(cast: Cast) -> None:
    sent = send_message(a_send(cast, cast.client, "Hello *Mateo*"))
    assert sent.seq == 2  # 1 is the opening of the thread
    entry = events_after({sent.thread_id: 1})[0]
    assert entry.seq == 2
    assert entry.payload["type"] == "message.sent"
    assert entry.payload["message"]["author"] == str(cast.client.pk)
    assert Thread.objects.get(pk=sent.thread_id).head_seq == 2


def test_the_same_client_id_gives_the_first_result(cast: Cast) -> None:
    send = a_send(cast, cast.client)
    first, again = send_message(send), send_message(send)
    assert (again.seq, again.at, again.repeated) == (first.seq, first.at, True)
    assert Message.objects.filter(kind="text").count() == 1


def test_a_repeat_inside_one_batch_is_one_message(cast: Cast) -> None:
    send = a_send(cast, cast.client)
    answers = send_messages([send, send])
    assert [answer.seq for answer in answers] == [2, 2]
    assert [answer.repeated for answer in answers] == [False, True]


def test_a_bad_message_never_spoils_the_others(cast: Cast) -> None:
    good = [a_send(cast, cast.client), a_send(cast, cast.freelancer)]
    bad = [
        a_send(cast, cast.outsider),
        a_send(cast, cast.client, "   "),
        a_send(cast, cast.client, "a" * 20_001),
        a_send(cast, cast.client, "nul \x00"),
        a_send(cast, cast.client, "lone \ud800"),
        replace(a_send(cast, cast.client), thread_id=uuid4()),
        replace(a_send(cast, cast.client), reply_to_seq=99),
        replace(a_send(cast, cast.client), mentions=(cast.outsider.pk,)),
        replace(a_send(cast, cast.client), files=(uuid4(),)),
    ]
    answers = send_messages([good[0], *bad, good[1]])
    codes = [answer.code for answer in answers[1:-1]]
    texts = ["message.empty", "message.too_long", "message.bad_text", "message.bad_text"]
    assert codes == ["not_found", *texts, "not_found", "message.reply", "message.mentions", "message.files"]
    assert [answers[0].seq, answers[-1].seq] == [2, 3]


def test_outsiders_and_staff_without_a_request_find_nothing(cast: Cast) -> None:
    for person in (cast.outsider, cast.outside_freelancer, cast.agent, cast.supervisor, cast.analyst, cast.admin):
        with pytest.raises(NotFound):
            send_message(a_send(cast, person))


def test_staff_outside_the_room_reads_but_writes_only_notes(cast: Cast) -> None:
    cast.mediate()
    with pytest.raises(Forbidden):
        send_message(a_send(cast, cast.agent))
    assert send_message(a_send(cast, cast.agent, audience="internal")).seq == 2
    with pytest.raises(Forbidden):
        send_message(a_send(cast, cast.qa, audience="internal"))
    for person in (cast.client, cast.freelancer, cast.analyst, cast.admin):
        with pytest.raises(NotFound):
            send_message(a_send(cast, person, audience="internal"))


def test_a_caucus_is_for_one_party_and_the_mediator(cast: Cast) -> None:
    cast.mediate()
    send_message(a_send(cast, cast.client, audience="caucus_client"))
    send_message(a_send(cast, cast.mediator, audience="caucus_client"))
    for person in (cast.freelancer, cast.agent, cast.supervisor, cast.qa, cast.admin):
        with pytest.raises(NotFound):
            send_message(a_send(cast, person, audience="caucus_client"))
    caucus = cast.id_of("caucus_client")
    everybody = [cast.client, cast.freelancer, cast.mediator, cast.agent, cast.supervisor, cast.qa, cast.outsider]
    assert readers([caucus], outside=[person.pk for person in everybody])[caucus] == {cast.client.pk, cast.mediator.pk}


def test_who_left_or_was_deactivated_can_no_longer_write_but_a_retry_is_answered(cast: Cast) -> None:
    cast.mediate()
    before = a_send(cast, cast.mediator)
    first = send_message(before)
    rooms.leave_room(user=cast.mediator, room_id=cast.room.pk)
    assert send_message(before).seq == first.seq
    with pytest.raises(Forbidden):
        send_message(a_send(cast, cast.mediator))
    cast.client.is_active = False
    cast.client.save(update_fields=["is_active"])
    with pytest.raises(NotFound):
        send_message(a_send(cast, cast.client))


def test_an_agents_stale_message_is_refused_with_the_newest_one_unless_confirmed(cast: Cast) -> None:
    cast.mediate()
    newest = cast.say(cast.freelancer, "I can agree to $500 back.")
    stale = replace(a_send(cast, cast.mediator, "Could you go further?"), seen=newest.seq - 1)
    with pytest.raises(Conflict) as refusal:
        send_message(stale)
    assert refusal.value.code == "message.stale"
    assert refusal.value.detail["newest"]["text"] == "I can agree to $500 back."
    assert send_message(replace(stale, confirmed=True)).seq == newest.seq + 1
    assert send_message(replace(a_send(cast, cast.client), seen=0))  # parties are never held up


def test_joining_opens_the_private_threads_for_both_at_once_and_is_seen(cast: Cast) -> None:
    cast.mediate()
    kinds = set(Thread.objects.filter(room=cast.room).values_list("audience", flat=True))
    assert kinds == {"joint", "caucus_client", "caucus_freelancer", "internal"}
    types = [entry.payload["type"] for entry in events_after({cast.joint.pk: 0})]
    assert types == ["thread.opened", "help.asked", "help.taken", "member.joined"]


def test_only_one_agent_joins(cast: Cast) -> None:
    cast.mediate()
    with pytest.raises(Conflict) as refusal:
        rooms.join_as_mediator(user=cast.agent, room_id=cast.room.pk)
    assert "Ana Duarte" in str(refusal.value.message)
    assert rooms.join_as_mediator(user=cast.mediator, room_id=cast.room.pk)  # said twice
    for person in (cast.client, cast.supervisor, cast.admin, cast.analyst):
        with pytest.raises(NotFound):
            rooms.join_as_mediator(user=person, room_id=cast.room.pk)


@pytest.mark.django_db(transaction=True)
def test_real_threads_make_a_gapless_log_and_each_message_once(live_cast: Cast) -> None:
    people = [live_cast.client, live_cast.freelancer]
    sends = [a_send(live_cast, people[n % 2], f"message {n}") for n in range(60)]
    answers: list[Sent | Refused] = []

    def work(batch: list[Send]) -> None:
        answers.extend(send_messages(batch))
        connection.close()

    # Every message is in two batches, so that each races with its own repeat.
    batches = [sends[n : n + 10] for n in range(0, 60, 5)]
    threads = [threading.Thread(target=work, args=(batch,)) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(isinstance(answer, Sent) for answer in answers)
    topic = live_cast.joint.pk
    assert list(Event.objects.filter(topic_id=topic).order_by("id").values_list("seq", flat=True)) == list(range(1, 62))
    assert Message.objects.filter(thread=topic, kind="text").count() == 60


def test_a_mediator_who_changed_roles_reads_and_writes_nothing_there_any_more(cast: Cast) -> None:
    cast.mediate()
    caucus = cast.id_of("caucus_client")
    for role in ("analyst", "qa", "client"):
        cast.mediator.role = role
        cast.mediator.save(update_fields=["role"])
        for audience in ("joint", "caucus_client", "internal"):
            with pytest.raises((NotFound, Forbidden)):
                send_message(a_send(cast, cast.mediator, audience=audience))
        assert cast.mediator.pk not in readers([caucus], outside=[cast.mediator.pk])[caucus]
        assert caucus not in set(readable_threads(cast.mediator).values_list("pk", flat=True))
        with pytest.raises(NotFound):
            thread_to_read(cast.mediator, caucus)


def test_who_can_no_longer_mediate_makes_room_for_the_next(cast: Cast) -> None:
    cast.mediate()
    assert waiting_rooms(user=cast.agent) == []
    cast.mediator.is_active = False
    cast.mediator.save(update_fields=["is_active"])
    assert [room["id"] for room in waiting_rooms(user=cast.agent)] == [str(cast.room.pk)]
    assert room_state(user=cast.agent, room_id=cast.room.pk)["can"]["join"]
    rooms.join_as_mediator(user=cast.agent, room_id=cast.room.pk)
    types = [entry.payload["type"] for entry in events_after({cast.joint.pk: 4})]
    assert types == ["member.left", "help.taken", "member.joined"]
    assert waiting_rooms(user=cast.senior) == []


def test_an_agent_is_held_up_by_what_was_sent_in_the_same_moment(cast: Cast) -> None:
    cast.mediate()
    seen = cast.joint.head_seq
    agents = replace(a_send(cast, cast.mediator, "Shall we?"), seen=seen)
    stale, sent = send_messages([agents, a_send(cast, cast.freelancer, "I have an offer.")])
    assert isinstance(stale, Refused)
    assert stale.code == "message.stale"
    assert sent.seq == seen + 1


def test_a_message_that_breaks_something_is_refused_for_good_and_alone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    insert = rows.insert_messages

    def break_on_poison(messages: list) -> None:
        if any(send.body == "poison" for send, *_ in messages):
            raise RuntimeError
        insert(messages)

    monkeypatch.setattr(rows, "insert_messages", break_on_poison)
    sends = [
        a_send(cast, cast.client, "before"),
        a_send(cast, cast.client, "poison"),
        a_send(cast, cast.client, "after"),
    ]
    before, poison, after = send_messages(sends)
    assert (before.seq, after.seq) == (2, 3)
    assert isinstance(poison, Refused)
    assert not poison.retry


def test_a_file_goes_with_one_message_also_within_a_batch(cast: Cast) -> None:
    upload = SimpleUploadedFile("notes.txt", b"What we agreed.", content_type="text/plain")
    file = files.upload(user=cast.client, thread_id=cast.joint.pk, file=upload)
    sends = [replace(a_send(cast, cast.client), files=(file.pk,)) for _ in range(2)]
    first, second = send_messages(sends)
    assert isinstance(first, Sent)
    assert isinstance(second, Refused)
    assert second.code == "message.files"
