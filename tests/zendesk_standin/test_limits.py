"""What a minute allows, and how long a token lives."""

import httpx
import pytest

from tests.zendesk_standin.running import CLIENT_ID, CLIENT_SECRET, Standin
from tests.zendesk_standin.said import change, make_ticket


@pytest.fixture
def limited(standin: Standin) -> Standin:
    standin.reset()
    standin.stop_clock()
    return standin


def test_the_accounts_minute(limited: Standin) -> None:
    with limited.client() as client:
        limited.set(account_per_minute=3)
        for _ in range(3):
            assert client.get("tickets").status_code == 200
        answer = client.get("tickets")
        assert (answer.status_code, answer.headers["ratelimit-remaining"]) == (429, "0")
        assert 0 < int(answer.headers["Retry-After"]) <= 60
        limited.advance(61)
        assert client.get("tickets").status_code == 200


def test_thirty_updates_of_a_ticket_in_ten_minutes(limited: Standin) -> None:
    with limited.client() as client:
        one, other = make_ticket(client)["id"], make_ticket(client)["id"]
        statuses = [change(client, one, subject=f"S{n}").status_code for n in range(31)]
        assert statuses == [200] * 30 + [429]
        assert change(client, other, subject="S").status_code == 200
        limited.advance(601)
        assert change(client, one, subject="S").status_code == 200


def test_a_hundred_updates_of_the_account_a_minute(limited: Standin) -> None:
    limited.set(updates_per_minute=2)
    with limited.client() as client:
        numbers = [make_ticket(client)["id"] for _ in range(3)]
        assert [change(client, number, subject="S").status_code for number in numbers] == [200, 200, 429]


def test_a_user_a_second_and_five_a_minute_of_one(limited: Standin) -> None:
    def put(client: httpx.Client, external_id: str) -> int:
        given = {"name": "Case", "external_id": external_id}
        return client.post("users/create_or_update", json={"user": given}).status_code

    with limited.client() as client:
        limited.set(users_per_second=2)
        assert [put(client, "1"), put(client, "2"), put(client, "3")] == [201, 201, 429]
        for _ in range(4):
            limited.advance(2)
            assert put(client, "1") == 200
        limited.advance(2)
        assert put(client, "1") == 429


def test_ten_exports_a_minute(limited: Standin) -> None:
    with limited.client() as client:
        statuses = [client.get("incremental/tickets/cursor?start_time=0").status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]


@pytest.mark.parametrize(
    ("fashion", "name"),
    [
        ("ratelimit", "ratelimit-limit"),
        ("x-rate-limit", "X-Rate-Limit"),
        ("zendesk-ratelimit", "Zendesk-RateLimit-account"),
    ],
)
def test_headers_have_several_names(limited: Standin, fashion: str, name: str) -> None:
    limited.set(limit_headers=fashion)
    with limited.client() as client:
        assert "700" in client.get("tickets").headers[name]
        limited.set(limit_headers="none")
        assert not [key for key in client.get("tickets").headers if "limit" in key]


def test_a_refusal_may_be_plain_text_without_a_time(limited: Standin) -> None:
    limited.set(account_per_minute=0, limit_body="text", retry_after=False)
    with limited.client() as client:
        limited.set(account_per_minute=1)
        client.get("tickets")
        answer = client.get("tickets")
    assert (answer.status_code, "Retry-After" in answer.headers) == (429, False)
    assert answer.headers["Content-Type"].startswith("text/plain")


def mint(standin: Standin, **given: object) -> httpx.Response:
    known = {
        "grant_type": "client_credentials",
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "scope": "read",
    }
    return httpx.post(f"{standin.url}/oauth/tokens", json={**known, **given})


def test_a_token_lives_half_an_hour(standin: Standin) -> None:
    with standin.client() as client:
        assert client.get("users/me").json()["user"]["name"] == "Parley"
        standin.advance(1801)
        answer = client.get("users/me")
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_token")
    made = mint(standin).json()
    assert (made["token_type"], made["expires_in"], "refresh_token" in made) == ("bearer", 1800, False)


def test_who_is_not_the_client_gets_no_token(standin: Standin) -> None:
    for given, error in (
        ({"client_secret": "é"}, "invalid_client"),
        ({"client_id": "x"}, "invalid_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"scope": "everything"}, "invalid_scope"),
    ):
        assert mint(standin, **given).json()["error"] == error
    form = {"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    assert httpx.post(f"{standin.url}/oauth/tokens", data=form).json()["scope"] == "read"


def test_a_scope_reaches_so_far(standin: Standin) -> None:
    with standin.client(scope="tickets:write read") as client:
        assert make_ticket(client)
        answer = client.post("users", json={"user": {"name": "x"}})
        assert (answer.status_code, answer.json()["error"]) == (403, "Forbidden")
    for header in ("", "Bearer unknown", "Basic eDp5"):
        assert httpx.get(f"{standin.url}/api/v2/tickets", headers={"Authorization": header}).status_code == 401
