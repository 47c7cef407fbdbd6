"""Users of the stand-in."""

import httpx

from tests.zendesk_standin.running import Standin
from tests.zendesk_standin.said import comments, make_ticket, why

PERSON = {"name": "Case 1", "email": "case-1@example.org", "external_id": "Parley:1", "skip_verify_email": True}


def put(client: httpx.Client, **given: object) -> httpx.Response:
    return client.post("users/create_or_update", json={"user": {**PERSON, **given}})


def test_a_user_is_made_once_and_found_whatever_the_letters(zendesk: httpx.Client, standin: Standin) -> None:
    first, again = put(zendesk), put(zendesk, external_id="PARLEY:1", name="Case one")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["user"]["id"] == again.json()["user"]["id"]
    assert again.json()["user"]["external_id"] == "PARLEY:1"
    found = zendesk.get("users/show_many", params={"external_ids": "parley:1"}).json()["users"]
    assert [one["name"] for one in found] == ["Case one"]
    assert standin.mails() == []


def test_a_second_address_is_a_second_identity_and_is_mailed_unless_told_not_to(
    zendesk: httpx.Client, standin: Standin
) -> None:
    number = put(zendesk).json()["user"]["id"]
    user = put(zendesk, email="second@example.org", skip_verify_email=False).json()["user"]
    assert user["email"] == "case-1@example.org"
    identities = zendesk.get(f"users/{number}/identities").json()["identities"]
    assert [(one["value"], one["primary"]) for one in identities] == [
        ("case-1@example.org", True),
        ("second@example.org", False),
    ]
    assert [mail["to"] for mail in standin.mails()] == ["second@example.org"]


def test_nobody_at_example_com_is_mailed(zendesk: httpx.Client, standin: Standin) -> None:
    put(zendesk, email="case-1@example.com", skip_verify_email=False)
    assert standin.mails() == []


def test_what_belongs_to_somebody_else_is_refused(zendesk: httpx.Client) -> None:
    put(zendesk)
    other = put(zendesk, external_id="other", email="other@example.org").json()["user"]["id"]
    assert "already been taken" in why(zendesk.put(f"users/{other}", json={"user": {"external_id": "parley:1"}}))
    taken = zendesk.put(f"users/{other}", json={"user": {"email": "case-1@example.org"}})
    assert "already being used" in why(taken)
    assert "cannot be blank" in why(zendesk.post("users", json={"user": {"name": " "}}))
    assert "role" in zendesk.post("users", json={"user": {"name": "x", "role": "king"}}).text.lower()
    assert why(zendesk.post("users", json={"user": PERSON}))
    assert why(zendesk.post("users", json={"user": {**PERSON, "email": "new@example.org"}}))


def test_merged_people_leave_what_they_asked_and_wrote(zendesk: httpx.Client, standin: Standin) -> None:
    loser, winner = (
        put(zendesk).json()["user"]["id"],
        put(zendesk, external_id="2", email="2@example.org").json()["user"]["id"],
    )
    made = make_ticket(zendesk, requester_id=loser, submitter_id=loser)
    assert zendesk.put(f"users/{loser}/merge", json={"user": {"id": winner}}).json()["user"]["id"] == winner
    assert zendesk.get(f"tickets/{made['id']}").json()["ticket"]["requester_id"] == winner
    assert comments(zendesk, made["id"])[0]["author_id"] == winner
    assert zendesk.get(f"users/{loser}").json()["user"]["active"] is False
    assert zendesk.put(f"users/{winner}/merge", json={"user": {"id": 902}}).status_code == 400
    assert zendesk.put(f"users/{winner}/merge", json={"user": {}}).status_code == 400


def test_a_user_with_open_tickets_is_not_deleted(zendesk: httpx.Client, standin: Standin) -> None:
    number = put(zendesk).json()["user"]["id"]
    made = make_ticket(zendesk, requester_id=number)
    assert "not closed" in why(zendesk.delete(f"users/{number}"))
    standin.as_agent(do="close", ticket=made["id"])
    assert zendesk.delete(f"users/{number}").json()["user"]["active"] is False
    assert zendesk.get("users/show_many", params={"ids": number}).json()["users"] == []
    gone = zendesk.get("users/show_many", params={"ids": number, "include_deleted": "true"}).json()["users"]
    assert [one["id"] for one in gone] == [number]
    assert zendesk.get("users/show_many", params={"ids": "x"}).status_code == 400
    assert zendesk.get("users/4242").status_code == 404


def test_a_user_is_searched_by_address_and_external_id(zendesk: httpx.Client) -> None:
    number = put(zendesk).json()["user"]["id"]
    for query in ({"query": "email:case-1@example.org"}, {"external_id": "parley:1"}):
        assert [one["id"] for one in zendesk.get("users/search", params=query).json()["users"]] == [number]
    assert zendesk.get("users/search", params={"query": "nobody@example.org"}).json()["count"] == 0


def test_agents_have_the_addresses_of_the_demos_staff(standin: Standin) -> None:
    from mediation.web.demo.people import PEOPLE

    known = {user["email"]: user["name"] for user in standin.users() if user["role"] != "end-user"}
    staff = {person.email: person.name for person in PEOPLE if person.email in known}
    assert {"ana@parley.example", "priya@parley.example", "sam@parley.example"} <= set(staff)
    assert {email: known[email] for email in staff} == staff
