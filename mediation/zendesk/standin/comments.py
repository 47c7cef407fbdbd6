"""Comments: made as Zendesk makes them, and afterwards only made private or blacked out."""

from typing import Any

from mediation.zendesk.standin import audits, mails, texts, uploads, users
from mediation.zendesk.standin.audits import Actor
from mediation.zendesk.standin.errors import invalid, not_found
from mediation.zendesk.standin.world import Json, World

BLACK = "▇"


def make(world: World, ticket: Json, actor: Actor, given: Json) -> Json:
    """The event of a new comment; not yet in an audit. Raises Refusal.

    `public` left out repeats what the ticket was made with. Only agents have placeholders.
    """
    if len(of_ticket(world, ticket)) >= world.switches.comments_per_ticket:
        most = world.switches.comments_per_ticket
        raise invalid("base", f"Ticket has reached the limit of {most:,} comments", "TooManyComments")
    author = users.find_active(world, given["author_id"]) if given.get("author_id") else actor.user
    by_agent = author["role"] in ("agent", "admin")
    must_be_public = not by_agent and world.switches.end_users_are_public
    public = must_be_public or bool(given.get("public", ticket["first_public"]))
    if actor.wrong_public:
        public = not public
    words = _words(world, ticket, author, given, by_agent=by_agent)
    if not words["plain_body"] and not given.get("uploads"):
        raise invalid("base", "Comment body: cannot be blank", "BlankValue")
    attachments = uploads.consume(world, given.get("uploads") or [])
    if public:
        ticket["is_public"] = True
        mails.tell_of_public_comment(world, ticket, author)
    return audits.event(
        world, "Comment", author_id=author["id"], public=public, attachments=attachments, **words, audit_id=0
    )


def _words(world: World, ticket: Json, author: Json, given: Json, *, by_agent: bool) -> Json:
    is_html = given.get("html_body") is not None
    text = str(given["html_body"] if is_html else given.get("body", given.get("value", "")))
    if by_agent:
        text = texts.expanded(
            text,
            placeholders(world, ticket, author),
            is_html=is_html,
            in_entities=world.switches.placeholders == "decoded",
        )
    most = world.switches.body_bytes
    if not is_html:
        body = texts.cut(texts.collapsed(text), most)
        return {"body": body, "html_body": texts.as_html(body), "plain_body": body}
    html_body = texts.safe_html(texts.cut(text, most))
    plain = texts.as_plain(html_body)
    return {"body": plain, "html_body": html_body, "plain_body": plain}


def placeholders(world: World, ticket: Json, author: Json) -> dict[str, str]:
    """`ticket.comments` really is all of them, private ones too: a leak must be seen."""
    said = of_ticket(world, ticket)
    requester = world.data["users"][ticket["requester_id"]]
    return {
        "ticket.id": str(ticket["id"]),
        "ticket.title": ticket["subject"],
        "ticket.description": ticket["description"],
        "ticket.status": ticket["status"],
        "ticket.tags": " ".join(ticket["tags"]),
        "ticket.external_id": ticket["external_id"] or "",
        "ticket.requester.name": requester["name"],
        "ticket.requester.email": requester["email"] or "",
        "ticket.comments": "\n----\n".join(comment["plain_body"] for comment in said),
        "ticket.comments_formatted": "\n----\n".join(comment["plain_body"] for comment in said),
        "ticket.public_comments": "\n----\n".join(comment["plain_body"] for comment in said if comment["public"]),
        "ticket.latest_comment": said[-1]["plain_body"] if said else "",
        "current_user.name": author["name"],
        "current_user.email": author["email"] or "",
    }


def of_ticket(world: World, ticket: Json) -> list[Json]:
    """Every comment, first one first, as the list of comments shows them."""
    return [
        _shown(audit, event)
        for audit in audits.of_ticket(world, ticket)
        for event in audit["events"]
        if event["type"] == "Comment"
    ]


def _shown(audit: Json, event: Json) -> Json:
    return {
        **event,
        "audit_id": audit["id"],
        "created_at": event.get("created_at", audit["created_at"]),
        "via": audit["via"],
        "metadata": audit["metadata"],
    }


def stamp(audit: Json) -> None:
    """Comments of a new audit learn its id."""
    for event in audit["events"]:
        if event["type"] == "Comment":
            event["audit_id"] = audit["id"]


def _event(world: World, ticket: Json, number: int) -> Json:
    for audit in audits.of_ticket(world, ticket):
        for event in audit["events"]:
            if event["id"] == number and event["type"] == "Comment":
                found: Json = event
                return found
    raise not_found()


def make_private(world: World, ticket: Json, actor: Actor, number: int) -> Json:
    """The audit that says so. Raises Refusal (404)."""
    comment = _event(world, ticket, number)
    comment["public"] = False
    event = audits.event(world, "CommentPrivacyChange", comment_id=number, public=False)
    return audits.record(world, ticket, actor, [event])


def make_audit_private(world: World, ticket: Json, actor: Actor, audit_id: int) -> None:
    for event in audits.find(world, ticket, audit_id)["events"]:
        if event["type"] == "Comment":
            make_private(world, ticket, actor, event["id"])


def redact(world: World, ticket: Json, actor: Actor, number: int, text: Any) -> Json:
    """Black out every place of `text` in a comment, for good. Raises Refusal."""
    comment = _event(world, ticket, number)
    if not isinstance(text, str) or not text or text not in comment["plain_body"]:
        raise invalid("text", "Text: is not in the comment")
    for name in ("body", "html_body", "plain_body"):
        comment[name] = comment[name].replace(text, BLACK * len(text))
    audits.record(world, ticket, actor, [audits.event(world, "CommentRedactionEvent", comment_id=number)])
    return comment
