"""Tickets: made, found, changed, deleted. Every change is one audit."""

from typing import Any

from mediation.zendesk.standin import audits, comments, fields, tags, users, webhooks
from mediation.zendesk.standin.audits import Actor
from mediation.zendesk.standin.clock import moment_of
from mediation.zendesk.standin.errors import bad_request, conflict, invalid, not_found
from mediation.zendesk.standin.world import Json, World

STATUSES = ("new", "open", "pending", "hold", "solved", "closed")
PRIORITIES = (None, "urgent", "high", "normal", "low")
TYPES = (None, "problem", "incident", "question", "task")


def find(world: World, number: int) -> Json:
    """Raises Refusal (404), for deleted ones too."""
    ticket: Json | None = world.data["tickets"].get(number)
    if ticket is None or ticket["status"] == "deleted":
        raise not_found()
    return ticket


def with_external_id(world: World, external_id: str) -> list[Json]:
    """External ids of tickets are not unique."""
    return [ticket for ticket in living(world) if ticket["external_id"] == external_id]


def living(world: World) -> list[Json]:
    return [ticket for ticket in world.data["tickets"].values() if ticket["status"] != "deleted"]


def create(world: World, actor: Actor, given: Json) -> tuple[Json, Json]:
    """The ticket and its first audit. Raises Refusal."""
    comment = given.get("comment") or {"body": given.get("description") or ""}
    requester = users.requester(world, given, actor.user)
    ticket = blank(world, requester["id"])
    ticket["submitter_id"] = given.get("submitter_id") or actor.user["id"]
    ticket["first_public"] = bool(comment.get("public", True))
    _follow_up(world, ticket, given.get("via_followup_source_id"))
    ticket["via"] = audits.via(actor.channel, actor.user)
    changes = changes_in(world, ticket, given)
    if changes.get("assignee_id") and "status" not in given:
        changes["status"] = "open"
    ticket.update(changes)
    ticket["id"] = world.data["next"]["ticket"] + 1
    author = Actor(users.find_active(world, ticket["submitter_id"]), actor.channel, actor.wrong_public)
    first = comments.make(world, ticket, author, comment)
    ticket["id"] = world.next_id("ticket")
    ticket["description"] = first["plain_body"]
    ticket["subject"] = ticket["subject"] or first["plain_body"][:80]
    world.data["tickets"][ticket["id"]] = ticket
    named = ("subject", "status", "priority", "type", "requester_id", "assignee_id", "tags", "external_id")
    events = [first] + [audits.created(world, name, ticket[name]) for name in named if ticket[name]]
    events += [audits.created(world, str(key), value) for key, value in ticket["custom_fields"].items()]
    audit = audits.record(world, ticket, author, events, metadata=given.get("metadata"))
    comments.stamp(audit)
    webhooks.tell_of_new_ticket(world, ticket, audit)
    return ticket, audit


def blank(world: World, requester_id: int) -> Json:
    now = world.clock.iso()
    return {
        "id": 0,
        "external_id": None,
        "subject": "",
        "description": "",
        "status": "new",
        "priority": None,
        "type": None,
        "requester_id": requester_id,
        "submitter_id": requester_id,
        "assignee_id": None,
        "group_id": None,
        "organization_id": None,
        "email_cc_ids": [],
        "follower_ids": [],
        "tags": [],
        "custom_fields": {},
        "created_at": now,
        "updated_at": now,
        "generated_timestamp": int(world.clock.now()),
        "is_public": False,
        "first_public": True,
        "followup_ids": [],
        "via_followup_source_id": None,
        "merged_into": None,
        "via": {},
    }


def _follow_up(world: World, ticket: Json, source_id: Any) -> None:
    if source_id is None:
        return
    source = world.data["tickets"].get(source_id)
    if source is None or source["status"] != "closed":
        raise invalid("via_followup_source_id", f"Follow-up: ticket {source_id} is not closed")
    source["followup_ids"].append(world.data["next"]["ticket"] + 1)
    ticket.update(via_followup_source_id=source_id, tags=list(source["tags"]), subject=f"Re: {source['subject']}")


