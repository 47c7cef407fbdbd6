"""A mediator writes to one side in private only in a private talk: at every door. The party may write at any time."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from mediation.conversations.actions import files, messages, reading, threads
from mediation.conversations.actions.send import Send, Sent, send_messages
from mediation.conversations.errors import NoTalkNow, OtherTalk, TalkFirst
from mediation.conversations.models import Message
from mediation.conversations.queries.room import room_state
from mediation.disputes import errors
from mediation.disputes.models import Caucus, Dispute
from tests.cast import Cast
from tests.disputes.conftest import Say

PRIVATE = "caucus_client"
Act = Callable[[Cast, User, int], Any]


def topic(cast: Cast, who: User) -> Any:
    return threads.open_topic(user=who, room_id=cast.room.pk, audience=PRIVATE, title=f"One question {uuid4()}")


WAYS: dict[str, Act] = {
    "say": lambda cast, who, seq: cast.say(who, "Between us", audience=PRIVATE),
    "reply": lambda cast, who, seq: cast.say(who, "Between us", audience=PRIVATE, reply_to_seq=seq),
    "edit": lambda cast, who, seq: messages.edit_message(
        user=who, thread_id=cast.id_of(PRIVATE), seq=seq, body=f"Otherwise {uuid4()}"
    ),
    "react": lambda cast, who, seq: messages.react(
        user=who, thread_id=cast.id_of(PRIVATE), seq=seq, reaction="thanks", on=True
    ),
    "upload": lambda cast, who, seq: files.upload(
        user=who, thread_id=cast.id_of(PRIVATE), file=SimpleUploadedFile("a.txt", b"Between us")
    ),
    "draft": lambda cast, who, seq: reading.save_draft(user=who, thread_id=cast.id_of(PRIVATE), body="Between"),
    "topic": lambda cast, who, seq: topic(cast, who),
}


def spoken(cast: Cast, mediation: Say, who: User) -> int:
    """A line of theirs from an earlier private talk, which is over."""
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    seq = cast.say(who, "First", audience=PRIVATE).seq
    mediation(cast.mediator, "end_caucus")
    return seq


@pytest.mark.parametrize("way", WAYS)
def test_a_mediator_begins_a_private_talk_first(cast: Cast, mediation: Say, way: str) -> None:
    act, seq = WAYS[way], spoken(cast, mediation, cast.mediator)
    count = Message.objects.count()
    with pytest.raises(TalkFirst):
        act(cast, cast.mediator, seq)
    assert Message.objects.count() == count
    mediation(cast.mediator, "begin_caucus", party=cast.freelancer.pk)
    with pytest.raises(OtherTalk):
        act(cast, cast.mediator, seq)
    mediation(cast.mediator, "end_caucus")
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    act(cast, cast.mediator, seq)


@pytest.mark.parametrize("way", WAYS)
def test_the_party_writes_to_the_mediator_at_any_time(cast: Cast, mediation: Say, way: str) -> None:
    WAYS[way](cast, cast.client, spoken(cast, mediation, cast.client))


def test_a_topic_of_a_private_talk_is_as_silent(cast: Cast, mediation: Say) -> None:
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    opened = topic(cast, cast.mediator)
    mediation(cast.mediator, "end_caucus")
    with pytest.raises(TalkFirst):
        cast.say(cast.mediator, "One more thing", thread=opened)
    with pytest.raises(TalkFirst):
        threads.rename_topic(user=cast.mediator, thread_id=opened.pk, title="One more thing")
    cast.say(cast.client, "One more thing", thread=opened)


def test_what_was_sent_in_the_talk_is_sent_however_late_it_is_asked_again(cast: Cast, mediation: Say) -> None:
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    client_id = uuid4()
    sent = cast.say(cast.mediator, "Between us", audience=PRIVATE)
    again = Message.objects.get(seq=sent.seq, thread=cast.thread(PRIVATE)).client_id
    mediation(cast.mediator, "end_caucus")
    first, second = send_messages(
        [Send(cast.mediator.pk, sent.thread_id, one, "Between us") for one in (again, client_id)]
    )
    assert (first.seq, first.repeated) == (sent.seq, True)
    assert isinstance(second, TalkFirst)


def test_others_of_the_same_batch_are_not_held_up(cast: Cast, mediation: Say) -> None:
    said = [(cast.mediator, "joint"), (cast.mediator, PRIVATE), (cast.client, PRIVATE), (cast.mediator, "internal")]
    answers = send_messages([Send(who.pk, cast.id_of(where), uuid4(), "Hello") for who, where in said])
    assert [type(one) for one in answers] == [Sent, TalkFirst, Sent, Sent]


def test_taking_a_message_away_says_nothing_and_stays_allowed(cast: Cast, mediation: Say) -> None:
    seq = spoken(cast, mediation, cast.mediator)
    messages.remove_message(user=cast.mediator, thread_id=cast.id_of(PRIVATE), seq=seq)
    assert Message.objects.get(thread=cast.thread(PRIVATE), seq=seq).removed_at


def test_outside_of_the_mediation_there_are_no_private_talks(cast: Cast, mediation: Say) -> None:
    mediation(cast.mediator, "propose_text", refund_minor=20_000, release_minor=200_000, terms=[])
    with pytest.raises(NoTalkNow):
        cast.say(cast.mediator, "Sign it", audience=PRIVATE)


def test_on_hold_nobody_begins_one_and_nobody_goes_on(cast: Cast, mediation: Say) -> None:
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    cast.say(cast.mediator, "Between us", audience=PRIVATE)
    mediation(cast.senior, "hold", reason="To look into it.")
    assert room_state(user=cast.mediator, room_id=cast.room.pk)["can"]["not_now"] == {"caucus_freelancer": "over"}


def test_words_are_asked_for_in_the_talk(cast: Cast, draft: Dispute, mediation: Say) -> None:
    asked = {"party": cast.client.pk, "text": "The 24th matters.", "question": "May I?"}
    with pytest.raises(errors.TalkNeeded):
        mediation(cast.mediator, "ask_release", **asked)
    mediation(cast.mediator, "begin_caucus", party=cast.freelancer.pk)
    with pytest.raises(errors.TalkNeeded):
        mediation(cast.mediator, "ask_release", **asked)
    mediation(cast.mediator, "end_caucus")
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    mediation(cast.mediator, "ask_release", **asked)
    assert draft.releases.count() == 1


def test_that_one_did_without_does_not_show_in_what_the_other_is_offered(cast: Cast, mediation: Say) -> None:
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    mediation(cast.mediator, "end_caucus")
    mediation(cast.freelancer, "decline_caucus")
    mediation(cast.mediator, "begin_caucus", party=cast.freelancer.pk)
    assert not Caucus.objects.filter(party=cast.client, began_at__isnull=True).exists(), "as if he had not said so"


def test_whoever_follows_begins_a_talk_of_their_own(cast: Cast, mediation: Say) -> None:
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    mediation(cast.mediator, "release", brief="They agree on half of it.")
    mediation(cast.agent, "claim")
    assert not Caucus.objects.filter(began_at__isnull=False, ended_at__isnull=True).exists()
    with pytest.raises(TalkFirst):
        cast.say(cast.agent, "Between us", audience=PRIVATE)
    mediation(cast.agent, "begin_caucus", party=cast.freelancer.pk)


@pytest.mark.parametrize("door", ["api", "page", "upload", "typing"])
def test_every_door_says_how_to_begin(client: Client, cast: Cast, mediation: Say, door: str) -> None:
    thread = cast.id_of(PRIVATE)
    client.force_login(cast.mediator)
    if door == "page":
        said = {"thread": thread, "client_id": uuid4(), "text": "Between us two"}
        answer = client.post(f"/rooms/{cast.room.pk}/send/", said)
        assert "Begin a private talk with this person first" in answer.content.decode()
    elif door == "upload":
        answer = client.post(f"/api/threads/{thread}/files/", {"file": SimpleUploadedFile("a.txt", b"Between us")})
    else:
        path = {"api": "messages", "typing": "typing"}[door]
        body = {"api": {"cid": str(uuid4()), "text": "Between us"}, "typing": {"on": True}}[door]
        answer = client.post(f"/api/threads/{thread}/{path}/", body, content_type="application/json")
    assert answer.status_code == 409, answer.content
    assert not Message.objects.filter(thread=thread, kind="text").exists()


def test_the_room_says_where_the_mediator_may_write(cast: Cast, mediation: Say) -> None:
    def not_now(who: User) -> object:
        return room_state(user=who, room_id=cast.room.pk)["can"]["not_now"]

    assert not_now(cast.mediator) == {"caucus_client": "begin", "caucus_freelancer": "begin"}
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    assert not_now(cast.mediator) == {"caucus_freelancer": "other"}
    assert not_now(cast.client) == not_now(cast.freelancer) == not_now(cast.agent) == {}
    assert room_state(user=cast.mediator, room_id=cast.room.pk)["can"]["open_topic"] == [PRIVATE, "internal", "joint"]


def test_the_page_offers_to_begin_in_the_place_of_the_field(client: Client, cast: Cast, mediation: Say) -> None:
    cast.say(cast.client, "May I ask you something?", audience=PRIVATE)
    client.force_login(cast.mediator)
    page = client.get(f"/rooms/{cast.room.pk}/", {"thread": cast.id_of(PRIVATE)}).content.decode()
    assert "May I ask you something?" in page
    assert f"/do/begin_caucus/?party={cast.client.pk}" in page
    client.force_login(cast.client)
    page = client.get(f"/rooms/{cast.room.pk}/", {"thread": cast.id_of(PRIVATE)}).content.decode()
    assert "do/begin_caucus" not in page
