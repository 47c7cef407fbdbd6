"""Filing a claim, step by step: which money, what went wrong, what you want, what happened. The draft is kept."""

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from rest_framework import serializers

from accounts.models import User
from mediation.conversations.models import Milestone
from mediation.conversations.queries.room import RoomState, room_state
from mediation.core import clock
from mediation.core.errors import NotFound, Refused
from mediation.disputes import audience
from mediation.disputes.actions import claims
from mediation.disputes.actions.transition import transition
from mediation.disputes.forms.reading import payload_of
from mediation.disputes.models import Dispute
from mediation.disputes.rules.states import State, Track
from mediation.web import case_forms, case_page
from mediation.web.money import money

HELD = ("funded", "submitted")


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
        draft = next((one for one in audience.cases_in(user, room_id) if one.state == State.DRAFT.value), None)
        if request.method != "POST":
            return _write(request, draft) if draft else _begin(request, room)
        return _draft(request, draft) if draft else _start(request, room)
    except NotFound as gone:
        raise Http404 from gone


def _begin(request: HttpRequest, room: RoomState, *, refusal: str = "", status: int = 200) -> HttpResponse:
    context = {"room": room, "room_id": room["id"], "choices": _choices(room), "refusal": refusal}
    return render(request, "case/claim_begin.html", context, status=status)


def _choices(room: RoomState) -> list[dict[str, Any]]:
    """The money that a claim can be about: a milestone, the whole contract, last week's hours."""
    contract, language = room["contract"], get_language() or "en"
    if contract["kind"] == "hourly":
        return [
            {"value": "C", "word": _("Last week's hours"), "hint": _("until Friday")},
            {"value": "B", "word": _("Hours that were paid earlier"), "hint": ""},
        ]
    found = [
        {
            "value": f"{'A' if one.status in HELD else 'B'}:{one.pk}",
            "word": one.title,
            "hint": money(one.amount_minor, contract["currency"], language)
            + " · "
            + str(_("in escrow") if one.status in HELD else _("already paid")),
        }
        for one in Milestone.objects.filter(contract__room=UUID(room["id"])).order_by("position")
        if one.status in (*HELD, "released")
    ]
    return found or [{"value": "A", "word": _("The whole contract"), "hint": ""}]


def _start(request: HttpRequest, room: RoomState) -> HttpResponse:
    wanted = request.POST.get("about", "")
    if wanted not in {one["value"] for one in _choices(room)}:
        return _begin(request, room, refusal=_("Choose what it is about."), status=400)
    track, _colon, milestone = wanted.partition(":")
    monday = (clock.now() - timedelta(days=clock.now().weekday() + 7)).date()
    try:
        claims.start_claim(
            user=cast(User, request.user),
            room_id=UUID(room["id"]),
            track=Track(track),
            milestone_id=UUID(milestone) if milestone else None,
            week_starts=monday if track == Track.HOURLY.value else None,
        )
    except NotFound:
        raise
    except Refused as refused:
        return _begin(request, room, refusal=str(refused.message), status=refused.status)
    return redirect("web:claim", room["id"])


def _write(
    request: HttpRequest, draft: Dispute, *, errors: Any = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    user = cast(User, request.user)
    case = case_page.drawn(draft, user)
    said = request.POST if request.method == "POST" else _kept(case)
    fields = case_forms.drawn("edit_draft", case, said, errors or {})
    for one in fields:
        one["required"] = one["name"] != "wants"
    context = {
        "case": case,
        "fields": fields,
        "errors": [one for one in fields if one["error"]],
        "refusal": refusal,
        "ends_at": case["view"]["filing"]["ends_at"] if case["view"]["filing"] else None,
    }
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
    user, received_at = cast(User, request.user), clock.now()
    what = request.POST.get("do", "save")
    try:
        if what == "discard":
            transition(actor=user, dispute_id=draft.pk, command="discard", received_at=received_at)
            messages.success(request, _("The draft is gone. Nothing was filed."))
            return redirect("web:room", draft.room_id)
        payload = payload_of("edit_draft", _body(request, draft), user)
        transition(actor=user, dispute_id=draft.pk, command="edit_draft", payload=payload, received_at=received_at)
        if what == "file" and "claimed_refund_minor" not in payload:
            raise serializers.ValidationError({"claimed_refund_minor": serializers.Field().error_messages["required"]})
        if what != "file":
            messages.success(request, _("Your draft is kept. Only you see it."))
            return redirect("web:claim", draft.room_id)
        transition(actor=user, dispute_id=draft.pk, command="file", received_at=received_at)
    except serializers.ValidationError as wrong:
        return _write(request, draft, errors=wrong.detail if isinstance(wrong.detail, dict) else {}, status=400)
    except NotFound:
        raise
    except Refused as refused:
        fresh = audience.case_of(user, draft.pk)
        return _write(request, fresh, refusal=str(refused.message), status=refused.status)
    return redirect("web:room", draft.room_id)


def _body(request: HttpRequest, draft: Dispute) -> dict[str, Any]:
    """What was posted; the amount that stands goes along, so that what is wanted of it is measured by it."""
    body = case_forms.body("edit_draft", case_page.drawn(draft, cast(User, request.user)), request.POST)
    return ({"amount_minor": draft.amount_minor} if draft.amount_minor else {}) | body
