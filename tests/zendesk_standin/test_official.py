"""Every door once: its answer is as Zendesk's own file describes it."""

from typing import Any

import httpx

from tests.zendesk_standin import official
from tests.zendesk_standin.running import CLIENT_ID, CLIENT_SECRET, Standin


def test_every_answer_fits_zendesks_own_description(zendesk: httpx.Client, standin: Standin) -> None:
    """The client compares each answer by itself (`official.check`)."""
    official.description()  # or skips
    given = {"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    official.check(httpx.post(f"{standin.url}/oauth/tokens", json={**given, "scope": "read write"}))

    def ask(method: str, path: str, body: Any = None, **more: Any) -> Any:
        answer = zendesk.request(method, path, json=body, **more)
        assert answer.status_code < 400, answer.text
        return answer.json() if answer.content else None

    note = {"body": "One 4111 two", "public": False}
    person = {"name": "Case 1", "email": "case-1@example.com", "external_id": "parley:1"}
    fields = [{"id": 360001, "value": "1"}]
    made = {"subject": "A", "external_id": "x", "comment": note, "requester": person, "custom_fields": fields}
    number = ask("POST", "tickets.json", {"ticket": made})["ticket"]["id"]
    second = ask("POST", "tickets", {"ticket": {"comment": note}})["ticket"]["id"]
    ticket = f"tickets/{number}"
    change = {"status": "open", "tags": ["a"], "comment": {"html_body": "<p>More</p>", "public": True}}
    ask("PUT", ticket, {"ticket": change})
    for path in (ticket, "tickets", "tickets?external_id=x", f"tickets/show_many?ids={number}", "ticket_fields"):
        ask("GET", path)
    audits = ask("GET", f"{ticket}/audits?include=users")["audits"]
    ask("GET", f"{ticket}/audits?page[size]=1")
    ask("GET", f"{ticket}/audits/{audits[0]['id']}")
    ask("GET", f"{ticket}/audits/count")
    said = ask("GET", f"{ticket}/comments?include=users&sort=-created_at&page[size]=5")["comments"]
    ask("GET", f"{ticket}/comments/count")
    ask("PUT", f"{ticket}/comments/{said[0]['id']}/make_private")
    ask("PUT", f"{ticket}/audits/{audits[1]['id']}/make_private")
    ask("PUT", f"{ticket}/comments/{said[1]['id']}/redact", {"text": "4111"})
    for method in ("GET", "PUT", "POST", "DELETE"):
        ask(method, f"{ticket}/tags", {"tags": ["b"]})
    ask("POST", f"{ticket}/merge", {"ids": [second]})
    ask("DELETE", ticket)

    person = {"name": "Case 2", "email": "case-2@example.com", "external_id": "parley:2", "skip_verify_email": True}
    one = ask("POST", "users/create_or_update", {"user": person})["user"]["id"]
    ask("POST", "users/create_or_update", {"user": {**person, "name": "Case two"}})
    two = ask("POST", "users", {"user": {"name": "Case 3"}})["user"]["id"]
    for path in (f"users/{one}", f"users/{one}/identities", f"users/show_many?ids={one},{two}", "users/me"):
        ask("GET", path)
    ask("GET", "users/search?external_id=parley:2")
    ask("PUT", f"users/{one}", {"user": {"suspended": True}})
    ask("PUT", f"users/{one}/merge", {"user": {"id": two}})
    ask("DELETE", f"users/{two}")

    token = ask("POST", "uploads?filename=a.txt", content=b"abc", headers={"Content-Type": "text/plain"})["upload"][
        "token"
    ]
    ask("DELETE", f"uploads/{token}")
    old = {"subject": "Old", "created_at": "2020-01-01T00:00:00Z", "comments": [{"value": "x", "public": False}]}
    ask("POST", "imports/tickets", {"ticket": old})
    job = ask("POST", "imports/tickets/create_many", {"tickets": [old, {"subject": "no words"}]})["job_status"]["id"]
    ask("GET", f"job_statuses/{job}")
    standin.advance(120)
    assert {row["status"] for row in ask("GET", "incremental/tickets/cursor?start_time=0")["tickets"]} >= {"deleted"}
