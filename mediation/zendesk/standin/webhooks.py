"""Webhooks: what is told of a ticket, signed as Zendesk signs it, and when it is sent again."""

import base64
import hashlib
import hmac
import json
import uuid
from typing import Any

from mediation.zendesk.standin.world import Json, World

FIRST_PAUSE_SECONDS = 1.0
GATHER_SECONDS = 0.3  # shuffled ones wait so long for others that may overtake them
_BY_FIELD = {
    "status": "status_changed",
    "priority": "priority_changed",
    "tags": "tags_changed",
    "subject": "subject_changed",
    "assignee_id": "agent_assignment_changed",
    "requester_id": "requester_changed",
    "type": "ticket_type_changed",
    "external_id": "external_id_changed",
    "group_id": "group_assignment_changed",
    "email_cc_ids": "email_ccs_changed",
    "follower_ids": "followers_changed",
}


def tell_of_new_ticket(world: World, ticket: Json, audit: Json) -> None:
    tell(world, ticket, "created", {}, audit)
    _tell_of_comments(world, ticket, audit)


def tell_of_update(world: World, ticket: Json, audit: Json) -> None:
    _tell_of_comments(world, ticket, audit)
    for event in audit["events"]:
        if event["type"] == "Change":
            kind = _BY_FIELD.get(event["field_name"], "custom_field_changed")
            tell(world, ticket, kind, {"current": event["value"], "previous": event["previous_value"]}, audit)


def _tell_of_comments(world: World, ticket: Json, audit: Json) -> None:
    for event in audit["events"]:
        if event["type"] == "Comment":
            author = world.data["users"][event["author_id"]]
            told = {
                "id": str(event["id"]),
                "body": event["body"],
                "is_public": event["public"],
                "author": {
                    "id": str(author["id"]),
                    "name": author["name"],
                    "is_staff": author["role"] != "end-user",
                },
            }
            tell(world, ticket, "comment_added", {"comment": told}, audit)


def tell(world: World, ticket: Json, kind: str, event: Json, audit: Json) -> None:
    """Put one into the queue, if a webhook is set."""
    if not world.switches.webhook_to:
        return
    body = {
        "account_id": world.switches.account_id,
        "id": str(uuid.uuid4()),
        "type": f"zen:event-type:ticket.{kind}",
        "subject": f"zen:ticket:{ticket['id']}",
        "time": audit["created_at"],
        "zendesk_event_version": "2022-11-06",
        "event": event,
        "detail": _detail(ticket),
    }
    put(world, json.dumps(body, ensure_ascii=False))


def _detail(ticket: Json) -> Json:
    return {
        "id": str(ticket["id"]),
        "external_id": ticket["external_id"],
        "subject": ticket["subject"],
        "description": ticket["description"],
        "status": ticket["status"].upper(),
        "priority": (ticket["priority"] or "").upper() or None,
        "requester_id": str(ticket["requester_id"]),
        "assignee_id": str(ticket["assignee_id"]) if ticket["assignee_id"] else None,
        "is_public": ticket["is_public"],
        "tags": ticket["tags"],
        "via": {"channel": ticket["via"].get("channel", "api")},
        "created_at": ticket["created_at"],
        "updated_at": ticket["updated_at"],
    }


def put(world: World, body: str, **other: Any) -> Json:
    """One delivery to be sent now or later. `other` overrides: timestamp, signature, invocation_id, account_id, …"""
    switches, now = world.switches, world.clock.now()
    timestamp = other.get("timestamp") or world.clock.iso()
    signature = other.get("signature") or sign(switches.webhook_secret, timestamp, body)
    if switches.webhooks_bad_signature:
        signature = sign("another secret", timestamp, body)
    late = switches.webhooks_late_seconds + (GATHER_SECONDS if switches.webhooks_shuffled else 0)
    delivery: Json = {
        "invocation_id": other.get("invocation_id") or f"01{uuid.uuid4().hex.upper()[:24]}",
        "body": body,
        "headers": {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Zendesk Webhook",
            "X-Zendesk-Webhook-Signature": signature,
            "X-Zendesk-Webhook-Signature-Timestamp": timestamp,
            "X-Zendesk-Account-Id": str(other.get("account_id") or switches.account_id),
            "X-Zendesk-Webhook-Id": str(other.get("webhook_id") or switches.webhook_id),
        },
        "due": now + late,
        "tries": 0,
        "sends_left": 2 if switches.webhooks_twice else 1,
        "state": "waiting",
        "statuses": [],
    }
    delivery["headers"]["X-Zendesk-Webhook-Invocation-Id"] = delivery["invocation_id"]
    world.deliveries.append(delivery)
    world.waiting.append(delivery)
    return delivery


def sign(secret: str, timestamp: str, body: str) -> str:
    return base64.b64encode(hmac.new(secret.encode(), (timestamp + body).encode(), hashlib.sha256).digest()).decode()


def next_due(world: World) -> Json | None:
    """What should be sent now; shuffled, the newest comes first. Mark it, so that nobody else takes it."""
    now = world.clock.now()
    due = [delivery for delivery in world.waiting if delivery["state"] == "waiting" and delivery["due"] <= now]
    if not due:
        return None
    chosen = due[-1] if world.switches.webhooks_shuffled else due[0]
    chosen["state"] = "sending"
    return chosen


def settle(world: World, delivery: Json, status: int) -> None:
    """`status` is what the receiver answered, 0 when nothing came. Taken, given up, or again after a longer pause."""
    delivery["tries"] += 1
    delivery["statuses"].append(status)
    if 200 <= status < 300:
        delivery["sends_left"] -= 1
        delivery["state"] = "waiting" if delivery["sends_left"] else "taken"
    elif delivery["tries"] >= world.switches.webhook_tries:
        delivery["state"] = "given up"
    else:
        delivery["state"] = "waiting"
        delivery["due"] = world.clock.now() + FIRST_PAUSE_SECONDS * 2 ** (delivery["tries"] - 1)
    if delivery["state"] != "waiting" and delivery in world.waiting:  # a reset may have emptied it
        world.waiting.remove(delivery)
