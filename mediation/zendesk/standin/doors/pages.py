"""The page for a person: read what came, answer as an agent, turn faults on. English only: it is nobody's product."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.static import serve

from mediation.zendesk.standin import acts, audits, comments, faults, fields, tickets
from mediation.zendesk.standin.doors.calls import the_world
from mediation.zendesk.standin.errors import Refusal
from mediation.zendesk.standin.seed import AGENTS, FIELDS, SERVICE_USER
from mediation.zendesk.standin.world import Json, World

SHOWN_TICKETS, SHOWN_REQUESTS, SHOWN_DELIVERIES = 200, 100, 50
READY_FAULTS: dict[str, tuple[str, Json]] = {
    "429": ("429, too many requests", {"what": "status", "status": 429, "headers": {"Retry-After": "10"}}),
    "503": (
        "503 in HTML, down",
        {"what": "status", "status": 503, "body": "<h1>Down</h1>", "content_type": "text/html"},
    ),
    "401": ("401, token refused", {"what": "status", "status": 401, "body": {"error": "invalid_token"}}),
    "lose": ("Changes are made, but their answer is lost", {"what": "lose_answer", "method": "P"}),
    "cut": ("Connection cut before anything is done", {"what": "refuse_before"}),
    "slow": ("Every answer 3 seconds late", {"what": "delay", "seconds": 3}),
    "public": ("Comments turn out with the other privacy", {"what": "wrong_public", "method": "P"}),
}
READY_SWITCHES = {
    "webhooks_twice": "Webhooks come twice",
    "webhooks_shuffled": "Webhooks come in disorder",
    "webhooks_bad_signature": "Webhooks have a wrong signature",
    "limits": "Rate limits are kept",
}
LATE_SECONDS = 480
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)

View = Callable[..., HttpResponse]


def page(view: View) -> View:
    """Under the lock, with a policy that lets no ticket's HTML fetch or run anything."""

    def shown(request: HttpRequest, **where: Any) -> HttpResponse:
        world = the_world(request)
        with world.lock:
            try:
                answer = view(request, world, **where)
            except Refusal as refusal:
                answer = render(request, "zendesk_standin/wrong.html", {"why": words(refusal)}, status=refusal.status)
        answer.headers["Content-Security-Policy"] = POLICY
        answer.headers["Referrer-Policy"] = "same-origin"
        return answer

    return shown


def words(refusal: Refusal) -> str:
    """The sentences of a refusal, for a person."""
    body = refusal.body
    if isinstance(body, dict) and "details" in body:
        return " ".join(item["description"] for items in body["details"].values() for item in items)
    return str(body.get("description", body)) if isinstance(body, dict) else str(body)


@page
def ticket_list(request: HttpRequest, world: World) -> HttpResponse:
    rows = sorted(world.data["tickets"].values(), key=lambda row: (row["updated_at"], row["id"]), reverse=True)
    shown = [{**row, "assignee": _name(world, row["assignee_id"])} for row in rows[:SHOWN_TICKETS]]
    return render(request, "zendesk_standin/tickets.html", {"tickets": shown, "count": len(rows), "here": "tickets"})


@page
def ticket_page(request: HttpRequest, world: World, number: int) -> HttpResponse:
    ticket = world.data["tickets"].get(number)
    if ticket is None:
        raise Http404
    if request.method != "POST":
        return _show_ticket(request, world, ticket)
    try:
        acts.act(world, _act_of(request, ticket))
    except Refusal as refusal:
        return _show_ticket(request, world, ticket, why=words(refusal), status=422)
    return HttpResponseRedirect(f"/agent/tickets/{number}?who={request.POST.get('who', '')}#end")


def _act_of(request: HttpRequest, ticket: Json) -> Json:
    """What a form of the ticket's page asks for."""
    sent = request.POST
    who = int(sent["who"]) if sent.get("who", "").isdigit() else None
    is_requester = who == ticket["requester_id"]
    act: Json = {
        "who": who,
        "ticket": ticket["id"],
        "via": "email" if is_requester else "web",
        "do": sent.get("do", ""),
    }
    match act["do"]:
        case "reply":
            # Line ends as a form sends them are not what was typed.
            text = sent.get("comment", "").replace("\r\n", "\n")
            return {**act, "do": "update", "comment": {"body": text}, "public": sent.get("public") == "yes"}
        case "set":
            changed = {"status": sent.get("status"), "priority": sent.get("priority") or None, "tags": sent.get("tags")}
            assignee = sent.get("assignee", "")
            return {**act, "do": "update", **changed, "assignee": int(assignee) if assignee.isdigit() else None}
        case "merge":
            return {**act, "into": int(sent["into"]) if sent.get("into", "").isdigit() else 0}
        case "make_private":
            return {**act, "comment_id": int(sent["comment_id"]) if sent.get("comment_id", "").isdigit() else 0}
        case _:
            return act


