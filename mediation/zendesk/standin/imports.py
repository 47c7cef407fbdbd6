"""Imports: tickets with a past. No triggers, no mails, no webhooks."""

from mediation.zendesk.standin import audits, comments, jobs, tickets, users
from mediation.zendesk.standin.audits import Actor
from mediation.zendesk.standin.clock import iso, moment_of
from mediation.zendesk.standin.errors import Refusal, bad_request, invalid
from mediation.zendesk.standin.world import Json, World

MOST = 100


def one(world: World, actor: Actor, given: Json) -> Json:
    """The ticket with its comments at their own moments. Raises Refusal."""
    requester = users.requester(world, given, actor.user)
    ticket = tickets.blank(world, requester["id"])
    ticket |= {**tickets.changes_in(world, ticket, given), "via": audits.via(actor.channel)}
    ticket["created_at"] = _moment(given.get("created_at"), world.clock.iso())
    said = given.get("comments") or ([given["comment"]] if given.get("comment") else [])
    if not said:
        raise invalid("comments", "Comments: cannot be blank", "BlankValue")
    ticket["first_public"] = bool(said[0].get("public", True))
    mails_before = list(world.data["mails"])
    ticket["id"] = world.next_id("ticket")
    events = [(comments.make(world, ticket, actor, comment), comment) for comment in said]
    world.data["mails"] = mails_before
    world.data["tickets"][ticket["id"]] = ticket
    ticket["description"] = events[0][0]["plain_body"]
    ticket["subject"] = ticket["subject"] or ticket["description"][:80]
    for event, comment in events:
        at = _moment(comment.get("created_at"), ticket["created_at"])
        author = Actor(world.data["users"][event["author_id"]], actor.channel)
        audit = audits.record(world, ticket, author, [event], metadata=given.get("metadata"), at=at)
        comments.stamp(audit)
    ticket["updated_at"] = _moment(given.get("updated_at"), ticket["updated_at"])
    return ticket


def many(world: World, actor: Actor, given: list[Json], *, failing: list[int]) -> Json:
    """The job of up to 100; the rows in `failing` fail, and those that are not valid. Raises Refusal."""
    if not given or len(given) > MOST:
        raise bad_request("TooManyValues", f"tickets holds 1 to {MOST} tickets")
    results: list[Json] = []
    for index, row in enumerate(given):
        try:
            if index in failing:
                raise invalid("base", "Ticket could not be made")
            results.append({"index": index, "id": one(world, actor, row)["id"]})
        except Refusal as refusal:
            failed = {"id": 0, "action": "create", "success": False, "error": "TicketImportFailed"}
            results.append({"index": index, **failed, "details": str(refusal.body)})
    return jobs.done(world, "Ticket Import", results)


def _moment(text: str | None, otherwise: str) -> str:
    try:
        return iso(moment_of(text)) if text else otherwise
    except ValueError:
        raise bad_request("InvalidValue", f"{text!r} is no moment") from None
