"""Zendesk's doors to users."""

from mediation.zendesk.standin import limits, users
from mediation.zendesk.standin.doors.calls import Answer, Call
from mediation.zendesk.standin.errors import bad_request


def create_or_update(call: Call) -> Answer:
    given = call.part("user")
    who = str(given.get("external_id") or given.get("email") or "").lower()
    limits.count_user_change(call.world, who)
    user, is_new = users.create_or_update(call.world, given)
    return (201 if is_new else 200), {"user": users.shown(call.world, user)}


def create(call: Call) -> Answer:
    return 201, {"user": users.shown(call.world, users.create(call.world, call.part("user")))}


def me(call: Call) -> Answer:
    return {"user": users.shown(call.world, call.user)}


def show(call: Call, number: int) -> Answer:
    return {"user": users.shown(call.world, users.find(call.world, number))}


def show_many(call: Call) -> Answer:
    query, everybody = call.request.GET, list(call.world.data["users"].values())
    ids = {users.number(text) for text in query.get("ids", "").split(",") if text}
    external = {text.lower() for text in query.get("external_ids", "").split(",") if text}
    found = [
        user
        for user in everybody
        if (user["id"] in ids or (user["external_id"] or "").lower() in external)
        and (user["active"] or query.get("include_deleted") == "true")
    ]
    return {"users": [users.shown(call.world, user) for user in found], "count": len(found)}


def search(call: Call) -> Answer:
    """Only by external id or a whole address."""
    external_id, words = call.request.GET.get("external_id"), call.request.GET.get("query", "")
    email = words.removeprefix("email:").strip('"')
    user = users.by_external_id(call.world, external_id) if external_id else users.by_email(call.world, email)
    found = [users.shown(call.world, user)] if user else []
    return {"users": found, "count": len(found), "next_page": None, "previous_page": None}


def update(call: Call, number: int) -> Answer:
    user = users.find(call.world, number)
    users.update(call.world, user, call.part("user"))
    return {"user": users.shown(call.world, user)}


def delete(call: Call, number: int) -> Answer:
    user = users.find(call.world, number)
    users.delete(call.world, user)
    return {"user": users.shown(call.world, user)}


def merge(call: Call, number: int) -> Answer:
    into = call.part("user").get("id")
    if not isinstance(into, int):
        raise bad_request("InvalidValue", "user.id names who stays")
    winner = users.find(call.world, into)
    users.merge(call.world, users.find(call.world, number), winner)
    return {"user": users.shown(call.world, winner)}


def identities(call: Call, number: int) -> Answer:
    return {"identities": users.identities(call.world, users.find(call.world, number))}
