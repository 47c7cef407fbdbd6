"""Tickets of the stand-in: made, changed, refused, as Zendesk does."""

import json
from typing import Any

import httpx
import pytest

from tests.zendesk_standin.running import Standin

NINA = 902


def ticket(client: httpx.Client, **given: Any) -> dict[str, Any]:
    given = {"subject": "Case 1", "comment": {"body": "Hello", "public": False}, **given}
    answer = client.post("tickets", json={"ticket": given})
    assert answer.status_code == 201, answer.text
    return dict(answer.json()["ticket"])


def test_a_ticket_is_made_found_and_changed(zendesk: httpx.Client) -> None:
    made = ticket(
        zendesk,
        external_id="parley:dispute:1",
        tags=["Parley", "two words"],
        custom_fields=[{"id": 360002, "value": "mediating"}],
        requester={"name": "Case 1", "email": "case-1@example.com", "external_id": "parley:1"},
        metadata={"src": "parley"},
    )
    assert (made["status"], made["tags"]) == ("new", ["parley", "two", "words"])
    found = zendesk.get("tickets.json", params={"external_id": "parley:dispute:1"}).json()["tickets"]
    assert [one["id"] for one in found] == [made["id"]]
    answer = zendesk.put(f"tickets/{made['id']}.json", json={"ticket": {"status": "open", "assignee_id": NINA}}).json()
    changes = {event["field_name"]: event["value"] for event in answer["audit"]["events"]}
    assert changes == {"status": "open", "assignee_id": str(NINA)}
    audits = zendesk.get(f"tickets/{made['id']}/audits").json()["audits"]
    assert audits[0]["metadata"]["custom"] == {"src": "parley"}
    assert [audit["id"] for audit in audits] == sorted(audit["id"] for audit in audits)


def test_a_comment_without_public_is_what_the_ticket_began_with(zendesk: httpx.Client) -> None:
    for public in (True, False):
        made = ticket(zendesk, comment={"body": "Hello", "public": public})
        zendesk.put(f"tickets/{made['id']}", json={"ticket": {"comment": {"body": "More"}}})
        said = zendesk.get(f"tickets/{made['id']}/comments").json()["comments"]
        assert [one["public"] for one in said] == [public, public]


def test_a_repeated_key_gives_the_first_answer(zendesk: httpx.Client, standin: Standin) -> None:
    def send(text: str) -> httpx.Response:
        body = {"ticket": {"comment": {"body": text, "public": False}}}
        return zendesk.post("tickets", json=body, headers={"Idempotency-Key": "row-1"})

    first, again, other = send("Hello"), send("Hello"), send("Other words")
    assert (first.headers["x-idempotency-lookup"], again.headers["x-idempotency-lookup"]) == ("miss", "hit")
    assert first.json() == again.json()
    assert (other.status_code, other.json()["error"]) == (400, "IdempotentRequestError")
    standin.advance(2 * 3600 + 1)
    with standin.client() as later:
        headers = {"Idempotency-Key": "row-1"}
        body = {"ticket": {"comment": {"body": "Hello", "public": False}}}
        assert later.post("tickets", json=body, headers=headers).json()["ticket"]["id"] != first.json()["ticket"]["id"]


def test_an_answer_is_lost_after_it_was_applied_and_before(zendesk: httpx.Client, standin: Standin) -> None:
    made = ticket(zendesk)
    for what, expected in (("lose_answer", 2), ("refuse_before", 2)):
        standin.faults({"what": what, "method": "PUT", "path": "/tickets/"})
        with pytest.raises(httpx.RemoteProtocolError):
            zendesk.put(f"tickets/{made['id']}", json={"ticket": {"comment": {"body": "More", "public": False}}})
        assert len(zendesk.get(f"tickets/{made['id']}/comments").json()["comments"]) == expected
    assert [one["status"] for one in standin.requests(method="PUT")] == [0, 0]


def test_safe_update_refuses_what_is_stale(zendesk: httpx.Client, standin: Standin) -> None:
    made = ticket(zendesk)
    standin.advance(5)
    standin.as_agent(ticket=made["id"], comment="I look at it", public=False)
    for guard in (True, False):
        given = {"safe_update": guard, "updated_stamp": made["updated_at"], "status": "open"}
        answer = zendesk.put(f"tickets/{made['id']}", json={"ticket": given})
        assert (answer.status_code, answer.json()["error"]) == (409, "UpdateConflict")
    fresh = zendesk.get(f"tickets/{made['id']}").json()["ticket"]
    given = {"safe_update": True, "updated_stamp": fresh["updated_at"], "status": "open"}
    assert zendesk.put(f"tickets/{made['id']}", json={"ticket": given}).status_code == 200


def test_placeholders_show_what_would_leak(zendesk: httpx.Client) -> None:
    made = ticket(zendesk, comment={"body": "the secret", "public": False})
    for words in ({"body": "{{ticket.comments}}"}, {"html_body": "<p>&#123;&#123;ticket.comments&#125;&#125;</p>"}):
        answer = zendesk.put(f"tickets/{made['id']}", json={"ticket": {"comment": {**words, "public": False}}}).json()
        assert "the secret" in json.dumps(answer["audit"])
