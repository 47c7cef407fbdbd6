"""Faults, the clock, and what the stand-in remembers of its requests."""

import httpx
import pytest

from tests.zendesk_standin.running import Standin
from tests.zendesk_standin.said import change, comments, make_ticket, say


def test_an_answer_is_lost_after_it_was_applied_and_before(zendesk: httpx.Client, standin: Standin) -> None:
    made = make_ticket(zendesk)
    for what in ("lose_answer", "refuse_before"):
        standin.faults({"what": what, "method": "PUT", "path": "/tickets/"})
        with pytest.raises(httpx.RemoteProtocolError):
            change(zendesk, made["id"], comment={"body": "More", "public": False})
        assert len(comments(zendesk, made["id"])) == 2
    assert [one["status"] for one in standin.requests(method="PUT")] == [0, 0]


def test_a_fault_meets_the_requests_it_was_made_for(zendesk: httpx.Client, standin: Standin) -> None:
    standin.faults(
        {
            "what": "status",
            "path": "/users/me",
            "status": 429,
            "body": "Slow down",
            "content_type": "text/plain",
            "after": 1,
            "times": 2,
        },
        {
            "what": "status",
            "path": "/tickets",
            "method": "POST",
            "status": 503,
            "body": "<h1>Down</h1>",
            "content_type": "text/html",
        },
        {
            "what": "status",
            "path": "/job_statuses/",
            "status": 401,
            "body": {"error": "invalid_token"},
            "headers": {"X-A": "b"},
            "times": 0,
        },
    )
    with httpx.Client(base_url=zendesk.base_url, headers=zendesk.headers) as plain:
        assert [plain.get("users/me").status_code for _ in range(4)] == [200, 429, 429, 200]
        answer = plain.post("tickets", json={})
        assert (answer.status_code, answer.text) == (503, "<h1>Down</h1>")
        assert plain.get("tickets").status_code == 200
        for _ in range(3):
            answer = plain.get("job_statuses/1")
            assert (answer.json(), answer.headers["X-A"]) == ({"error": "invalid_token"}, "b")
        standin.clear_faults()
        assert plain.get("job_statuses/1").status_code == 404


def test_a_comment_may_turn_out_with_the_other_privacy(zendesk: httpx.Client, standin: Standin) -> None:
    standin.faults({"what": "wrong_public", "method": "POST", "path": "/tickets$"})
    made = make_ticket(zendesk)
    assert (made["is_public"], comments(zendesk, made["id"])[0]["public"]) == (True, True)
    assert say(zendesk, made["id"], body="More")["public"] is False


def test_an_answer_may_be_late(zendesk: httpx.Client, standin: Standin) -> None:
    standin.faults({"what": "delay", "seconds": 30})
    with pytest.raises(httpx.ReadTimeout):
        zendesk.get("tickets", timeout=0.3)


def test_every_request_is_remembered_word_for_word(zendesk: httpx.Client, standin: Standin) -> None:
    standin.reset(limits=False)
    zendesk.get("tickets", params={"external_id": "a b"})
    with standin.client() as client:
        make_ticket(client, subject="canary")
    refused, token, created = standin.requests()
    assert (refused["status"], refused["query"]) == (401, "external_id=a+b")
    assert (token["path"], token["status"]) == ("/oauth/tokens", 201)
    assert "canary" in created["body"]
    assert created["headers"]["Content-Type"] == "application/json"
    assert standin.requests(path="/nothing") == []


def test_the_control_says_what_is_wrong(standin: Standin) -> None:
    control = f"{standin.url}/_standin/"
    for path, body, words in (
        ("reset", {"limit": 1}, "There is no switch 'limit'"),
        ("switches", {"limits": "yes"}, "limits is a bool"),
        ("faults", {"what": "magic"}, "what must be one of"),
        ("faults", {"what": "status", "path": "("}, "unterminated"),
        ("faults", {"what": "status", "wat": 1}, "wat"),
        ("clock", {"at": "soon"}, "soon"),
    ):
        answer = httpx.post(control + path, json=body)
        assert (answer.status_code, words in answer.text) == (400, True), answer.text
    for body, status in (
        ({"do": "dance", "ticket": 1}, 404),
        ({"via": "pigeon"}, 400),
        ({"who": "Nobody"}, 404),
    ):
        assert httpx.post(f"{control}as_agent", json=body).status_code == status
    assert httpx.get(f"{control}reset").status_code == 405
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert httpx.post(f"{control}reset", headers=elsewhere).status_code == 403


def test_the_clock_is_set(zendesk: httpx.Client, standin: Standin) -> None:
    standin.set(token_seconds=10**10)
    assert standin.set_clock("2030-05-05T10:00:00Z").startswith("2030-05-05T10:00:0")
    with standin.client() as client:
        assert make_ticket(client)["created_at"].startswith("2030-05-05")


def test_another_integration_and_an_agent_act(zendesk: httpx.Client, standin: Standin) -> None:
    made = make_ticket(zendesk)
    act = {
        "who": "Robo Desk",
        "via": "api",
        "ticket": made["id"],
        "comment": "From a robot",
        "metadata": {"src": "other"},
    }
    audit = standin.as_agent(**act)["audit"]
    assert (audit["author_id"], audit["via"]["channel"], audit["metadata"]["custom"]) == (907, "api", {"src": "other"})
    changed = standin.as_agent(ticket=made["id"], assignee="omar@parley.example", priority="high", tags=["vip"])[
        "ticket"
    ]
    assert (changed["assignee_id"], changed["priority"], changed["tags"]) == (903, "high", ["vip"])
    assert standin.as_agent(ticket=made["id"], assignee=None)["ticket"]["assignee_id"] is None
    said = standin.as_agent(ticket=made["id"], comment={"html_body": "<b>Hi</b>"}, public=True)["audit"]["events"][0]
    private = standin.as_agent(do="make_private", ticket=made["id"], comment_id=said["id"])["audit"]
    assert private["events"][0]["comment_id"] == said["id"]
    made_by_hand = standin.as_agent(do="create", subject="By hand", comment="Hi")["ticket"]
    assert made_by_hand["is_public"] is False
    for name in ("one", "two"):
        zendesk.post("users", json={"user": {"name": name}})
    assert standin.as_agent(do="merge_users", user="one", into="two")["user"]["active"] is False
    assert standin.as_agent(do="delete_user", user="two")["user"]["active"] is False
