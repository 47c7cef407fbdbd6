"""Filing a claim, step by step: which money, what went wrong, what you want, what happened. The draft is kept."""

from datetime import date
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
from mediation.conversations.queries.room import RoomState, room_state
from mediation.core.errors import NotFound, Refused
from mediation.disputes import audience
from mediation.disputes.actions import claims
from mediation.disputes.actions.transition import transition
from mediation.disputes.errors import NothingThere, OtherTrack, WindowOver
from mediation.disputes.forms.reading import payload_of
from mediation.disputes.models import Dispute
from mediation.web import case_forms, case_page, claim_money

# What the draft is about has been paid, has gone, or its time is over: other money may fit.
OTHER_MONEY = (OtherTrack, NothingThere, WindowOver)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def claim(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """The reader's draft in the room, or its beginning."""
    user = cast(User, request.user)
    try:
        room = room_state(user=user, room_id=room_id)
        if room["role"] not in ("client", "freelancer"):
            raise NotFound
        draft = audience.draft_of(user, room_id)
        is_written = draft is not None and "about" not in request.GET and "about" not in request.POST
        if request.method != "POST":
            return _write(request, draft) if draft and is_written else _begin(request, room, draft=draft)
        return _draft(request, draft) if draft and is_written else _start(request, room, draft)
    except NotFound as gone:
        raise Http404 from gone


def _begin(
    request: HttpRequest, room: RoomState, *, draft: Dispute | None, refusal: str = "", status: int = 200
) -> HttpResponse:
    found = claim_money.of(_contract(room))
    context = {
        "room": room, "room_id": room["id"], "choices": found.choices, "reasons": found.reasons, "refusal": refusal,
        "draft": draft,
    }  # fmt: skip
    return render(request, "case/claim_begin.html", context, status=status)


def _contract(room: RoomState) -> Contract:
    return Contract.objects.get(room=UUID(room["id"]))


def _start(request: HttpRequest, room: RoomState, draft: Dispute | None) -> HttpResponse:
    wanted = request.POST.get("about", "")
    found = claim_money.of(_contract(room)).choices
    chosen = next((one for one in found if one["value"] == wanted), None)
    if chosen is None:
        return _begin(request, room, draft=draft, refusal=_("Choose what it is about."), status=400)
    is_hourly = room["contract"]["kind"] == Contract.Kind.HOURLY.value
    try:
        claims.start_claim(
            user=cast(User, request.user),
            room_id=UUID(room["id"]),
            track=chosen["track"],
            milestone_id=None if is_hourly else UUID(chosen["about"]),
            week_starts=date.fromisoformat(chosen["about"]) if is_hourly else None,
        )
    except NotFound:
        raise
    except Refused as refused:
        return _begin(request, room, draft=draft, refusal=str(refused.message), status=refused.status)
    return redirect("web:claim", room["id"])


def _write(request: HttpRequest, draft: Dispute, *, errors: Any = None, refusal: Refused | None = None) -> HttpResponse:
    user = cast(User, request.user)
    case = case_page.drawn(draft, user)
    said = request.POST if request.method == "POST" else _kept(case)
    fields = case_forms.drawn("edit_draft", case, said, errors or {})
    for one in fields:
        one["required"] = one["name"] != "wants"
    context = {
        "case": case,
        "fields": fields,
        "picks": case["view"]["picks"],
        "errors": [one for one in fields if one["error"]],
        "refusal": refusal.message if refusal else "",
        "is_other_money": isinstance(refusal, OTHER_MONEY),
        "week": claim_money.week(draft.week_starts) if draft.week_starts else "",
        "ends_at": case["view"]["filing"]["ends_at"] if case["view"]["filing"] else None,
    }
    status = 400 if errors else refusal.status if refusal else 200
    return render(request, "case/claim.html", context, status=status)


def _kept(case: dict[str, Any]) -> dict[str, Any]:
    view, refund = case["view"], case["view"]["claimed_refund_minor"]
    mine = view["statements"][0] if view["statements"] else {"body": "", "wants": ""}
    return {
        "problem": view["problem"],
        "amount_minor": case_forms.plain(view["amount_minor"], view["currency"]) if view["amount_minor"] else "",
        # Nothing is what it begins with: whoever means nothing says so, or the money would go the wrong way unseen.
        "claimed_refund_minor": case_forms.plain(refund, view["currency"]) if refund else "",
        "statement": mine["body"],
        "wants": mine["wants"],
    }


def _draft(request: HttpRequest, draft: Dispute) -> HttpResponse:
    user = cast(User, request.user)
    what = request.POST.get("do", "save")
    try:
        if what == "discard":
            transition(actor=user, dispute_id=draft.pk, command="discard")
            messages.success(request, _("The draft is gone. Nothing was filed."))
            return redirect("web:room", draft.room_id)
        payload = payload_of("edit_draft", _body(request, draft), user)
        transition(actor=user, dispute_id=draft.pk, command="edit_draft", payload=payload)
        if what == "evidence":
            return redirect("web:claim_evidence", draft.room_id)
        if what == "file" and "claimed_refund_minor" not in payload:
            raise serializers.ValidationError({"claimed_refund_minor": serializers.Field().error_messages["required"]})
        if what != "file":
            messages.success(request, _("Your draft is kept. Only you see it."))
            return redirect("web:claim", draft.room_id)
        transition(actor=user, dispute_id=draft.pk, command="file")
    except serializers.ValidationError as wrong:
        return _write(request, draft, errors=wrong.detail if isinstance(wrong.detail, dict) else {"": wrong.detail})
    except NotFound:
        raise
    except Refused as refused:
        fresh = audience.case_of(user, draft.pk)
        return _write(request, fresh, refusal=refused)
    return redirect("web:room", draft.room_id)


def _body(request: HttpRequest, draft: Dispute) -> dict[str, Any]:
    """What was posted; the amount that stands goes along, so that what is wanted of it is measured by it."""
    body = case_forms.body("edit_draft", case_page.drawn(draft, cast(User, request.user)), request.POST)
    return ({"amount_minor": draft.amount_minor} if draft.amount_minor else {}) | body
