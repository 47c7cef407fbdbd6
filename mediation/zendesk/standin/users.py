"""People of the account: end users that the product makes, and agents."""

from typing import Any

from mediation.zendesk.standin import mails
from mediation.zendesk.standin.errors import Refusal, bad_request, invalid, not_found
from mediation.zendesk.standin.seed import person
from mediation.zendesk.standin.world import Json, World

PLAIN = ("name", "phone", "details", "notes", "locale", "time_zone", "tags", "user_fields")
_KEPT_IN = ("identities", "merged_into")


def find(world: World, number: Any) -> Json:
    """Raises Refusal (404)."""
    user: Json | None = world.data["users"].get(number) if isinstance(number, int) else None
    if user is None:
        raise not_found()
    return user


def find_active(world: World, number: Any) -> Json:
    """Somebody who can write or be written to. Raises Refusal (422)."""
    user = world.data["users"].get(number) if isinstance(number, int) else None
    if user is None or not user["active"]:
        raise invalid("requester", f"Requester: {number} is not a user")
    found: Json = user
    return found


def by_email(world: World, email: str) -> Json | None:
    wanted = email.strip().lower()
    for user in world.data["users"].values():
        if user["active"] and any(identity["value"].lower() == wanted for identity in user["identities"]):
            found: Json = user
            return found
    return None


def by_external_id(world: World, external_id: str) -> Json | None:
    """External ids of users are unique, and large letters are as small ones."""
    wanted = external_id.lower()
    for user in world.data["users"].values():
        if user["active"] and user["external_id"] and user["external_id"].lower() == wanted:
            found: Json = user
            return found
    return None


def requester(world: World, given: Json, otherwise: Json) -> Json:
    """Who a ticket is for: by id, or by name and address (made when they are new). Raises Refusal (422)."""
    if given.get("requester_id") is not None:
        user = find_active(world, given["requester_id"])
    elif given.get("requester"):
        user, _ = create_or_update(world, {"skip_verify_email": True, **given["requester"]})
    else:
        user = otherwise
    if user["suspended"]:
        raise invalid("requester", "Requester is suspended.", "UserSuspended")
    return user


def assignee(world: World, given: Json) -> int | None:
    """Raises Refusal (422) when it is no agent."""
    if given.get("assignee_id") is None and not given.get("assignee_email"):
        return None
    email = given.get("assignee_email")
    user = by_email(world, email) if email else world.data["users"].get(given["assignee_id"])
    if user is None or user["role"] == "end-user" or not user["active"]:
        raise invalid("assignee", "Assignee: is not an agent")
    return int(user["id"])


def copied(world: World, ids: list[int], given: list[Json]) -> list[int]:
    """`ids` with the people of `given` put in, or taken out by `action: delete`."""
    kept = list(ids)
    for item in given:
        user = world.data["users"].get(item.get("user_id"))
        if user is None:
            email = item.get("user_email", "")
            known = {"email": email, "name": item.get("user_name") or email, "skip_verify_email": True}
            user = by_email(world, email) or create(world, known)
        if item.get("action") == "delete":
            kept = [number for number in kept if number != user["id"]]
        elif user["id"] not in kept:
            kept.append(user["id"])
    return kept


def create_or_update(world: World, given: Json) -> tuple[Json, bool]:
    """The user by external id or address, and whether it is new. Raises Refusal."""
    external_id, email = given.get("external_id"), given.get("email")
    known = by_external_id(world, external_id) if external_id else None
    if known is None and email:
        known = by_email(world, email)
    if known is None:
        return create(world, given), True
    update(world, known, given)
    return known, False


