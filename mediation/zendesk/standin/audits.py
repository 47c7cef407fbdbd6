"""Audits: what was done to a ticket, one for each update, with its events. They are the truth; the rest is a view."""

from dataclasses import dataclass
from typing import Any, Literal

from mediation.zendesk.standin.errors import not_found
from mediation.zendesk.standin.world import Json, World

Channel = Literal["api", "web", "email"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever changes a ticket, and by what way. `wrong_public` is a fault: their comment's privacy is turned over."""

    user: Json
    channel: Channel = "api"
    wrong_public: bool = False

    @property
    def is_agent(self) -> bool:
        return self.user["role"] in ("agent", "admin")


def via(channel: Channel, user: Json | None = None) -> Json:
    came_from = {"address": user["email"], "name": user["name"]} if channel == "email" and user else {}
    return {"channel": channel, "source": {"from": came_from, "to": {}, "rel": None}}


def event(world: World, kind: str, **facts: Any) -> Json:
    return {"id": world.next_id("audit"), "type": kind, **facts}


def changed(world: World, field: str, *, before: Any, after: Any) -> Json:
    """Numbers are told as words, lists as they are."""
    return event(world, "Change", field_name=field, value=_told(after), previous_value=_told(before))


def created(world: World, field: str, value: Any) -> Json:
    return event(world, "Create", field_name=field, value=_told(value))


def _told(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def record(
    world: World,
    ticket: Json,
    actor: Actor,
    events: list[Json],
    *,
    metadata: Json | None = None,
    source: Json | None = None,
    at: str | None = None,
) -> Json:
    """Append an audit and move the ticket's moment. `metadata` is what the caller sent; `source` replaces `via`'s."""
    came = via(actor.channel, actor.user)
    if source:
        came["source"] = source
    now = at or world.clock.iso()
    audit = {
        "id": world.next_id("audit"),
        "ticket_id": ticket["id"],
        "created_at": now,
        "author_id": actor.user["id"],
        "metadata": {"system": {"client": "stand-in", "ip_address": "127.0.0.1"}, "custom": metadata or {}},
        "events": events,
        "via": came,
    }
    world.data["audits"].setdefault(ticket["id"], []).append(audit)
    ticket["updated_at"] = now
    ticket["generated_timestamp"] = int(world.clock.now())
    world.is_dirty = True
    return audit


def of_ticket(world: World, ticket: Json) -> list[Json]:
    found: list[Json] = world.data["audits"].get(ticket["id"], [])
    return found


def find(world: World, ticket: Json, audit_id: int) -> Json:
    """Raises Refusal (404)."""
    for audit in of_ticket(world, ticket):
        if audit["id"] == audit_id:
            return audit
    raise not_found()
