"""A look into the private talk of a case shows nothing of another case of the same room, however the two follow one
another: a room has one private talk with each side.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from mediation.conversations.actions import files, messages, threads
from mediation.core.errors import NotFound
from mediation.disputes.models import BreakGlass, Dispute
from mediation.disputes.queries import glass as queries
from mediation.disputes.queries import openings
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.cases import Case
from tests.disputes.glasses import about, case, opened, texts
from tests.disputes.stories import later
from tests.disputes.ways import case_in

__all__ = ["case"]

SECRET = "canary"  # in every word of the other case


@dataclass
class Told:
    """Two cases of a room: the first is open again, the other was opened and closed meanwhile."""

    cast: Cast
    first: Case
    other: Case
    other_file: Any
    other_topic: Any


@pytest.fixture
def told(cast: Cast, case: Case) -> Told:
    helen, private = cast.client, "caucus_client"
    topic = threads.open_topic(user=helen, room_id=cast.room.pk, audience=private, title="The deposit")
    cast.say(helen, "About the deposit.", thread=topic)
    changed = cast.say(helen, "I have until Friday.", audience=private)
    with later(days=1):
        case.do(helen, "withdraw")
        cast.say(helen, "One more word.", audience=private)
    with later(days=3):
        other = case_in(cast, State.MEDIATING, has_claim=False)
        file = SimpleUploadedFile(f"{SECRET}.txt", b"x", content_type="text/plain")
        sent = files.upload(user=helen, thread_id=cast.id_of(private), file=file)
        quoted = cast.say(helen, f"{SECRET} one", audience=private, files=(sent.pk,))
        later_topic = threads.open_topic(user=helen, room_id=cast.room.pk, audience=private, title=f"{SECRET} topic")
        cast.say(helen, f"{SECRET} two", thread=later_topic)
        threads.rename_topic(user=helen, thread_id=topic.pk, title=f"{SECRET} title")
        messages.edit_message(user=helen, thread_id=cast.id_of(private), seq=changed.seq, body=f"{SECRET} edit")
        messages.edit_message(user=helen, thread_id=cast.id_of(private), seq=changed.seq, body=f"{SECRET} again")
    with later(days=4):
        other.do(cast.mediator, "close_helped")
        cast.say(helen, f"{SECRET} after", audience=private)
    with later(days=5):
        case.do(cast.supervisor, "reopen", agent_id=cast.agent.pk)
        cast.say(helen, "As I said.", audience=private, reply_to_seq=quoted.seq)
        cast.say(helen, "Here too.", thread=later_topic)
        threads.rename_topic(user=helen, thread_id=topic.pk, title="The second deposit")
    return Told(cast, case, other, sent, later_topic)


def look_at(case: Case, cast: Cast) -> BreakGlass:
    return opened(case, cast.supervisor, cast.senior)


def browser(who: User) -> Client:
    client = Client()
    client.force_login(who)
    return client


def everything(case: Case, who: User, look: BreakGlass) -> str:
    """Every page of every thread, by the API and on the pages."""
    client, found = browser(who), []
    for door in (f"/api/disputes/{case.id}/looks/{look.pk}/messages/", f"/cases/{case.id}/looks/{look.pk}/"):
        for thread in ("", *(f"?thread={one['id']}" for one in queries.talk(user=who, **about(case, look)).threads)):
            answer = client.get(door + thread)
            assert answer.status_code == 200
            found.append(answer.content.decode())
    return "\n".join(found)


def test_a_case_that_is_open_again_shows_nothing_of_the_one_in_between(told: Told) -> None:
    cast, first = told.cast, told.first
    with later(days=6):
        look = look_at(first, cast)
        assert texts(first, cast.supervisor, look) == ["As I said."]
        talk = queries.talk(user=cast.supervisor, **about(first, look))
        assert (talk.page.more, talk.page.quoted) == (True, [])
        assert [one["title"] for one in talk.threads] == ["", "The second deposit", ""]
        before = talk.page.messages[0]["seq"]
        assert texts(first, cast.supervisor, look, before=before)[-2:] == ["I have until Friday.", "One more word."]
        assert texts(first, cast.supervisor, look, thread_id=told.other_topic.pk) == ["Here too."]
        assert SECRET not in everything(first, cast.supervisor, look)
        with pytest.raises(NotFound):
            queries.file(user=cast.supervisor, file_id=told.other_file.pk, **about(first, look))


def test_the_case_in_between_shows_what_was_said_in_it_and_after_it(told: Told) -> None:
    cast, other = told.cast, told.other
    with later(days=6):
        look = look_at(other, cast)
        assert texts(other, cast.supervisor, look) == [f"{SECRET} one", f"{SECRET} after"]
        assert not queries.talk(user=cast.supervisor, **about(other, look)).page.more
        found = everything(other, cast.supervisor, look)
        assert not [one for one in ("Between us", "About the deposit", "The deposit", "Here too") if one in found]
        assert queries.file(user=cast.supervisor, file_id=told.other_file.pk, **about(other, look)).pk


def test_an_edit_of_the_case_s_own_time_is_shown(cast: Cast, case: Case) -> None:
    sent = cast.say(cast.client, "Tuesday.", audience="caucus_client")
    messages.edit_message(user=cast.client, thread_id=cast.id_of("caucus_client"), seq=sent.seq, body="Wednesday.")
    look = look_at(case, cast)
    assert texts(case, cast.supervisor, look)[-1] == "Wednesday."


def test_every_time_that_a_case_was_open_is_known(told: Told) -> None:
    """Also the closes of before, of which the case itself keeps the last alone."""
    found = openings.of(Dispute.objects.filter(room=told.cast.room))
    assert [one.dispute_id for one in found] == [told.first.id, told.other.id, told.first.id]
    assert [one.until is None for one in found] == [False, False, True]
    days = [(one.until - one.since).days for one in found if one.until]
    assert days == [1, 1]
