"""The case in its room: where it stands, and the plain form of every command. Works without a script."""

import uuid
from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from rest_framework import serializers

from accounts.models import User
from mediation.core import rates
from mediation.core.errors import NotFound, Refused
from mediation.disputes import audience
from mediation.disputes.actions import exhibits
from mediation.disputes.actions.transition import transition
from mediation.disputes.errors import StaleVersion
from mediation.disputes.forms import FORMS
from mediation.disputes.forms.reading import payload_of
from mediation.disputes.models import Dispute
from mediation.disputes.queries.facts import actors
from mediation.disputes.rules import table
from mediation.web import (
    case_arbitration,
    case_cards,
    case_forms,
    case_page,
    case_references,
    case_words,
    command_notes,
    field_refusals,
    handing,
    kept_files,
    milestones,
    words,
)

Case = dict[str, Any]
Kept = dict[str, Any] | None  # the id and the name of a file
CLAIMED = frozenset({"accept_full", "confirm_default"})  # what was claimed is what moves
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
        parts = {"case": case, "room_id": room_id} | milestones.parts(_user(request), room_id)
        return render(request, "case/_fragment.html", parts)
    if case is None:
        return redirect("web:room", room_id)
    return render(request, "case/room.html", {"case": case, "options": case["more"]})


@login_required
@require_GET
@never_cache
def whole(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The case alone, for staff who decide in it without being in its room."""
    try:
        case = case_page.whole(audience.case_of(_user(request), case_id), _user(request))
    except NotFound as gone:
        raise Http404 from gone
    return render(request, "case/room.html", {"case": case, "options": case["more"]})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def do(request: HttpRequest, case_id: UUID, command: str) -> HttpResponse:
    """A command's form; posted, the command is said and the reader is back in the room (204 for `X-Part: act`)."""
    user = _user(request)
    if command not in FORMS:
        raise Http404
    try:
        dispute = audience.case_of(user, case_id)
        if request.method == "POST" and not table.spoken_by(command, actors(dispute, user)):
            raise PermissionDenied  # not even the form: its choices are for who may say it
        case = _drawn(dispute, user, command)
        if command not in {one["command"] for one in case["view"]["actions"]} and request.method != "POST":
            messages.info(request, _("The case has moved on, so this can no longer be done."))
            return redirect(case["home"])
        if request.method != "POST":
            return _begin(request, case, command)
        return _say(request, case, command)
    except NotFound as gone:
        raise Http404 from gone


def _drawn(dispute: Dispute, user: User, command: str) -> Case:
    """The case; for who gives it away with what the next one must keep."""
    case = case_page.drawn(dispute, user)
    return case | {"handing": handing.summary(user, dispute, case)} if command in handing.COMMANDS else case


def _begin(request: HttpRequest, case: Case, command: str) -> HttpResponse:
    """The form as its link names it. A message that is not there for everyone is said to be missing, and left out."""
    named = request.GET
    if named.get("message") and not case_references.quoted(case, named["message"]):
        gone = _(
            "This message is not there for everyone. Choose another one in the room, or say in words what it shows."
        )
        return _form(request, case, command, named.dict() | {"message": ""}, refusal=gone)
    return _form(request, case, command, named)


def _say(request: HttpRequest, case: Case, command: str) -> HttpResponse:
    user, post = _user(request), request.POST
    if command == "record_log_review" and "more" in post:
        return _form(request, case, command, post)
    kept = None
    try:
        rates.commands.check(user.pk)
        if command == "submit_evidence":
            kept = kept_files.chosen(request, user, audience.case_of(user, UUID(case["id"])), command)
        payload = payload_of(command, case_forms.body(command, case, post), user)
        _carry_out(request, UUID(case["id"]), command, payload, kept)
    except serializers.ValidationError as wrong:
        errors = wrong.detail if isinstance(wrong.detail, dict) else {}
        return _form(request, case, command, post, errors=errors, kept=kept, status=400)
    except NotFound:
        raise
    except Refused as refused:
        fresh = _drawn(audience.case_of(user, UUID(case["id"])), user, command)
        if command == "accept_text" and fresh["agreement"] is None:
            messages.error(request, str(refused.message))  # there is no text to show any more
            return redirect(fresh["home"])
        wrong_in = field_refusals.of_fields(command, refused, fresh)
        stale = isinstance(refused, StaleVersion)
        status = 409 if stale else refused.status
        why = "" if wrong_in else _happened(refused, fresh, user)
        return _form(request, fresh, command, post, errors=wrong_in, refusal=why, kept=kept, status=status)
    if request.headers.get("X-Part"):
        return HttpResponse(status=204)  # said from a dialog: the reader is in the room already
    return _back(request, case)


def _happened(refused: Refused, case: Case, user: User) -> str:
    """Why it was refused; of what one did oneself in another window nobody else is said to have done it."""
    if isinstance(refused, StaleVersion) and case_references.acted_last(case, user):
        return _("You did something else in this case meanwhile, in another window. Look at where it stands now.")
    return str(refused.message)


def _back(request: HttpRequest, case: Case) -> HttpResponse:
    """To the room; to the desk for who came from there."""
    if request.POST.get("back") != "desk":
        return redirect(case["home"])
    messages.success(request, _("Done: “%(title)s”.") % {"title": case["view"]["contract"]["title"]})
    return redirect("web:desk")


def _carry_out(request: HttpRequest, case_id: UUID, command: str, payload: dict[str, Any], kept: Kept) -> None:
    """Say the command; a file that comes with it is sent to everyone in the same breath."""
    said: dict[str, Any] = {
        "dispute_id": case_id,
        "payload": payload,
        "command_id": _uuid(request.POST.get("command_id")),
        "expected_version": _whole(request.POST.get("expected_version")),
    }
    if kept:
        exhibits.submit_with_file(user=_user(request), file_id=kept["id"], **said)
    else:
        transition(actor=_user(request), command=command, **said)


def _form(
    request: HttpRequest,
    case: Case,
    command: str,
    said: Mapping[str, Any],
    *,
    errors: Mapping[str, Any] | None = None,
    refusal: str = "",
    kept: Kept = None,
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
        "note": command_notes.note(command, case["view"]["phase"]),
        "fields": [one for one in fields if one not in sums],
        "sums": sums,
        "adds": field_refusals.of_sums(case) if sums else None,
        "errors": [one for one in fields if one["error"]],
        "refusal": refusal,
        **_over(case, command, said, fields, refusal),
        "kept": kept,
        "text": agreement,
        "is_other_text": bool(agreement and said.get("sha256", agreement["sha256"]) != agreement["sha256"]),
        "reads": _reads(case, fields, sums) if command in ("make_offer", "counter_offer") else None,
        "everyone": words.AUDIENCES["joint"]["to"],
        "readers": case_references.readers(case, command),
        "share": case_arbitration.share(case["view"]) if command in ("elect", "pay_share") else "",
        "back": "desk" if said.get("back") == "desk" else "",
        "command_id": said.get("command_id") if status == 400 else uuid.uuid4(),
        "is_final": command in ("accept_full", "accept_text", "withdraw", "void", "pay_share"),
        "is_grave": command in ("accept_offer", "accept_full", "accept_text", "withdraw", "void", "pay_share"),
    }
    return render(request, "case/do.html", context | _named(case, command, said), status=status)


def _over(
    case: Case, command: str, said: Mapping[str, Any], fields: list[dict[str, Any]], refusal: str
) -> dict[str, Any]:
    """Where there is no form any more: the words that were written in it, so that they are not gone with it."""
    is_over = bool(refusal) and case_references.is_over(case, command, said)
    found = [one for one in fields if one["kind"] in ("text", "long", "lines")] if is_over else []
    written = [(one["label"], str(said.get(one["name"], ""))) for one in found]
    if is_over:
        written += [(one["title"], str(said.get(f"finding_{one['id']}", ""))) for one in case["issues"]]
    return {"is_over": is_over, "written": [(label, words) for label, words in written if words.strip()]}


def _reads(case: Case, fields: list[dict[str, Any]], sums: list[dict[str, Any]]) -> dict[str, Any] | None:
    conditions = next(str(one["value"]) for one in fields if one["name"] == "terms")
    return case_references.offer_sentence(case, sums, conditions)


def _named(case: Case, command: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """What the form is about: the claim, an offer, a message, the award that is to be confirmed."""
    award = case_references.award(case) if command == "record_award" else None
    currency = case["view"]["currency"]
    return {
        "about": case_references.about(case, command, said),
        "claimed": case_cards.claim(case["view"], case)["split"] if command in CLAIMED else None,
        "offer": case_references.offer(case, said),
        "replaces": case_references.own_offer(case) if command in ("make_offer", "counter_offer") else None,
        "award": award,
        "award_split": case_cards.split(award["refund_minor"], award["release_minor"], currency) if award else None,
        "quoted": case_references.quoted(case, str(said.get("message", ""))),
        "handing": case.get("handing"),
    }


def _uuid(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        return uuid.uuid4()


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
