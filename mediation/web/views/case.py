"""The case in its room: where it stands, and the plain form of every command. Works without a script."""

import uuid
from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from rest_framework import serializers

from accounts.models import User
from mediation.conversations.actions import files
from mediation.conversations.actions.send import Send, send_message
from mediation.conversations.models import Thread
from mediation.core import clock
from mediation.core.errors import NotFound, Refused
from mediation.disputes import audience
from mediation.disputes.actions.transition import transition
from mediation.disputes.errors import StaleVersion
from mediation.disputes.forms import FORMS
from mediation.disputes.forms.reading import payload_of
from mediation.disputes.queries.facts import actors
from mediation.disputes.rules import table
from mediation.web import case_forms, case_page, case_references, case_words

Case = dict[str, Any]
SUMS = 2  # what goes back and what is released


@login_required
@require_GET
@never_cache
def in_room(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """The room's case as a page; as the two parts of the room's page for its script."""
    try:
        case = case_page.of_room(_user(request), room_id)
    except NotFound as gone:
        raise Http404 from gone
    if request.headers.get("X-Part"):
        return render(request, "case/_fragment.html", {"case": case})
    if case is None:
        return redirect("web:room", room_id)
    return render(request, "case/room.html", {"case": case, "options": case["more"]})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def do(request: HttpRequest, case_id: UUID, command: str) -> HttpResponse:
    """A command's form; posted, the command is said and the reader is back in the room."""
    received_at, user = clock.now(), _user(request)
    if command not in FORMS:
        raise Http404
    try:
        dispute = audience.case_of(user, case_id)
        if request.method == "POST" and not table.spoken_by(command, actors(dispute, user)):
            raise PermissionDenied  # not even the form: its choices are for who may say it
        case = case_page.drawn(dispute, user)
        if command not in {one["command"] for one in case["view"]["actions"]} and request.method != "POST":
            messages.info(request, _("The case has moved on, so this can no longer be done."))
            return redirect("web:room", case["room"])
        if request.method != "POST":
            return _form(request, case, command, request.GET)
        return _say(request, case, command, received_at)
    except NotFound as gone:
        raise Http404 from gone


def _say(request: HttpRequest, case: Case, command: str, received_at: Any) -> HttpResponse:
    user, post = _user(request), request.POST
    try:
        body = case_forms.body(command, case, post)
        if command == "submit_evidence" and (file := request.FILES.get("upload")):
            body["file_id"] = _uploaded(user, case, file, str(post.get("title", "")))
        payload = payload_of(command, body, user)
        transition(
            actor=user,
            dispute_id=UUID(case["id"]),
            command=command,
            payload=payload,
            command_id=_uuid(post.get("command_id")),
            expected_version=_whole(post.get("expected_version")),
            received_at=received_at,
        )
    except serializers.ValidationError as wrong:
        errors = wrong.detail if isinstance(wrong.detail, dict) else {}
        return _form(request, case, command, post, errors=errors, status=400)
    except NotFound:
        raise
    except Refused as refused:
        fresh = case_page.drawn(audience.case_of(user, UUID(case["id"])), user)
        stale = isinstance(refused, StaleVersion)
        return _form(
            request, fresh, command, post, refusal=str(refused.message), status=409 if stale else refused.status
        )
    return redirect("web:room", case["room"])


def _uploaded(user: User, case: Case, file: "UploadedFile[Any]", title: str) -> str:
    """A file becomes evidence in front of everyone: it is sent to the room first."""
    joint = Thread.objects.get(room=case["room"], audience=Thread.Audience.JOINT.value, is_main=True)
    kept = files.upload(user=user, thread_id=joint.pk, file=file)
    send_message(Send(author_id=user.pk, thread_id=joint.pk, client_id=uuid.uuid4(), body=title, files=(kept.pk,)))
    return str(kept.pk)


def _form(
    request: HttpRequest,
    case: Case,
    command: str,
    said: Mapping[str, Any],
    *,
    errors: Mapping[str, Any] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    fields = case_forms.drawn(command, case, said, errors or {})
    pair = [one for one in fields if one["name"] in ("refund_minor", "release_minor")]
    sums = pair if len(pair) == SUMS else []
    agreement = case["agreement"] if command == "accept_text" else None
    if agreement and not agreement["needs_password"]:
        fields = [one for one in fields if one["name"] != "password"]
    context = {
        "case": case,
        "command": command,
        "title": case_words.COMMANDS[command],
        "fields": [one for one in fields if one not in sums],
        "sums": sums,
        "errors": [one for one in fields if one["error"]],
        "refusal": refusal,
        "about": case_references.about(case, said),
        "offer": case_references.offer(case, said),
        "text": agreement,
        "quoted": case_references.quoted(case, str(said.get("message", ""))),
        "command_id": said.get("command_id") if status == 400 else uuid.uuid4(),
        "is_grave": command in ("accept_offer", "accept_full", "accept_text", "withdraw", "void", "pay_share"),
    }
    return render(request, "case/do.html", context, status=status)


def _uuid(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        return uuid.uuid4()


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
