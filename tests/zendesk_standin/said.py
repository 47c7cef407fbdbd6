"""Short ways to say things to the stand-in's API."""

from typing import Any

import httpx


def make_ticket(client: httpx.Client, **given: Any) -> dict[str, Any]:
    """A new ticket with one private comment, unless `given` says otherwise."""
    given = {"subject": "Case 1", "comment": {"body": "Hello", "public": False}, **given}
    answer = client.post("tickets", json={"ticket": given})
    assert answer.status_code == 201, answer.text
    return dict(answer.json()["ticket"])


def change(client: httpx.Client, number: int, **given: Any) -> httpx.Response:
    return client.put(f"tickets/{number}", json={"ticket": given})


def say(client: httpx.Client, number: int, *, public: bool = False, **words: Any) -> dict[str, Any]:
    """A comment; gives it back as the list shows it."""
    answer = change(client, number, comment={"public": public, **words})
    assert answer.status_code == 200, answer.text
    return comments(client, number)[-1]


def comments(client: httpx.Client, number: int) -> list[dict[str, Any]]:
    return list(client.get(f"tickets/{number}/comments").json()["comments"])


def audits(client: httpx.Client, number: int) -> list[dict[str, Any]]:
    return list(client.get(f"tickets/{number}/audits").json()["audits"])


def why(answer: httpx.Response) -> str:
    """What a 422 says of the first field."""
    assert answer.status_code == 422, answer.text
    body = answer.json()
    assert body["error"] == "RecordInvalid"
    return str(next(iter(body["details"].values()))[0]["description"])
