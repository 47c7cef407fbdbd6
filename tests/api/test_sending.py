"""Sending over HTTP is safe to repeat and obeys the rules of the socket."""

from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from mediation.conversations.models import Message
from tests.api.conftest import SignIn
from tests.cast import Cast


def send(client: Client, cast: Cast, **said: object) -> HttpResponse:
    """Post to the thread for everyone."""
    said = {"cid": str(uuid4()), "text": "Hello"} | said
    return client.post(f"/api/threads/{cast.joint.pk}/messages/", said, "application/json")


def test_a_message_gets_its_address(cast: Cast, api: SignIn) -> None:
    cid = str(uuid4())
    answer = send(api(cast.client), cast, cid=cid)
    assert answer.status_code == 201
    said = answer.json()
    assert (said["cid"], said["thread"], said["seq"]) == (cid, str(cast.joint.pk), 2)
    assert said["id"] == f"{cast.joint.pk}:2"


def test_the_same_cid_again_gives_the_first_result(cast: Cast, api: SignIn) -> None:
    client, cid = api(cast.client), str(uuid4())
    first = send(client, cast, cid=cid)
    again = send(client, cast, cid=cid, text="Something else")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Message.objects.filter(client_id=cid).count() == 1


def test_two_people_may_use_the_same_cid(cast: Cast, api: SignIn) -> None:
    cid = str(uuid4())
    assert send(api(cast.client), cast, cid=cid).status_code == 201
    assert send(api(cast.freelancer), cast, cid=cid).status_code == 201


def test_text_is_stored_as_written_and_shown_safely(cast: Cast, api: SignIn) -> None:
    client = api(cast.client)
    send(client, cast, text="**Hi** <script>alert(1)</script>")
    message = client.get(f"/api/threads/{cast.joint.pk}/messages/").json()["messages"][-1]
    assert message["text"] == "**Hi** <script>alert(1)</script>"
    assert "<strong>Hi</strong>" in message["html"]
    assert "<script" not in message["html"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"text": ""}, "message.empty"),
        ({"text": "  \n "}, "message.empty"),
        ({"text": "x" * 20_001}, "message.too_long"),
    ],
)
def test_the_rules_of_a_text_are_those_of_the_socket(cast: Cast, api: SignIn, said: dict[str, str], code: str) -> None:
    answer = send(api(cast.client), cast, **said)
    assert (answer.status_code, answer.json()["code"]) == (400, code)


@pytest.mark.parametrize(
    "said",
    [
        {"text": "a\x00b"}, {"text": 1}, {"text": None}, {"cid": "1"}, {"cid": 1}, {"cid": uuid4().hex},
        {"mentions": "x"}, {"mentions": ["x"]}, {"files": [str(uuid4())] * 11}, {"confirmed": "yes"}, {"seen": "2"},
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_by_field(cast: Cast, api: SignIn, said: dict[str, object]) -> None:
    answer = send(api(cast.client), cast, **said)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert next(iter(answer.json()["detail"]["fields"])).split(".")[0] in said


def test_an_agent_who_has_not_seen_the_newest_message_is_shown_it(cast: Cast, api: SignIn) -> None:
    cast.mediate()
    seen = cast.say(cast.client, "First").seq
    cast.say(cast.client, "Second")
    answer = send(api(cast.mediator), cast, seen=seen)
    assert (answer.status_code, answer.json()["code"]) == (409, "message.stale")
    assert answer.json()["detail"]["newest"]["text"] == "Second"
    assert send(api(cast.mediator), cast, seen=seen, confirmed=True).status_code == 201


def test_a_retry_gives_the_first_result_although_the_thread_has_gone_on(cast: Cast, api: SignIn) -> None:
    cast.mediate()
    client, cid = api(cast.mediator), str(uuid4())
    seen = cast.say(cast.client, "First").seq
    first = send(client, cast, cid=cid, seen=seen)
    cast.say(cast.client, "Second")
    again = send(client, cast, cid=cid, seen=seen)
    assert (again.status_code, again.json()) == (200, first.json())


def test_who_sends_too_fast_is_told_to_wait(cast: Cast, api: SignIn, settings: Any) -> None:
    settings.LIVE_SEND_BURST, settings.LIVE_SEND_PER_MINUTE = 3, 1
    client = api(cast.client)
    answers = [send(client, cast) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [201] * 3 + [429] * 2
    assert answers[-1].json()["retry"] is True
    assert answers[-1]["Retry-After"] == "1"
    assert send(api(cast.freelancer), cast).status_code == 201


def test_a_message_is_edited_removed_and_reacted_to_over_http(cast: Cast, api: SignIn) -> None:
    client, other = api(cast.client), api(cast.freelancer)
    seq = send(client, cast).json()["seq"]
    url = f"/api/threads/{cast.joint.pk}/messages/{seq}/"
    assert client.patch(url, {"text": "Hello there", "rev": 1}, "application/json").status_code == 204
    assert [version["text"] for version in other.get(f"{url}versions/").json()["versions"]] == ["Hello"]
    assert other.put(f"{url}reactions/heart/").status_code == 204
    assert other.put(f"{url}reactions/heart/").status_code == 204
    page = client.get(f"/api/threads/{cast.joint.pk}/messages/").json()
    assert page["messages"][-1]["reactions"] == {"heart": [str(cast.freelancer.pk)]}
    assert other.delete(f"{url}reactions/heart/").status_code == 204
    assert client.delete(url, {"reason": "Mistake"}, "application/json").status_code == 204
    assert (
        client.get(f"/api/threads/{cast.joint.pk}/messages/").json()["messages"][-1]["removed"]["reason"] == "Mistake"
    )