def update(world: World, actor: Actor, ticket: Json, given: Json) -> Json | None:
    """The audit, or None when nothing changed. Raises Refusal: closed, stale, or not valid; then nothing changed."""
    refuse_closed(ticket)
    refuse_stale(ticket, given)
    changes = changes_in(world, ticket, given)
    if "requester_id" in given or "requester" in given:
        changes["requester_id"] = users.requester(world, given, actor.user)["id"]
    if users.find(world, ticket["requester_id"])["suspended"]:
        raise invalid("requester", "Requester is suspended.", "UserSuspended")
    comment = given.get("comment")
    events = [comments.make(world, ticket, actor, comment)] if comment else []
    if comment and "status" not in changes:
        changes |= _reopened(ticket, actor)
    if changes.get("assignee_id") and ticket["status"] == "new" and "status" not in changes:
        changes["status"] = "open"
    before = {name: ticket[name] for name in changes}
    ticket.update(changes)
    events += _told(world, before, ticket)
    if not events:
        return None
    audit = audits.record(world, ticket, actor, events, metadata=given.get("metadata"))
    comments.stamp(audit)
    webhooks.tell_of_update(world, ticket, audit)
    return audit


def _reopened(ticket: Json, actor: Actor) -> Json:
    """Words of an end user open what waited for them."""
    waits = ticket["status"] in ("pending", "hold", "solved")
    return {"status": "open"} if waits and not actor.is_agent else {}


def _told(world: World, before: Json, ticket: Json) -> list[Json]:
    events = []
    for name, value in before.items():
        if name == "custom_fields":
            for key in sorted(set(value) | set(ticket[name])):
                if value.get(key) != ticket[name].get(key):
                    events.append(
                        audits.changed(world, key, before=value.get(key), after=ticket[name].get(key)),
                    )
        elif value != ticket[name]:
            events.append(audits.changed(world, name, before=value, after=ticket[name]))
    return events


def refuse_closed(ticket: Json) -> None:
    if ticket["status"] == "closed":
        raise invalid("status", "Status: closed prevents ticket update")


def refuse_stale(ticket: Json, given: Json) -> None:
    """`safe_update`, whatever it says, guards; to the second. Raises Refusal (409)."""
    if "safe_update" not in given:
        return
    try:
        seen = moment_of(str(given["updated_stamp"]))
    except (KeyError, ValueError):
        raise bad_request("InvalidValue", "safe_update needs updated_stamp, the updated_at that was seen") from None
    if int(seen) < int(moment_of(ticket["updated_at"])):
        raise conflict()


def changes_in(world: World, ticket: Json, given: Json) -> Json:
    """What `given` says of the plain fields. Raises Refusal."""
    changes: Json = {name: given[name] for name in ("subject", "external_id", "group_id") if name in given}
    for name, allowed in (("status", STATUSES), ("priority", PRIORITIES), ("type", TYPES)):
        if name in given:
            if given[name] not in allowed:
                raise invalid(name, f"{name.title()}: {given[name]!r} is not one of its values")
            changes[name] = given[name]
    if "tags" in given:
        changes["tags"] = tags.read(given["tags"])
    for name in ("custom_fields", "fields"):
        if name in given:
            changes["custom_fields"] = {**ticket["custom_fields"], **fields.read(given[name])}
    return changes | _people_in(world, ticket, given)


def _people_in(world: World, ticket: Json, given: Json) -> Json:
    changes: Json = {}
    if "assignee_id" in given or "assignee_email" in given:
        changes["assignee_id"] = users.assignee(world, given)
    for name, kept in (("email_ccs", "email_cc_ids"), ("followers", "follower_ids")):
        if name in given:
            changes[kept] = users.copied(world, ticket[kept], given[name] or [])
    return changes


def delete(world: World, actor: Actor, ticket: Json) -> None:
    """It stays in the export, with the status `deleted`."""
    event = audits.changed(world, "status", before=ticket["status"], after="deleted")
    ticket["status"] = "deleted"
    audit = audits.record(world, ticket, actor, [event])
    webhooks.tell(world, ticket, "soft_deleted", {}, audit)


def shown(world: World, ticket: Json) -> Json:
    kept = {name: value for name, value in ticket.items() if name not in ("first_public", "merged_into")}
    custom = fields.shown(ticket["custom_fields"])
    kept |= {
        "url": f"{world.address}/api/v2/tickets/{ticket['id']}.json",
        "raw_subject": ticket["subject"],
        "collaborator_ids": sorted({*ticket["email_cc_ids"], *ticket["follower_ids"]}),
        "custom_fields": custom,
        "fields": custom,
        "allow_attachments": True,
        "from_messaging_channel": False,
        "has_incidents": False,
    }
    if kept["via_followup_source_id"] is None:
        del kept["via_followup_source_id"]
    return kept
