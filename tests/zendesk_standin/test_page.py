"""The page for a person: what it shows and what its forms do, without scripts."""

import re
from html import unescape

import httpx
import pytest

from tests.zendesk_standin.running import Standin
from tests.zendesk_standin.said import comments, make_ticket, say

NINA, OMAR = 902, 903


def press(page: httpx.Client, where: str, **form: str) -> httpx.Response:
    """Send a form of the page `where`, as a browser would."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.get(where).text)
    assert found
    return page.post(where, data={"csrfmiddlewaretoken": found[1], **form})


@pytest.fixture
def page_client(standin: Standin) -> httpx.Client:
    return httpx.Client(base_url=standin.url, follow_redirects=True)


def test_tickets_are_listed_and_shown(zendesk: httpx.Client, page_client: httpx.Client) -> None:
    assert "No tickets yet" in page_client.get("/").text
    made = make_ticket(
        zendesk, subject="<b>Case</b>", tags=["vip"], custom_fields=[{"id": 360002, "value": "mediating"}]
    )
    say(zendesk, made["id"], html_body="<p>Good <strong>day</strong></p>", public=True)
    assert "&lt;b&gt;Case&lt;/b&gt;" in page_client.get("/").text
    shown = page_client.get(f"/agent/tickets/{made['id']}")
    for words in ("Internal note", "Public reply", "<strong>day</strong>", "Case state", "mediating", "vip"):
        assert words in shown.text
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
    assert page_client.get("/agent/tickets/4242").status_code == 404


def test_an_agent_replies_and_sets_properties(zendesk: httpx.Client, page_client: httpx.Client) -> None:
    made = make_ticket(zendesk, requester={"name": "Case 1", "email": "case-1@example.com"})
    where = f"/agent/tickets/{made['id']}"
    press(page_client, where, do="reply", who=str(OMAR), public="no", comment="For\r\nus")
    press(page_client, where, do="reply", who=str(NINA), public="yes", comment="For all")
    press(page_client, where, do="reply", who=str(made["requester_id"]), public="no", comment="By mail")
    said = [(one["body"], one["author_id"], one["public"]) for one in comments(zendesk, made["id"])][1:]
    assert said == [("For\nus", OMAR, False), ("For all", NINA, True), ("By mail", made["requester_id"], True)]
    form = {"status": "pending", "priority": "high", "assignee": str(NINA), "tags": "a b"}
    press(page_client, where, do="set", who=str(NINA), **form)
    changed = zendesk.get(f"tickets/{made['id']}").json()["ticket"]
    assert [changed[name] for name in ("status", "priority", "assignee_id", "tags")] == [
        "pending",
        "high",
        NINA,
        ["a", "b"],
    ]
    number = str(comments(zendesk, made["id"])[2]["id"])
    press(page_client, where, do="make_private", who=str(NINA), comment_id=number)
    assert comments(zendesk, made["id"])[2]["public"] is False
    other = make_ticket(zendesk)["id"]
    press(page_client, f"/agent/tickets/{other}", do="merge", who=str(NINA), into=str(made["id"]))
    assert "nothing can be changed" in page_client.get(f"/agent/tickets/{other}").text
    press(page_client, where, do="delete", who=str(NINA))
    assert zendesk.get(f"tickets/{made['id']}").status_code == 404


def test_what_cannot_be_done_is_said_and_the_words_are_kept(
    zendesk: httpx.Client, page_client: httpx.Client, standin: Standin
) -> None:
    standin.set(comments_per_ticket=1)
    where = f"/agent/tickets/{make_ticket(zendesk)['id']}"
    answer = press(page_client, where, do="reply", who=str(NINA), public="no", comment="My long words")
    assert answer.status_code == 422
    assert "limit of 1 comments" in answer.text
    assert ">My long words</textarea>" in answer.text
    assert press(page_client, where, do="merge", who=str(NINA), into="x").status_code == 422
    assert press(page_client, where, do="nonsense").status_code == 422
    assert page_client.post(where, data={"do": "delete"}).status_code == 403


def test_faults_and_habits_are_turned_on_and_off(page_client: httpx.Client, standin: Standin) -> None:
    shown = press(page_client, "/faults", do="add", fault="503", times="0")
    assert "until it is turned off" in shown.text
    assert httpx.get(f"{standin.url}/api/v2/tickets").status_code == 503
    assert "Everything answers as it should" in press(page_client, "/faults", do="clear").text
    press(page_client, "/faults", do="switches", webhooks_twice="on", late="on")
    switches = standin.set()
    assert (switches["webhooks_twice"], switches["limits"], switches["webhooks_late_seconds"]) == (True, False, 480)
    before = unescape(page_client.get("/faults").text)
    assert press(page_client, "/faults", do="clock", minutes="60").text != before
    assert press(page_client, "/faults", do="add", fault="unknown").status_code == 400


def test_requests_and_webhooks_are_listed(zendesk: httpx.Client, page_client: httpx.Client, standin: Standin) -> None:
    assert "None is set" in page_client.get("/requests").text
    standin.set(webhook_to="http://127.0.0.1:9/")
    make_ticket(zendesk, subject="Canary")
    shown = page_client.get("/requests").text
    assert "Canary" in shown
    assert "/api/v2/tickets" in shown
    assert "zen:event-type:ticket.created" in unescape(shown)
