"""What goes with a claim: its writer picks it before filing, and nobody else knows of it until then."""

import uuid
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from rest_framework import serializers

from accounts.models import User
from mediation.conversations.models import Contract
from mediation.conversations.queries.room import room_state
from mediation.core import rates
from mediation.core.errors import NotFound, Refused
from mediation.disputes import audience
from mediation.disputes.actions import exhibits
from mediation.disputes.actions.transition import transition
from mediation.disputes.errors import TooManyPicks
from mediation.disputes.forms.reading import payload_of
from mediation.disputes.models import Dispute
from mediation.disputes.rules.guards.evidence import MOST_PICKS
from mediation.web import case_page, claim_sources, claim_steps, kept_files


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def claim_evidence(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """What goes with the reader's own draft; who has none goes where one begins."""
    user = cast(User, request.user)
    try:
        draft = audience.draft_of(user, room_id)
        if draft is None:
            return _without_draft(request, room_id)
        if request.method != "POST" or "find" in request.POST:
            return _page(request, draft)
        return _drop(request, draft) if "drop" in request.POST else _pick(request, draft)
    except NotFound as gone:
        raise Http404 from gone


def _without_draft(request: HttpRequest, room_id: UUID) -> HttpResponse:
    role = room_state(user=cast(User, request.user), room_id=room_id)["role"]
    if request.method == "POST" or role not in ("client", "freelancer"):
        raise NotFound
    return redirect("web:claim", room_id)


def _page(
    request: HttpRequest, draft: Dispute, *, refusal: str = "", kept: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    user = cast(User, request.user)
    case, said = case_page.drawn(draft, user), request.POST
    words = "" if said.get("find") == "all" else (said.get("q") or request.GET.get("q", "")).strip()
    title = said.get("title", "")
    context = {
        "case": case,
        "way": claim_steps.way(claim_steps.EVIDENCE),
        "picks": case["view"]["picks"],
        "most": MOST_PICKS,
        "full": TooManyPicks.message if len(case["view"]["picks"]) >= MOST_PICKS else "",
        "messages_found": claim_sources.messages(user, case, words),
        "files": claim_sources.files(case),
        "terms": claim_sources.terms(case),
        "is_hourly": draft.room.contract.kind == Contract.Kind.HOURLY.value,
        "words": words,
        "said": said,
        **{f"{form}_title": title if said.get("form") == form else "" for form in ("room", "hours", "file")},
        "refusal": refusal,
        "kept": kept,
        "command_id": said.get("command_id") if status == 400 else uuid.uuid4(),
    }
    return render(request, "case/claim_evidence.html", context, status=status)


def _pick(request: HttpRequest, draft: Dispute) -> HttpResponse:
    user, kept = cast(User, request.user), None
    command_id = _uuid(request.POST.get("command_id"))
    try:
        rates.commands.check(user.pk)
        kept = kept_files.chosen(request, user, draft, "pick_evidence")
        named = _named(request, case_page.drawn(draft, user), kept)
        if named is None:
            return _page(request, draft, refusal=_("Choose what shows it."), status=400)
        payload = payload_of("pick_evidence", named, user)
        if kept is not None:
            exhibits.pick_with_file(
                user=user, dispute_id=draft.pk, file_id=kept["id"], payload=payload, command_id=command_id
            )
        else:
            transition(actor=user, dispute_id=draft.pk, command="pick_evidence", payload=payload, command_id=command_id)
    except serializers.ValidationError:
        refusal = _("This is longer than fits. Say in a few words what it shows.")
        return _page(request, draft, refusal=refusal, kept=kept, status=400)
    except NotFound:
        gone = _("This is no longer in the room. Choose something else.")
        return _page(request, audience.case_of(user, draft.pk), refusal=gone, status=409)
    except Refused as refused:
        fresh = audience.case_of(user, draft.pk)
        return _page(request, fresh, refusal=str(refused.message), kept=kept, status=refused.status)
    messages.success(request, _("It goes with your claim. Only you see it until you file."))
    return redirect("web:claim_evidence", draft.room_id)


def _named(request: HttpRequest, case: dict[str, Any], kept: dict[str, Any] | None) -> dict[str, Any] | None:
    """The body of the command for what was named: a new file, hours of the log, or something of the room."""
    title = request.POST.get("title", "").strip()
    hours = request.POST.get("hours", "").strip()
    if kept is not None:
        return {"kind": "file", "title": title or kept["name"][: claim_sources.TITLE]}
    if hours:
        return {"kind": "time_log", "title": title or claim_sources.short(hours), "excerpt": hours}
    return claim_sources.chosen(case, request.POST.get("source", ""), title)


def _drop(request: HttpRequest, draft: Dispute) -> HttpResponse:
    user = cast(User, request.user)
    try:
        payload = payload_of("drop_pick", {"pick_id": request.POST["drop"]}, user)
        transition(actor=user, dispute_id=draft.pk, command="drop_pick", payload=payload)
    except (serializers.ValidationError, Refused) as refused:
        if isinstance(refused, NotFound):
            raise
        messages.info(request, _("It was taken away already."))
    else:
        messages.success(request, _("It does not go with your claim any more."))
    return redirect("web:claim_evidence", draft.room_id)


def _uuid(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        return uuid.uuid4()
