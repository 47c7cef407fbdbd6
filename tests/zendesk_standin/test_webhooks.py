"""Webhooks of the stand-in: signed, sent again, late, twice, in disorder."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from tests.zendesk_standin.running import ACCOUNT_ID, WEBHOOK_ID, WEBHOOK_SECRET, Standin
from tests.zendesk_standin.said import change, make_ticket, say


class Receiver:
    """Somebody who takes webhooks: keeps what came and answers with the next of `answers`, 200 when there is none."""

    def __init__(self) -> None:
        self.came: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.came.append(({key.lower(): value for key, value in self.headers.items()}, body))
                self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/zendesk/webhook/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def kinds(self) -> list[str]:
        return [json.loads(body)["type"].removeprefix("zen:event-type:ticket.") for _, body in self.came]


@pytest.fixture
def receiver(standin: Standin) -> Iterator[Receiver]:
    taking = Receiver()
    standin.set(webhook_to=taking.url)
    yield taking
    standin.set(webhook_to="")
    taking.server.shutdown()
    taking.server.server_close()


def signed(headers: dict[str, str], body: bytes) -> bool:
    stamp = headers["x-zendesk-webhook-signature-timestamp"].encode()
    made = base64.b64encode(hmac.new(WEBHOOK_SECRET.encode(), stamp + body, hashlib.sha256).digest()).decode()
    return hmac.compare_digest(made, headers["x-zendesk-webhook-signature"])


def test_each_change_is_told_and_signed(zendesk: httpx.Client, standin: Standin, receiver: Receiver) -> None:
    made = make_ticket(zendesk)
    change(zendesk, made["id"], status="open", tags=["a"], custom_fields=[{"id": 360001, "value": "x"}])
    standin.as_agent(ticket=made["id"], comment="A note", public=False)
    standin.as_agent(do="delete", ticket=made["id"])
    standin.wait(lambda: len(receiver.came) == 7)
    assert receiver.kinds() == [
        "created",
        "comment_added",
        "status_changed",
        "tags_changed",
        "custom_field_changed",
        "comment_added",
        "soft_deleted",
    ]
    headers, body = receiver.came[0]
    assert signed(headers, body)
    assert headers["x-zendesk-account-id"] == str(ACCOUNT_ID)
    assert headers["x-zendesk-webhook-id"] == WEBHOOK_ID
    assert json.loads(body)["detail"]["id"] == str(made["id"])
    assert len({headers["x-zendesk-webhook-invocation-id"] for headers, _ in receiver.came}) == 7


def test_what_was_not_taken_is_sent_again_and_then_given_up(standin: Standin, receiver: Receiver) -> None:
    receiver.answers = [500, 200]
    standin.send_webhook("{}")
    standin.wait(lambda: standin.webhooks()[0]["tries"] == 1)
    standin.advance(2)
    standin.wait(lambda: standin.webhooks()[0]["state"] == "taken")
    assert receiver.came[0] == receiver.came[1]
    standin.set(webhook_tries=1, webhook_to="http://127.0.0.1:9/")
    standin.send_webhook("{}")
    standin.wait(lambda: standin.webhooks()[1]["state"] == "given up")
    assert standin.webhooks()[1]["statuses"] == [0]


def test_a_webhook_comes_late_twice_and_in_disorder(
    zendesk: httpx.Client, standin: Standin, receiver: Receiver
) -> None:
    standin.stop_clock()
    standin.set(webhooks_late_seconds=480, webhooks_twice=True, webhooks_shuffled=True)
    make_ticket(zendesk)
    assert receiver.came == []
    standin.advance(481)
    standin.wait(lambda: len(receiver.came) == 4)
    assert receiver.kinds() == ["comment_added", "comment_added", "created", "created"]
    ids = [headers["x-zendesk-webhook-invocation-id"] for headers, _ in receiver.came]
    assert ids[0] == ids[1] != ids[2]


def test_a_signature_may_be_wrong_and_a_webhook_made_by_hand(standin: Standin, receiver: Receiver) -> None:
    standin.set(webhooks_bad_signature=True)
    standin.send_webhook('{"a": 1}')
    standin.wait(lambda: len(receiver.came) == 1)
    assert not signed(*receiver.came[0])
    standin.set(webhooks_bad_signature=False)
    stale = {"timestamp": "2020-01-01T00:00:00Z", "invocation_id": "again", "account_id": 7, "webhook_id": "w"}
    standin.send_webhook('{"a": 1}', **stale)
    standin.wait(lambda: len(receiver.came) == 2)
    headers, body = receiver.came[1]
    assert signed(headers, body)
    assert headers["x-zendesk-webhook-signature-timestamp"] == stale["timestamp"]
    assert (headers["x-zendesk-account-id"], headers["x-zendesk-webhook-invocation-id"]) == ("7", "again")


def test_a_webhook_may_be_there_before_our_own_answer(
    zendesk: httpx.Client, standin: Standin, receiver: Receiver
) -> None:
    standin.set(webhooks_before_answer=True)
    made = make_ticket(zendesk)
    assert len(receiver.came) == 2
    say(zendesk, made["id"], body="More")
    assert len(receiver.came) == 3


def test_without_an_address_nobody_is_told(zendesk: httpx.Client, standin: Standin) -> None:
    make_ticket(zendesk)
    assert standin.webhooks() == []
