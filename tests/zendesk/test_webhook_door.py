"""The door that Zendesk rings at (fault 16 of the design): forged, stale, repeated, early, for nobody of ours."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from mediation.zendesk.models import Ring
from mediation.zendesk.rules.signature import signature
from tests.zendesk.conftest import ANA, Sides
from tests.zendesk.test_faults_going_out import PUT
from tests.zendesk_standin import running

DOOR = "/zendesk/webhook/"


def rung(**other: Any) -> dict[str, Any]:
    """What a webhook about the ticket looks like, signed; `other` replaces parts."""
    body = other.pop("body", json.dumps({"type": "zen:event-type:ticket.comment_added", "detail": {"id": "1"}}))
    at = other.pop("at", datetime.now(UTC).isoformat())
    signed = other.pop("signed", signature(running.WEBHOOK_SECRET, at, body.encode()))
    headers = {
        "X-Zendesk-Webhook-Signature": signed,
        "X-Zendesk-Webhook-Signature-Timestamp": at,
        "X-Zendesk-Webhook-Invocation-Id": other.pop("invocation", uuid4().hex),
        "X-Zendesk-Account-Id": other.pop("account", str(running.ACCOUNT_ID)),
        "X-Zendesk-Webhook-Id": other.pop("webhook", running.WEBHOOK_ID),
    }
    return {"data": body, "content_type": "application/json", "headers": headers}


def test_16_a_webhook_rings_once(sides: Sides, client: Client) -> None:
    sides.standin.as_agent(who=ANA, ticket=sides.ticket, comment="Hello.", public=False)
    ring = rung(body=json.dumps({"detail": {"id": str(sides.ticket)}}))
    assert [client.post(DOOR, **ring).status_code for _ in range(5)] == [200] * 5
    assert Ring.objects.count() == 1
    sides.work()
    assert sides.notes() == ["From Zendesk:\nHello."]


@pytest.mark.parametrize(
    "wrong",
    [
        {"signed": "x"},
        {"signed": ""},
        {"at": "2026-03-09T13:00:00Z"},
        {"at": "yesterday"},
        {"account": "999"},
        {"webhook": "another"},
        {"invocation": ""},
        {"invocation": "x" * 200},
        {"body": "[]"},
        {"body": "{}"},
        {"body": '{"detail": {"id": "x"}}'},
        {"body": '{"detail": {"id": 1e400}}'},
        {"body": "\x00"},
    ],
)
def test_16b_whatever_is_not_zendesks_changes_nothing(
    zendesk_on: None, db: None, client: Client, wrong: dict[str, Any]
) -> None:
    assert client.post(DOOR, **rung(**wrong)).status_code == 404
    assert not Ring.objects.exists()


def test_16c_a_body_that_was_written_anew_is_not_the_one_that_was_signed(
    zendesk_on: None, db: None, client: Client
) -> None:
    body = '{"detail":{"id":"1"}}'
    signed = signature(running.WEBHOOK_SECRET, "2026-03-09T14:00:00Z", body.encode())
    again = json.dumps(json.loads(body), indent=1)
    assert client.post(DOOR, **rung(body=again, at="2026-03-09T14:00:00Z", signed=signed)).status_code == 404


def test_16d_one_for_a_ticket_that_is_not_ours_is_taken_and_does_nothing(sides: Sides, client: Client) -> None:
    assert client.post(DOOR, **rung(body='{"detail": {"id": "987654"}}')).status_code == 200
    assert not sides.mirror.is_rung


def test_16e_two_secrets_while_one_is_replaced(zendesk_on: None, db: None, client: Client, settings: Any) -> None:
    settings.ZENDESK = replace(settings.ZENDESK, webhook_secrets=["the new one", running.WEBHOOK_SECRET])
    assert client.post(DOOR, **rung()).status_code == 200
    assert client.get(DOOR).status_code == 405


def test_16f_it_comes_before_our_own_answer(sides: Sides, client: Client) -> None:
    sides.standin.faults({"what": "lose_answer", **PUT})
    sides.write(sides.cast.client, "Said once.")
    sides.sync()
    client.post(DOOR, **rung(body=json.dumps({"detail": {"id": str(sides.ticket)}})))
    sides.work()
    assert sides.waiting == 0, "the audit says that it was applied"
    sides.until_in_step()
    assert sides.said_there().count("Said once.") == 1


def test_16g_a_body_without_end_is_not_read(zendesk_on: None, db: None, client: Client) -> None:
    ring = rung(body=json.dumps({"detail": {"id": "1"}, "rest": "x" * 70_000}))
    assert client.post(DOOR, **ring).status_code == 404
    assert not Ring.objects.exists()