def _show_ticket(request: HttpRequest, world: World, ticket: Json, *, why: str = "", status: int = 200) -> HttpResponse:
    said = comments.of_ticket(world, ticket)
    told = [{**audit, "author": _name(world, audit["author_id"])} for audit in audits.of_ticket(world, ticket)]
    agents = [
        user for user in world.data["users"].values() if user["role"] != "end-user" and user["id"] != SERVICE_USER
    ]
    who = request.POST.get("who") or request.GET.get("who") or ""
    context = {
        "ticket": ticket,
        "requester": world.data["users"][ticket["requester_id"]],
        "comments": [{**comment, "author": _name(world, comment["author_id"])} for comment in said],
        "audits": told[::-1],
        "fields": [(FIELDS[row["id"]], row["value"]) for row in fields.shown(ticket["custom_fields"]) if row["value"]],
        "agents": agents,
        "statuses": tickets.STATUSES,
        "priorities": tickets.PRIORITIES[1:],
        "who": int(who) if who.isdigit() else AGENTS["Nina Park"],
        "why": why,
        "typed": request.POST.get("comment", "") if why else "",
        "tags": " ".join(ticket["tags"]),
        "is_over": ticket["status"] in ("closed", "deleted"),
    }
    return render(request, "zendesk_standin/ticket.html", context, status=status)


def _name(world: World, number: int | None) -> str:
    return str(world.data["users"][number]["name"]) if number else ""


@page
def fault_page(request: HttpRequest, world: World) -> HttpResponse:
    if request.method == "POST":
        _set_faults(request, world)
        return HttpResponseRedirect("/faults")
    switches = [(name, label, getattr(world.switches, name)) for name, label in READY_SWITCHES.items()]
    context = {
        "ready": [(key, label) for key, (label, _) in READY_FAULTS.items()],
        "faults": [faults.shown(fault) for fault in world.faults],
        "switches": switches,
        "late": world.switches.webhooks_late_seconds,
        "now": world.clock.iso(),
        "here": "faults",
    }
    return render(request, "zendesk_standin/faults.html", context)


def _set_faults(request: HttpRequest, world: World) -> None:
    sent = request.POST
    match sent.get("do"):
        case "add" if sent.get("fault") in READY_FAULTS:
            times = int(sent["times"]) if sent.get("times", "").isdigit() else 1
            world.faults.append(faults.read({"path": "^/api/", **READY_FAULTS[sent["fault"]][1], "times": times}))
        case "clear":
            world.faults.clear()
        case "switches":
            world.switches.set({name: name in sent for name in READY_SWITCHES})
            world.switches.webhooks_late_seconds = LATE_SECONDS if "late" in sent else 0
        case "clock" if sent.get("minutes", "").isdigit():
            world.clock.advance(60 * int(sent["minutes"]))
        case _:
            raise Refusal(400, "This form says nothing that can be done.")


@page
def request_page(request: HttpRequest, world: World) -> HttpResponse:
    context = {
        "requests": list(world.seen)[: -SHOWN_REQUESTS - 1 : -1],
        "count": len(world.seen),
        "deliveries": list(world.deliveries)[: -SHOWN_DELIVERIES - 1 : -1],
        "webhook_to": world.switches.webhook_to,
        "here": "requests",
    }
    return render(request, "zendesk_standin/requests.html", context)


def style(request: HttpRequest) -> HttpResponseBase:
    folder = Path(settings.BASE_DIR) / "static" / "zendesk_standin"
    return serve(request, "page.css", document_root=str(folder))


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "zendesk_standin/wrong.html", {"why": "There is no such page."}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponse("The stand-in itself failed; its terminal says where.", status=500, content_type="text/plain")
