"""Zendesk's doors to tickets, their comments, audits and tags."""

from collections.abc import Callable

from django.http import HttpResponse

from mediation.zendesk.standin import audits, comments, idempotency, limits, merging, tickets, users
from mediation.zendesk.standin import tags as tags_of
from mediation.zendesk.standin.doors.calls import Answer, Call, answered
from mediation.zendesk.standin.errors import bad_request
from mediation.zendesk.standin.paging import page
from mediation.zendesk.standin.world import Json


def create(call: Call) -> Answer:
    def make() -> Json:
        ticket, audit = tickets.create(call.world, call.actor, call.part("ticket"))
        return {"ticket": tickets.shown(call.world, ticket), "audit": audit}

    key = call.request.headers.get("Idempotency-Key")
    answer, lookup = idempotency.once(call.world, key=key, user_id=call.user["id"], body=call.request.body, make=make)
    sent = answered((201, answer))
    sent.headers["Location"] = answer["ticket"]["url"]
    if lookup:
        sent.headers["x-idempotency-lookup"] = lookup
    return sent


def several(call: Call) -> Answer:
    external_id = call.request.GET.get("external_id")
    found = tickets.with_external_id(call.world, external_id) if external_id else tickets.living(call.world)
    rows = [tickets.shown(call.world, ticket) for ticket in found]
    return _with_users(call, page(rows, call.request.GET, name="tickets", address=call.address), rows, "requester_id")


def show_many(call: Call) -> Answer:
    wanted = {users.number(text) for text in call.request.GET.get("ids", "").split(",") if text}
    found = [ticket for ticket in tickets.living(call.world) if ticket["id"] in wanted]
    return {"tickets": [tickets.shown(call.world, ticket) for ticket in found], "count": len(found)}


def show(call: Call, number: int) -> Answer:
    shown = tickets.shown(call.world, tickets.find(call.world, number))
    return _with_users(call, {"ticket": shown}, [shown], "requester_id", "assignee_id", "submitter_id")


def update(call: Call, number: int) -> Answer:
    ticket = tickets.find(call.world, number)
    limits.count_ticket_update(call.world, call.user["id"], number)
    audit = tickets.update(call.world, call.actor, ticket, call.part("ticket"))
    shown: Json = {"ticket": tickets.shown(call.world, ticket)}
    return {**shown, "audit": audit} if audit else shown


def delete(call: Call, number: int) -> Answer:
    tickets.delete(call.world, call.actor, tickets.find(call.world, number))
    return HttpResponse(status=204)


def merge(call: Call, number: int) -> Answer:
    return {"job_status": merging.merge(call.world, call.actor, tickets.find(call.world, number), call.json())}


def tags(call: Call, number: int) -> Answer:
    return {"tags": tickets.find(call.world, number)["tags"]}


def add_tags(call: Call, number: int) -> Answer:
    return _set_tags(call, number, lambda kept, given: list(dict.fromkeys([*kept, *given])))


def set_tags(call: Call, number: int) -> Answer:
    return 201, _set_tags(call, number, lambda kept, given: given)


def remove_tags(call: Call, number: int) -> Answer:
    return _set_tags(call, number, lambda kept, given: [tag for tag in kept if tag not in given])


def _set_tags(call: Call, number: int, change: Callable[[list[str], list[str]], list[str]]) -> Json:
    ticket = tickets.find(call.world, number)
    limits.count_ticket_update(call.world, call.user["id"], number)
    body = call.json()
    given = tags_of.read(body.get("tags") or call.request.GET.get("tags"))
    guard: Json = {name: body[name] for name in ("safe_update", "updated_stamp") if name in body}
    tickets.update(call.world, call.actor, ticket, {"tags": change(ticket["tags"], given), **guard})
    return {"tags": ticket["tags"]}


def list_comments(call: Call, number: int) -> Answer:
    rows = comments.of_ticket(call.world, tickets.find(call.world, number))
    answer = page(rows, call.request.GET, name="comments", address=call.address)
    return _with_users(call, answer, answer["comments"], "author_id")


def count_comments(call: Call, number: int) -> Answer:
    return _count(call, len(comments.of_ticket(call.world, tickets.find(call.world, number))))


def make_private(call: Call, number: int, comment: int) -> Answer:
    comments.make_private(call.world, tickets.find(call.world, number), call.actor, comment)
    return HttpResponse("", content_type="application/json")


def redact(call: Call, number: int, comment: int) -> Answer:
    ticket = tickets.find(call.world, number)
    tickets.refuse_closed(ticket)
    return {"comment": comments.redact(call.world, ticket, call.actor, comment, call.json().get("text"))}


def list_audits(call: Call, number: int) -> Answer:
    rows = audits.of_ticket(call.world, tickets.find(call.world, number))
    kinds = call.request.GET.getlist("filter_events[]")
    rows = [audit for audit in rows if not kinds or any(event["type"] in kinds for event in audit["events"])]
    answer = page(rows, call.request.GET, name="audits", address=call.address)
    return _with_users(call, answer, answer["audits"], "author_id")


def show_audit(call: Call, number: int, audit: int) -> Answer:
    return {"audit": audits.find(call.world, tickets.find(call.world, number), audit)}


def count_audits(call: Call, number: int) -> Answer:
    return _count(call, len(audits.of_ticket(call.world, tickets.find(call.world, number))))


def make_audit_private(call: Call, number: int, audit: int) -> Answer:
    comments.make_audit_private(call.world, tickets.find(call.world, number), call.actor, audit)
    return HttpResponse("", content_type="application/json")


def _count(call: Call, value: int) -> Json:
    return {"count": {"value": value, "refreshed_at": call.world.clock.iso()}}


def _with_users(call: Call, answer: Json, rows: list[Json], *names: str) -> Json:
    """Whoever stands in these rows beside them, when `include=users` asks for it. Raises Refusal for another name."""
    wanted = {name for name in call.request.GET.get("include", "").split(",") if name}
    if wanted - {"users", "comment_count"}:
        raise bad_request("InvalidValue", "include knows users")
    if "users" in wanted:
        answer["users"] = users.shown_many(call.world, {row[name] for row in rows for name in names if row[name]})
    return answer
