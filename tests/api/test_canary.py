"""A word said in private is found in no other person's answers (S-02, over HTTP)."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mediation.conversations.actions import messages, reading, threads
from mediation.conversations.actions.files import upload
from mediation.conversations.models import Attachment, Message, Thread
from mediation.help_center.actions import asking, handing
from tests.api.conftest import SignIn
from tests.cast import Cast

PRIVATE = {
    "caucus_client": ("client", {"client", "mediator"}),
    "caucus_freelancer": ("freelancer", {"freelancer", "mediator"}),
    "internal": ("mediator", {"mediator", "agent", "senior", "ee", "supervisor", "qa"}),
    "draft": ("client", {"client"}),
    "asked": ("client", {"client"}),
}
PEOPLE = (
    "client", "freelancer", "mediator", "agent", "senior", "ee", "supervisor", "qa", "analyst", "admin", "outsider",
    "outside_freelancer",
)  # fmt: skip


def speak(cast: Cast, audience: str, author: str, word: str) -> None:
    """Leave the word in every private text there is."""
    user, thread = getattr(cast, author), cast.thread(audience)
    seq = cast.say(user, f"said {word}", audience=audience).seq
    file = upload(user=user, thread_id=thread.pk, file=SimpleUploadedFile(f"{word}.txt", word.encode()))
    cast.say(user, "with a file", audience=audience, files=(file.pk,))
    messages.edit_message(user=user, thread_id=thread.pk, seq=seq, body=f"said {word} again")
    gone = cast.say(user, "to be removed", audience=audience).seq
    messages.remove_message(user=user, thread_id=thread.pk, seq=gone, reason=f"because {word}")
    topic = threads.open_topic(user=user, room_id=cast.room.pk, audience=audience, title=f"about {word}")
    cast.say(user, f"in the topic: {word}", thread=topic)
    threads.rename_topic(user=user, thread_id=topic.pk, title=f"more {word}")


def everything(client: Client, cast: Cast, words: list[str]) -> Iterator[tuple[str, bytes]]:
    """Whatever somebody can ask for, headers included."""
    room = f"/api/rooms/{cast.room.pk}/"
    urls = ["/api/me/", "/api/rooms/", "/api/rooms/?show=unread", "/api/waiting/", room, f"{room}events/"]
    urls += [f"/api/search/?q={word}" for word in (*words, "said")]
    urls += [f"/api/rooms/?q={word}" for word in words]
    for thread in Thread.objects.all():
        urls.append(f"/api/threads/{thread.pk}/messages/")
        edited = Message.objects.filter(thread=thread, edited_at__isnull=False).values_list("seq", flat=True)
        urls += [f"/api/threads/{thread.pk}/messages/{seq}/versions/" for seq in edited]
    urls += [f"/api/files/{file.pk}/" for file in Attachment.objects.all()]
    urls += ["/rooms/", "/waiting/", f"/rooms/{cast.room.pk}/", f"/help/rooms/{cast.room.pk}/"]
    urls += [f"/rooms/{cast.room.pk}/?thread={thread.pk}" for thread in Thread.objects.all()]
    for url in urls:
        answer = client.get(url)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        yield url, body + str(dict(answer.headers)).encode()


@pytest.fixture
def words(cast: Cast) -> dict[str, str]:
    """audience → the word that is in all of its texts."""
    cast.mediate()
    found = {}
    for audience, (author, _readers) in PRIVATE.items():
        found[audience] = f"canary{uuid4().hex}"
        if audience == "draft":
            reading.save_draft(user=cast.client, thread_id=cast.joint.pk, body=f"begun: {found[audience]}")
        elif audience == "asked":
            asked = asking.ask(reader=cast.client, language="en", question=f"may I {found[audience]}?", session_id=None)
            handing.hand_over(user=cast.client, session_id=asked.session_id, room_id=cast.room.pk)
        else:
            speak(cast, audience, author, found[audience])
    return found


@pytest.mark.parametrize("name", PEOPLE)
def test_private_words_stay_private(cast: Cast, api: SignIn, words: dict[str, str], name: str) -> None:
    client = api(getattr(cast, name))
    heard = set()
    for url, said in everything(client, cast, list(words.values())):
        for audience, word in words.items():
            # An address that asks for the word may say it back.
            if word.encode() in said.replace(url.encode(), b"") and f"q={word}" not in url:
                heard.add(audience)
                assert name in PRIVATE[audience][1], f"{name} reads {audience} at {url}"
    assert heard == {audience for audience, (_author, readers) in PRIVATE.items() if name in readers}


def test_a_search_for_a_foreign_word_is_as_empty_as_for_an_absent_one(
    cast: Cast, api: SignIn, words: dict[str, str]
) -> None:
    client = api(cast.client)
    foreign = client.get("/api/search/", {"q": words["caucus_freelancer"]})
    absent = client.get("/api/search/", {"q": "canary" + uuid4().hex})
    assert foreign.content == absent.content == b'{"hits":[],"after":null}'