def create(world: World, given: Json) -> Json:
    name = str(given.get("name") or "").strip()
    if not name:
        raise invalid("name", "Name: cannot be blank", "BlankValue")
    if given.get("role", "end-user") not in ("end-user", "agent", "admin"):
        raise invalid("role", "Role: is not one of end-user, agent, admin")
    email, external_id = given.get("email"), given.get("external_id")
    if email and by_email(world, email):
        raise invalid("email", f"Email: {email} is already being used by another user", "DuplicateValue")
    if external_id and by_external_id(world, external_id):
        raise invalid("external_id", "External: has already been taken", "DuplicateValue")
    user = person(world.next_id("user"), name, email or "", given.get("role", "end-user"), world.clock.iso())
    user["external_id"], user["email"] = external_id or None, email or None
    user["identities"] = []
    world.data["users"][user["id"]] = user
    if email:
        _add_identity(world, user, email)
    update(world, user, {key: given[key] for key in PLAIN if key in given})
    if email and not given.get("skip_verify_email"):
        mails.note(world, user, "verify your address")
    return user


def update(world: World, user: Json, given: Json) -> None:
    """A new address becomes a second identity and leaves the first where it was. Raises Refusal."""
    email, external_id = given.get("email"), given.get("external_id")
    if external_id and by_external_id(world, external_id) not in (None, user):
        raise invalid("external_id", "External: has already been taken", "DuplicateValue")
    if email and by_email(world, email) not in (None, user):
        raise invalid("email", f"Email: {email} is already being used by another user", "DuplicateValue")
    for name in PLAIN:
        if name in given:
            user[name] = given[name]
    if external_id:
        user["external_id"] = external_id
    if email and by_email(world, email) is None:
        _add_identity(world, user, email)
        if not given.get("skip_verify_email"):
            mails.note(world, {"email": email}, "verify your address")
    if "suspended" in given:
        user["suspended"] = bool(given["suspended"])
    user["updated_at"] = world.clock.iso()
    world.is_dirty = True


def _add_identity(world: World, user: Json, email: str) -> None:
    is_first = not user["identities"]
    user["identities"].append(
        {"id": world.next_id("identity"), "type": "email", "value": email, "primary": is_first, "verified": True}
    )
    if is_first:
        user["email"] = email


def merge(world: World, loser: Json, winner: Json) -> None:
    """What `loser` asked for and wrote is `winner`'s from now on. Only end users. Raises Refusal."""
    if {loser["role"], winner["role"]} != {"end-user"} or loser is winner or not winner["active"]:
        raise bad_request("InvalidMerge", "Only two different end users can be merged.")
    for ticket in world.data["tickets"].values():
        for name in ("requester_id", "submitter_id"):
            if ticket[name] == loser["id"]:
                ticket[name] = winner["id"]
    for audit in (audit for kept in world.data["audits"].values() for audit in kept):
        for place in (audit, *audit["events"]):
            if place.get("author_id") == loser["id"]:
                place["author_id"] = winner["id"]
    winner["identities"] += [{**identity, "primary": False} for identity in loser["identities"]]
    loser.update(active=False, identities=[], merged_into=winner["id"], external_id=None)
    world.is_dirty = True


def delete(world: World, user: Json) -> None:
    """Raises Refusal (422) while tickets of theirs are not closed."""
    waiting = [
        ticket["id"]
        for ticket in world.data["tickets"].values()
        if ticket["requester_id"] == user["id"] and ticket["status"] not in ("closed", "deleted")
    ]
    if waiting:
        raise invalid("base", f"User is the requester of {len(waiting)} tickets that are not closed", "UserHasTickets")
    user.update(active=False, identities=[], external_id=None)
    world.is_dirty = True


def shown(world: World, user: Json) -> Json:
    kept = {name: value for name, value in user.items() if name not in _KEPT_IN}
    return {**kept, "url": f"{world.address}/api/v2/users/{user['id']}.json", "organization_id": None}


def identities(world: World, user: Json) -> list[Json]:
    return [{**identity, "user_id": user["id"]} for identity in user["identities"]]


def shown_many(world: World, numbers: set[int]) -> list[Json]:
    return [shown(world, world.data["users"][number]) for number in sorted(numbers) if number in world.data["users"]]


def number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise Refusal(400, {"error": "InvalidValue", "description": f"{text!r} is no id"}) from None
