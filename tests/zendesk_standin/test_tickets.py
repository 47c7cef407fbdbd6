"""Tickets of the stand-in: made, found, changed, refused, as Zendesk does."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.zendesk_standin.running import Standin
from tests.zendesk_standin.said import audits, change, comments, make_ticket, say, why

NINA = 902


def test_a_ticket_is_made_found_and_changed(zendesk: httpx.Client) -> None:
    made = make_ticket(
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
    answer = change(zendesk, made["id"], assignee_id=NINA).json()
    changes = {event["field_name"]: event["value"] for event in answer["audit"]["events"]}
    assert changes == {"status": "open", "assignee_id": str(NINA)}
    assert audits(zendesk, made["id"])[0]["metadata"]["custom"] == {"src": "parley"}
    ids = [audit["id"] for audit in audits(zendesk, made["id"])]
    assert ids == sorted(ids)


def test_an_update_that_changes_nothing_is_no_audit(zendesk: httpx.Client) -> None:
    made = make_ticket(zendesk)
    assert "audit" not in change(zendesk, made["id"], status="new").json()
    assert len(audits(zendesk, made["id"])) == 1


def test_external_ids_of_tickets_are_not_unique(zendesk: httpx.Client) -> None:
    wanted = {make_ticket(zendesk, external_id="twice")["id"] for _ in range(2)}
    found = zendesk.get("tickets", params={"external_id": "twice"}).json()["tickets"]
    assert {one["id"] for one in found} == wanted


def test_a_repeated_key_gives_the_first_answer(zendesk: httpx.Client, standin: Standin) -> None:
    def send(client: httpx.Client, text: str, key: str = "row-1") -> httpx.Response:
        body = {"ticket": {"comment": {"body": text, "public": False}}}
        return client.post("tickets", json=body, headers={"Idempotency-Key": key})

    first, again, other = send(zendesk, "Hello"), send(zendesk, "Hello"), send(zendesk, "Other words")
    assert (first.headers["x-idempotency-lookup"], again.headers["x-idempotency-lookup"]) == ("miss", "hit")
    assert first.json() == again.json()
    assert (other.status_code, other.json()["error"]) == (400, "IdempotentRequestError")
    assert send(zendesk, "Hello", "k" * 256).status_code == 400
    change(zendesk, first.json()["ticket"]["id"], status="closed")
    next_one = make_ticket(zendesk, via_followup_source_id=first.json()["ticket"]["id"])
    assert next_one["via_followup_source_id"] == first.json()["ticket"]["id"]
    assert send(zendesk, "Hello").json() == first.json()
    standin.advance(2 * 3600 + 1)
    with standin.client() as later:
        assert send(later, "Hello").json()["ticket"]["id"] != first.json()["ticket"]["id"]


def test_safe_update_refuses_what_is_stale(zendesk: httpx.Client, standin: Standin) -> None:
    made = make_ticket(zendesk)
    standin.advance(5)
    standin.as_agent(ticket=made["id"], comment="I look at it", public=False)
    for guard in (True, False):
        answer = change(zendesk, made["id"], safe_update=guard, updated_stamp=made["updated_at"], status="open")
        assert (answer.status_code, answer.json()["error"]) == (409, "UpdateConflict")
    fresh = zendesk.get(f"tickets/{made['id']}").json()["ticket"]
    assert change(zendesk, made["id"], safe_update=True, updated_stamp=fresh["updated_at"], status="open").is_success
    assert change(zendesk, made["id"], safe_update=True, status="hold").status_code == 400
    tags = {"tags": ["late"], "safe_update": True, "updated_stamp": made["updated_at"]}
    assert zendesk.put(f"tickets/{made['id']}/tags", json=tags).status_code == 409


def test_tags_are_added_set_and_taken_away(zendesk: httpx.Client) -> None:
    where = f"tickets/{make_ticket(zendesk, tags=['a'])['id']}/tags"
    assert zendesk.put(where, json={"tags": ["B", "a"]}).json()["tags"] == ["a", "b"]
    assert zendesk.delete(where, params={"tags": "a"}).json()["tags"] == ["b"]
    assert zendesk.post(where, json={"tags": "c d"}).json()["tags"] == ["c", "d"]


def test_a_closed_ticket_refuses_and_is_followed_up(zendesk: httpx.Client) -> None:
    made = make_ticket(zendesk, subject="First", tags=["kept"])
    change(zendesk, made["id"], status="closed")
    assert "closed prevents ticket update" in why(change(zendesk, made["id"], status="open"))
    assert "closed" in why(zendesk.put(f"tickets/{made['id']}/tags", json={"tags": ["x"]}))
    next_one = make_ticket(zendesk, subject=None, via_followup_source_id=made["id"])
    assert next_one["tags"] == ["kept"]
    assert zendesk.get(f"tickets/{made['id']}").json()["ticket"]["followup_ids"] == [next_one["id"]]
    answer = zendesk.post(
        "tickets", json={"ticket": {"comment": {"body": "x"}, "via_followup_source_id": next_one["id"]}}
    )
    assert "is not closed" in why(answer)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"custom_fields": [{"id": 5, "value": "x"}]}, "Custom field 5 does not exist"),
        ({"status": "lost"}, "not one of its values"),
        ({"assignee_id": 1}, "not an agent"),
        ({"requester_id": 4242}, "4242 is not a user"),
        ({"comment": {"body": "  "}}, "cannot be blank"),
    ],
)
def test_what_is_not_valid_is_refused_and_changes_nothing(zendesk: httpx.Client, given: dict, words: str) -> None:
    made = make_ticket(zendesk)
    assert words in why(change(zendesk, made["id"], subject="New", **given))
    assert zendesk.get(f"tickets/{made['id']}").json()["ticket"]["subject"] == "Case 1"
    assert words in why(zendesk.post("tickets", json={"ticket": {"comment": {"body": "x"}, **given}}))


def test_a_suspended_requester_is_refused(zendesk: httpx.Client, standin: Standin) -> None:
    person = {"name": "Case 1", "email": "case-1@example.com"}
    made = make_ticket(zendesk, requester=person)
    standin.as_agent(do="suspend_user", user="case-1@example.com")
    answer = change(zendesk, made["id"], comment={"body": "More", "public": False})
    assert answer.json()["details"]["requester"][0]["error"] == "UserSuspended"
    assert "suspended" in why(zendesk.post("tickets", json={"ticket": {"comment": {"body": "x"}, "requester": person}}))


def test_a_ticket_holds_so_many_comments(zendesk: httpx.Client, standin: Standin) -> None:
    standin.set(comments_per_ticket=2)
    made = make_ticket(zendesk)
    say(zendesk, made["id"], body="Two")
    assert "limit of 2 comments" in why(change(zendesk, made["id"], comment={"body": "Three"}))


def test_words_of_an_end_user_open_what_waited(zendesk: httpx.Client, standin: Standin) -> None:
    made = make_ticket(zendesk, requester={"name": "Case 1", "email": "case-1@example.com"}, status="pending")
    standin.as_agent(who="case-1@example.com", via="email", ticket=made["id"], comment="Any news?")
    assert zendesk.get(f"tickets/{made['id']}").json()["ticket"]["status"] == "open"
    last = comments(zendesk, made["id"])[-1]
    assert (last["public"], last["via"]["channel"]) == (True, "email")


def test_merging_closes_the_source_and_tells_both(zendesk: httpx.Client, standin: Standin) -> None:
    one, two = make_ticket(zendesk), make_ticket(zendesk)
    standin.as_agent(do="merge", ticket=one["id"], into=two["id"])
    merged = zendesk.get(f"tickets/{one['id']}").json()["ticket"]
    assert (merged["status"], merged["tags"]) == ("closed", ["closed_by_merge"])
    source = audits(zendesk, two["id"])[-1]["via"]["source"]
    assert (source["rel"], source["from"]["ticket_id"]) == ("merge", one["id"])
    assert "name other tickets" in why(zendesk.post(f"tickets/{two['id']}/merge", json={"ids": [two["id"]]}))


def test_a_deleted_ticket_is_gone(zendesk: httpx.Client, standin: Standin) -> None:
    made = make_ticket(zendesk, external_id="gone")
    standin.as_agent(do="delete", ticket=made["id"])
    for path in ("", "/comments", "/audits", "/tags"):
        answer = zendesk.get(f"tickets/{made['id']}{path}")
        assert (answer.status_code, answer.json()["error"]) == (404, "RecordNotFound")
    assert change(zendesk, made["id"], status="open").status_code == 404
    assert zendesk.get("tickets", params={"external_id": "gone"}).json()["tickets"] == []


def test_lists_come_in_pages_both_ways(zendesk: httpx.Client) -> None:
    made = make_ticket(zendesk, comment={"body": "0", "public": False})
    for text in "12345":
        say(zendesk, made["id"], body=text)
    where = f"tickets/{made['id']}/comments"

    def walk(first: dict[str, str]) -> list[str]:
        said, answer = [], zendesk.get(where, params=first).json()
        while True:
            said += [comment["body"] for comment in answer["comments"]]
            if not answer["meta"]["has_more"]:
                return said
            answer = zendesk.get(answer["links"]["next"]).json()

    assert walk({"page[size]": "4"}) == list("012345")
    assert walk({"page[size]": "4", "sort": "-created_at"}) == list("543210")
    second = zendesk.get(where, params={"page": "2", "per_page": "4"}).json()
    assert [comment["body"] for comment in second["comments"]] == ["4", "5"]
    assert (second["count"], second["next_page"]) == (6, None)
    last = zendesk.get(where, params={"page[size]": "2", "sort": "-created_at"}).json()["meta"]["after_cursor"]
    before = zendesk.get(where, params={"page[size]": "2", "page[before]": last}).json()
    assert [comment["body"] for comment in before["comments"]] == ["2", "3"]
    for wrong in ({"page[after]": "nonsense", "page[size]": "2"}, {"page": "x"}):
        assert zendesk.get(where, params=wrong).status_code == 400


def test_what_is_no_json_and_no_address_is_said(zendesk: httpx.Client, standin: Standin) -> None:
    assert zendesk.post("tickets", content=b"{").json()["error"] == "InvalidJSON"
    assert zendesk.post("tickets", content=b"[]").json()["error"] == "InvalidJSON"
    assert zendesk.post("tickets", json={"ticket": 5}).status_code == 400
    headers = {"Authorization": zendesk.headers["Authorization"]}
    assert httpx.get(f"{standin.url}/api/v2/nothing", headers=headers).json()["error"] == "InvalidEndpoint"


def test_copied_people_are_put_in_and_taken_out(zendesk: httpx.Client, standin: Standin) -> None:
    made = make_ticket(zendesk, email_ccs=[{"user_email": "other@example.org", "user_name": "Other"}])
    assert len(made["email_cc_ids"]) == 1
    say(zendesk, made["id"], body="For all", public=True)
    assert {"other@example.org"} == {mail["to"] for mail in standin.mails() if mail["why"] == "public comment"}
    gone = [{"user_id": made["email_cc_ids"][0], "action": "delete"}]
    assert change(zendesk, made["id"], email_ccs=gone).json()["ticket"]["email_cc_ids"] == []


def test_two_creates_with_one_key_at_once_are_one_ticket(zendesk: httpx.Client, standin: Standin) -> None:
    body = {"ticket": {"comment": {"body": "Hello", "public": False}}}

    def send(_: int) -> int:
        answer = httpx.post(
            f"{zendesk.base_url}tickets",
            json=body,
            headers={"Idempotency-Key": "row-1", "Authorization": zendesk.headers["Authorization"]},
        )
        return int(answer.json()["ticket"]["id"])

    with ThreadPoolExecutor(6) as several:
        assert len(set(several.map(send, range(12)))) == 1
