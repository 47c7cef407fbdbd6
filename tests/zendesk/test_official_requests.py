"""Every request of our client against Zendesk's own file: where it goes, its parameters, its body, key by key."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mediation.zendesk.actions import freezing, reconciling
from mediation.zendesk.models import Mirror
from mediation.zendesk.rules import payloads
from tests.zendesk import asked
from tests.zendesk.conftest import ANA, Sides
from tests.zendesk.test_faults_going_out import PUT
from tests.zendesk_standin import official

EVERY_KIND = {
    "POST /oauth/tokens",
    "GET /api/v2/users/me",
    "GET /api/v2/users/{user_id}",
    "POST /api/v2/users/create_or_update",
    "POST /api/v2/tickets",
    "GET /api/v2/tickets",
    "GET /api/v2/tickets/{ticket_id}",
    "PUT /api/v2/tickets/{ticket_id}",
    "PUT /api/v2/tickets/{ticket_id}/tags",
    "DELETE /api/v2/tickets/{ticket_id}/tags",
    "GET /api/v2/tickets/{ticket_id}/audits",
    "PUT /api/v2/tickets/{ticket_id}/comments/{ticket_comment_id}/make_private",
    "GET /api/v2/incremental/tickets/cursor",
}


@pytest.fixture(autouse=True)
def the_file() -> None:
    official.as_written()  # or skips


def test_whatever_we_ask_zendesk_describes_it(sides: Sides, settings: Any) -> None:
    settings.ZENDESK = replace(settings.ZENDESK, state_field=360_002)
    sides.write(sides.cast.client, "Hello.")
    sides.standin.as_agent(who=ANA, ticket=sides.ticket, comment="Hello to you.", public=False)
    sides.ring()
    sides.later(minutes=1)
    sides.standin.as_agent(do="close", ticket=sides.ticket, who=ANA)
    sides.write(sides.cast.client, "It goes on.")
    sides.sync()
    sides.until_in_step()
    sides.later(minutes=10)
    reconciling.read_changes()
    reconciling.read_changes()
    Mirror.objects.update(checked_at=None)
    assert reconciling.check_due() == 1
    sides.standin.faults({"what": "wrong_public", **PUT})
    sides.write(sides.cast.client, "It comes out public.")
    sides.sync()
    freezing.resync(sides.mirror)
    sides.say(sides.cast.client, "withdraw")
    sides.sync()
    sides.until_in_step()
    assert sides.mirror.earlier, "no ticket followed another"
    bodies = "".join(one["body"] for one in sides.standin.requests())
    for word in ("via_followup_source_id", "updated_stamp", "custom_fields"):
        assert word in bodies
    seen = {asked.check(one) for one in sides.standin.requests()}
    assert seen == EVERY_KIND


COMMENT = payloads.Comment("<p>Hello</p>", False, ["1"])
NEW = payloads.NewTicket("parley:dispute:1", "Dispute 1", 7, COMMENT, "open", ["parley"], {360_002: "mediating"})
CHANGE = payloads.update(stamp="2026-03-09T14:00:00Z", comment=COMMENT, status="open", fields={1: "a"}, mark=())
PERSON = payloads.person(external_id="parley:user:1", name="Helen", email="1@example.com")


def request(method: str, path: str, body: bytes = b"", query: str = "") -> dict[str, Any]:
    headers = {"Authorization": "Bearer token", "Content-Type": "application/json"}
    return {"method": method, "path": path, "query": query, "headers": headers, "body": body.decode()}


@pytest.mark.parametrize(
    ("method", "path", "body", "right", "wrong"),
    [
        ("POST", "/api/v2/tickets", NEW.body(), "html_body", "html_bdoy"),
        ("POST", "/api/v2/tickets", NEW.body(), "external_id", "externalId"),
        ("POST", "/api/v2/tickets", NEW.body(), '"status":"open"', '"status":"opened"'),
        ("POST", "/api/v2/tickets", NEW.body(), '"value":"mediating"', '"vlaue":"mediating"'),
        ("PUT", "/api/v2/tickets/7", CHANGE, "updated_stamp", "updated_stmap"),
        ("PUT", "/api/v2/tickets/7", CHANGE, '"public":false', '"public":"no"'),
        ("PUT", "/api/v2/tickets/7", CHANGE, '"metadata"', '"metadta"'),
        ("PUT", "/api/v2/tickets/7/tags", payloads.tags(["a"]), "tags", "tag"),
        ("POST", "/api/v2/users/create_or_update", PERSON, "skip_verify_email", "skip_verify_mail"),
        ("POST", "/api/v2/users/create_or_update", PERSON, '"user":', '"users":'),
    ],
)
def test_the_checker_is_checked_a_slip_in_a_body_is_found(
    method: str, path: str, body: bytes, right: str, wrong: str
) -> None:
    asked.check(request(method, path, body))
    assert right in body.decode()
    with pytest.raises(Exception, match=r"."):
        asked.check(request(method, path, body.decode().replace(right, wrong).encode()))


@pytest.mark.parametrize(
    "slip",
    [
        lambda: request("GET", "/api/v2/ticket/7"),
        lambda: request("PATCH", "/api/v2/tickets/7"),
        lambda: request("GET", "/api/v2/tickets", query="externalid=1"),
        lambda: request("GET", "/api/v2/incremental/tickets/cursor", query="start_time=monday"),
        lambda: request("GET", "/api/v2/tickets/7", b"{}"),
        lambda: {**request("GET", "/api/v2/tickets/7"), "headers": {}},
    ],
)
def test_the_checker_is_checked_a_slip_beside_the_body_is_found(slip: Callable[[], dict[str, Any]]) -> None:
    with pytest.raises(Exception, match=r"."):
        asked.check(slip())


def test_what_is_free_in_zendesk_is_free_here() -> None:
    """`metadata` is ours to fill, and a field's value may be anything."""
    ticket = json.loads(CHANGE)
    ticket["ticket"]["metadata"]["whatever"] = [1]
    asked.check(request("PUT", "/api/v2/tickets/7", json.dumps(ticket).encode()))
