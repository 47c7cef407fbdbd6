"""The room as the server draws it: readable and usable without a script."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mediation.conversations.actions import reading
from mediation.conversations.models import Draft, HelpRequest, Message
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def page_of(browser: Client, cast: Cast, **query: object) -> str:
    answer = browser.get(reverse("web:room", args=[cast.room.pk]), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def text_of(html: str) -> str:
    html = re.sub(r"<(script|template|dialog|svg|noscript).*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture
def as_client(cast: Cast, client: Client) -> Client:
    client.force_login(cast.client)
    return client


def test_what_was_said_is_there_to_read(as_client: Client, cast: Cast) -> None:
    cast.say(cast.freelancer, "The pages are **ready**.")
    html = page_of(as_client, cast)
    assert "<strong>ready</strong>" in html
    assert "Mateo Giraldo" in text_of(html)
    assert "New since" in text_of(html)
    assert "The room was opened." in text_of(html)


def test_a_plain_form_sends_and_a_second_press_makes_no_second_message(as_client: Client, cast: Cast) -> None:
    said = {"thread": cast.joint.pk, "client_id": uuid4(), "text": "Hello Mateo"}
    for _time in range(2):
        answer = as_client.post(reverse("web:send", args=[cast.room.pk]), said)
        assert answer.status_code == 302
    assert Message.objects.filter(body="Hello Mateo").count() == 1


def test_what_was_sent_by_a_plain_form_is_no_draft_any_more(as_client: Client, cast: Cast) -> None:
    reading.save_draft(user=cast.client, thread_id=cast.joint.pk, body="Hello Mat")
    said = {"thread": cast.joint.pk, "client_id": uuid4(), "text": "Hello Mateo"}
    as_client.post(reverse("web:send", args=[cast.room.pk]), said)
    assert not Draft.objects.exists()


def test_a_message_that_names_its_reader_is_marked_for_them_alone(client: Client, cast: Cast) -> None:
    cast.say(cast.freelancer, "@Helen Marsh, have a look", mentions=(cast.client.pk,))
    for reader, times in ((cast.client, 1), (cast.freelancer, 0)):
        client.force_login(reader)
        assert page_of(client, cast).count(" data-mentions-you") == times


def test_a_refused_text_stays_in_the_field_with_the_reason(as_client: Client, cast: Cast) -> None:
    said = {"thread": cast.joint.pk, "client_id": uuid4(), "text": "x" * 20_001}
    answer = as_client.post(reverse("web:send", args=[cast.room.pk]), said)
    assert answer.status_code == 400
    assert "x" * 20_001 in answer.content.decode()
    assert "Split it, or attach it as a file." in answer.content.decode()


def test_a_file_is_sent_without_a_script(as_client: Client, cast: Cast) -> None:
    file = SimpleUploadedFile("hand-over.txt", b"Ten product texts.\n", "text/plain")
    said = {"thread": cast.joint.pk, "client_id": uuid4(), "text": "Here", "file": file}
    assert as_client.post(reverse("web:send", args=[cast.room.pk]), said).status_code == 302
    assert "hand-over.txt" in page_of(as_client, cast)


def test_the_audience_is_said_in_word_and_names_and_again_on_the_button(as_client: Client, cast: Cast) -> None:
    cast.mediate()
    joint = text_of(page_of(as_client, cast))
    assert "Everyone Mateo Giraldo and Ana Duarte will read this" in joint
    assert "Send to everyone" in joint
    private = text_of(page_of(as_client, cast, thread=cast.id_of("caucus_client")))
    assert "Only Ana Duarte Mateo does not see this" in private
    assert "Send only to Ana" in private
    assert "Send to everyone" not in private


def test_asking_for_a_mediator_and_taking_it_back_are_plain_forms(as_client: Client, cast: Cast) -> None:
    address = reverse("web:help", args=[cast.room.pk])
    as_client.post(address, {"note": "The third milestone"})
    assert "You asked for a mediator." in text_of(page_of(as_client, cast))
    assert HelpRequest.objects.get().note == "The third milestone"
    as_client.post(address, {"cancel": "1"})
    assert "You took back the request" in text_of(page_of(as_client, cast))


def test_an_agent_joins_by_a_plain_form_and_both_see_the_card(client: Client, cast: Cast) -> None:
    client.force_login(cast.client)
    client.post(reverse("web:help", args=[cast.room.pk]))
    client.force_login(cast.mediator)
    assert client.post(reverse("web:join", args=[cast.room.pk])).status_code == 302
    for party in (cast.client, cast.freelancer):
        client.force_login(party)
        assert "Ana Duarte" in re.search(r"joincard.*?</h2>", page_of(client, cast), re.DOTALL)[0]


def test_system_lines_are_in_the_language_of_their_reader(client: Client, cast: Cast) -> None:
    client.force_login(cast.freelancer)
    assert 'lang="es"' in page_of(client, cast)


@pytest.mark.parametrize("who", ["outsider", "analyst", "agent"])
def test_somebody_else_s_room_is_not_there(client: Client, cast: Cast, who: str) -> None:
    client.force_login(getattr(cast, who))
    assert client.get(reverse("web:room", args=[cast.room.pk])).status_code == 404
    assert client.get(reverse("web:room", args=[uuid4()])).status_code == 404


def test_a_thread_that_is_not_mine_answers_like_one_that_is_not_there(client: Client, cast: Cast) -> None:
    cast.mediate()
    client.force_login(cast.freelancer)
    for thread in (cast.id_of("caucus_client"), cast.id_of("internal"), uuid4()):
        assert client.get(reverse("web:room", args=[cast.room.pk]), {"thread": thread}).status_code == 404


def test_the_page_carries_no_inline_script_or_style(as_client: Client, cast: Cast) -> None:
    cast.mediate()
    cast.say(cast.freelancer, "Hello")
    html = page_of(as_client, cast)
    assert not re.search(r'\sstyle="|\son\w+="', html)
    scripts = re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", html)
    assert not scripts


def test_older_lines_are_a_page_away(as_client: Client, cast: Cast) -> None:
    for number in range(60):
        cast.say(cast.client, f"line {number}")
    html = page_of(as_client, cast)
    assert "Earlier messages" in html
    assert "line 3<" not in html
    older = re.search(r"before=(\d+)", html)[1]
    assert "line 3<" in page_of(as_client, cast, before=older)


def test_a_found_line_is_shown_where_it_stands(as_client: Client, cast: Cast) -> None:
    sent = [cast.say(cast.client, f"line {number}") for number in range(80)]
    assert "line 5<" in page_of(as_client, cast, at=sent[5].seq)


@pytest.mark.parametrize(("code", "said"), [("pay_share", "of the arbitration: …."), ("extend", "for both: “…”")])
def test_a_line_of_before_its_sentence_named_more_is_still_said(
    as_client: Client, cast: Cast, code: str, said: str
) -> None:
    line = Message.objects.filter(thread=cast.id_of("joint")).order_by("-seq")[0]
    Message.objects.filter(pk=line.pk).update(kind="system", code=f"dispute.{code}", params={"state": "executing"})
    assert said in text_of(page_of(as_client, cast))
