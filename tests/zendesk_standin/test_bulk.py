"""Imports, their jobs, and the incremental export."""

import time
from typing import Any

import httpx

from tests.zendesk_standin.running import Standin
from tests.zendesk_standin.said import audits, change, comments, make_ticket, why

OLD = {
    "subject": "Old",
    "created_at": "2020-01-01T10:00:00Z",
    "updated_at": "2020-01-03T10:00:00Z",
    "comments": [
        {"value": "first", "public": False, "created_at": "2020-01-01T10:00:00Z"},
        {"html_body": "<b>second</b>", "public": False, "author_id": 903, "created_at": "2020-01-02T10:00:00Z"},
    ],
}


def test_an_import_keeps_its_moments_and_tells_nobody(zendesk: httpx.Client, standin: Standin) -> None:
    standin.set(webhook_to="http://127.0.0.1:9/")
    given = {**OLD, "requester": {"name": "Case 1", "email": "case-1@example.org"}}
    given["comments"][0]["public"] = True
    made = zendesk.post("imports/tickets", json={"ticket": given}).json()["ticket"]
    assert (made["created_at"], made["updated_at"]) == (OLD["created_at"], OLD["updated_at"])
    said = [(one["created_at"], one["author_id"]) for one in comments(zendesk, made["id"])]
    assert said == [("2020-01-01T10:00:00Z", 900), ("2020-01-02T10:00:00Z", 903)]
    assert [audit["created_at"] for audit in audits(zendesk, made["id"])] == [one[0] for one in said]
    assert (standin.webhooks(), standin.mails()) == ([], [])


def test_a_job_that_is_completed_may_hold_rows_that_failed(zendesk: httpx.Client, standin: Standin) -> None:
    standin.set(job_seconds=30)
    standin.faults({"what": "fail_rows", "path": "create_many", "rows": [1]})
    rows = [OLD, OLD, {"subject": "without words"}, {**OLD, "created_at": "yesterday"}]
    job = zendesk.post("imports/tickets/create_many", json={"tickets": rows}).json()["job_status"]
    assert (job["status"], job["results"]) == ("queued", [])
    assert zendesk.get(f"job_statuses/{job['id']}").json()["job_status"]["status"] == "working"
    standin.advance(31)
    done = zendesk.get(f"job_statuses/{job['id']}").json()["job_status"]
    assert done["status"] == "completed"
    assert [(row["index"], row.get("success", True)) for row in done["results"]] == [
        (0, True),
        (1, False),
        (2, False),
        (3, False),
    ]
    assert len(zendesk.get("tickets").json()["tickets"]) == 1
    assert zendesk.get("job_statuses/unknown").status_code == 404


def test_an_import_takes_a_hundred(zendesk: httpx.Client) -> None:
    for given in ([], [OLD] * 101, "all"):
        assert zendesk.post("imports/tickets/create_many", json={"tickets": given}).status_code == 400
    assert "cannot be blank" in why(zendesk.post("imports/tickets", json={"ticket": {"subject": "x"}}))


def export(client: httpx.Client, **query: Any) -> dict[str, Any]:
    answer = client.get("incremental/tickets/cursor", params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_the_export_withholds_the_last_minute_and_then_shows_each_change(
    zendesk: httpx.Client, standin: Standin
) -> None:
    first, second = make_ticket(zendesk)["id"], make_ticket(zendesk)["id"]
    page = export(zendesk, start_time=0)
    assert (page["tickets"], page["end_of_stream"]) == ([], True)
    standin.advance(61)
    page = export(zendesk, cursor=page["after_cursor"])
    assert [row["id"] for row in page["tickets"]] == [first, second]
    standin.as_agent(do="delete", ticket=first)
    standin.advance(61)
    page = export(zendesk, cursor=page["after_cursor"])
    assert (page["tickets"][-1]["id"], page["tickets"][-1]["status"]) == (first, "deleted")


def test_a_page_repeats_a_row_of_the_one_before(zendesk: httpx.Client, standin: Standin) -> None:
    ids = [make_ticket(zendesk)["id"] for _ in range(3)]
    standin.advance(61)
    first = export(zendesk, start_time=0, per_page=2)
    assert first["end_of_stream"] is False
    second = export(zendesk, cursor=first["after_cursor"], per_page=2)
    assert [row["id"] for row in first["tickets"] + second["tickets"]] == [ids[0], ids[1], ids[1], ids[2]]
    assert second["end_of_stream"] is True
    assert export(zendesk, cursor=second["after_cursor"])["tickets"] == []


def test_a_cursor_expires_and_a_beginning_may_be_too_near(zendesk: httpx.Client, standin: Standin) -> None:
    made = make_ticket(zendesk)
    cursor = export(zendesk, start_time=0)["after_cursor"]
    standin.set(cursor_seconds=60, token_seconds=9999)
    standin.advance(120)
    for query, status in (({"cursor": cursor}, 400), ({"cursor": "x"}, 400), ({}, 400), ({"start_time": "x"}, 400)):
        assert zendesk.get("incremental/tickets/cursor", params=query).status_code == status
    near = zendesk.get("incremental/tickets/cursor", params={"start_time": int(time.time()) + 120})
    assert near.status_code == 422
    assert change(zendesk, made["id"], status="open").is_success


def test_the_export_and_imports_are_for_admins(standin: Standin) -> None:
    standin.set(service_role="agent")
    with standin.client() as client:
        answer = client.get("incremental/tickets/cursor", params={"start_time": 0})
        assert (answer.status_code, answer.json()["error"]["title"]) == (403, "Forbidden")
        assert client.post("imports/tickets", json={"ticket": OLD}).status_code == 403
