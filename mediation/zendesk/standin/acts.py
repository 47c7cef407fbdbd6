"""What a person does in Zendesk itself: an agent on the page, another integration, an end user by mail."""

from typing import Any, cast, get_args

from mediation.zendesk.standin import comments, merging, tickets, users
from mediation.zendesk.standin.audits import Actor, Channel
from mediation.zendesk.standin.errors import Refusal, bad_request
from mediation.zendesk.standin.world import Json, World

_UPDATES = (
    "comment",
    "status",
    "assignee_id",
    "assignee_email",
    "priority",
    "tags",
    "subject",
    "custom_fields",
    "type",
)


def act(world: World, given: Json) -> Json:
    """Do one thing. Raises Refusal.

    `who`: id, address or name (first agent when left out). `via`: web, api or email. `do`: update (the default),
    create, merge, delete, close, make_private, redact, suspend_user, delete_user, merge_users. `ticket`: its id.
    For an update: any of comment (text, or {body, html_body, public, …}), public, status, assignee, priority, tags, …
    """
    actor = Actor(_who(world, given.get("who")), _channel(given.get("via", "web")))
    do = given.get("do", "update")
    if do == "create":
        ticket, _ = tickets.create(world, actor, _as_update(world, given) | {"subject": given.get("subject", "")})
        return {"ticket": tickets.shown(world, ticket)}
    if do in ("suspend_user", "delete_user", "merge_users"):
        return _to_user(world, do, given)
    ticket = tickets.find(world, given.get("ticket", 0))
    return _to_ticket(world, actor, do, ticket, given)


def _to_ticket(world: World, actor: Actor, do: str, ticket: Json, given: Json) -> Json:
    match do:
        case "update":
            audit = tickets.update(world, actor, ticket, _as_update(world, given))
            return {"ticket": tickets.shown(world, ticket), "audit": audit}
        case "close":
            audit = tickets.update(world, actor, ticket, {"status": "closed"})
            return {"ticket": tickets.shown(world, ticket), "audit": audit}
        case "delete":
            tickets.delete(world, actor, ticket)
            return {"ticket": tickets.shown(world, ticket)}
        case "merge":
            target = tickets.find(world, given.get("into", 0))
            return {"job_status": merging.merge(world, actor, target, {**given, "ids": [ticket["id"]]})}
        case "make_private":
            return {"audit": comments.make_private(world, ticket, actor, given.get("comment_id", 0))}
        case "redact":
            return {"comment": comments.redact(world, ticket, actor, given.get("comment_id", 0), given.get("text"))}
        case _:
            raise bad_request("InvalidValue", f"do cannot be {do!r}")


def _to_user(world: World, do: str, given: Json) -> Json:
    user = _who(world, given.get("user"))
    match do:
        case "suspend_user":
            users.update(world, user, {"suspended": bool(given.get("suspended", True))})
        case "delete_user":
            users.delete(world, user)
        case _:
            users.merge(world, user, _who(world, given.get("into")))
    return {"user": users.shown(world, user)}


def _as_update(world: World, given: Json) -> Json:
    update = {name: given[name] for name in _UPDATES if name in given}
    if isinstance(given.get("comment"), str):
        update["comment"] = {"body": given["comment"]}
    if "comment" in update and "public" in given:
        update["comment"]["public"] = given["public"]
    elif "comment" in update:
        update["comment"].setdefault("public", False)
    if "assignee" in given:
        update["assignee_id"] = _who(world, given["assignee"])["id"] if given["assignee"] else None
    if given.get("metadata"):
        update["metadata"] = given["metadata"]
    return update


def _who(world: World, name: Any) -> Json:
    if name is None:
        name = "Nina Park"
    for user in world.data["users"].values():
        if name in (user["id"], user["name"], user["email"]):
            found: Json = user
            return found
    raise Refusal(404, {"error": "RecordNotFound", "description": f"There is nobody called {name!r}"})


def _channel(name: str) -> Channel:
    if name not in get_args(Channel):
        raise bad_request("InvalidValue", f"via is one of {', '.join(get_args(Channel))}")
    return cast(Channel, name)
