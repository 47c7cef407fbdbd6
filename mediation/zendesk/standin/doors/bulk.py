"""Zendesk's doors to files, imports, jobs, the export and the account's ticket fields."""

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from mediation.zendesk.standin import export as exporting
from mediation.zendesk.standin import imports, jobs, limits, tickets, tokens, uploads
from mediation.zendesk.standin.doors.calls import Answer, Call, answered, read_json, refused, the_world
from mediation.zendesk.standin.errors import Refusal, bad_request
from mediation.zendesk.standin.seed import FIELDS


@csrf_exempt
def token(request: HttpRequest) -> HttpResponse:
    """POST /oauth/tokens, in JSON or as a form."""
    world = the_world(request)
    with world.lock:
        try:
            is_form = (request.content_type or "").startswith("application/x-www-form-urlencoded")
            given = dict(request.POST.items()) if is_form else read_json(request)
            return answered((201, tokens.mint(world, given)))
        except Refusal as refusal:
            return refused(refusal)


def upload(call: Call) -> Answer:
    """Answered in JSON that says it is text, as Zendesk does."""
    query = call.request.GET
    made = uploads.put(
        call.world,
        file_name=query.get("filename", ""),
        content=call.request.body,
        content_type=call.request.content_type or "application/octet-stream",
        token=query.get("token", ""),
    )
    return HttpResponse(json.dumps({"upload": made}), status=201, content_type="text/plain; charset=utf-8")


def delete_upload(call: Call, token: str) -> Answer:
    uploads.delete(call.world, token)
    return HttpResponse(status=204)


def attachment(request: HttpRequest) -> HttpResponse:
    """The content, for whoever knows the address: it stands on another host name and asks for no token."""
    world = the_world(request)
    with world.lock:
        try:
            file = uploads.content(world, request.path)
        except Refusal as refusal:
            return refused(refusal)
    return HttpResponse(
        file["content"].encode("latin-1"),
        content_type="application/octet-stream",
        headers={"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"},
    )


def import_one(call: Call) -> Answer:
    return 201, {"ticket": tickets.shown(call.world, imports.one(call.world, call.actor, call.part("ticket")))}


def import_many(call: Call) -> Answer:
    given = call.json().get("tickets")
    if not isinstance(given, list):
        raise bad_request("InvalidValue", "The body needs a list under 'tickets'")
    return {"job_status": imports.many(call.world, call.actor, given, failing=call.failing_rows)}


def job(call: Call, number: str) -> Answer:
    return {"job_status": jobs.shown(call.world, number)}


def export(call: Call) -> Answer:
    limits.count_export(call.world)
    query = call.request.GET
    return exporting.page(
        call.world, start_time=query.get("start_time"), cursor=query.get("cursor"), size=query.get("per_page")
    )


def ticket_fields(call: Call) -> Answer:
    rows = [{"id": number, "type": "text", "title": title, "active": True} for number, title in FIELDS.items()]
    return {"ticket_fields": rows, "count": len(rows)}
