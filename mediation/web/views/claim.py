"""Filing a claim, step by step: which money, what went wrong, how much, what you want, what happened, what shows it.

Every step keeps the draft. A form with all fields at once is taken as well.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
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
from mediation.disputes.forms.reading import payload_of
from mediation.disputes.models import Dispute
from mediation.web import case_forms, case_page, claim_money, claim_steps
from mediation.web.claim_review import review
from mediation.web.claim_steps import Step

Errors = Mapping[str, Any]
ELSEWHERE = (claim_steps.ABOUT, claim_steps.EVIDENCE)  # steps that have a page of their own
BESIDE = {"back": -1, "next": 1}


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
            return _open(request, draft) if draft and is_written else _begin(request, room, draft=draft)
        return _draft(request, draft) if draft and is_written else _start(request, room, draft)
    except NotFound as gone:
        raise Http404 from gone


def _begin(
    request: HttpRequest, room: RoomState, *, draft: Dispute | None, refusal: str = "", status: int = 200
) -> HttpResponse:
    found = claim_money.of(_contract(room))
    context = {
        "room": room, "room_id": room["id"], "choices": found.choices, "reasons": found.reasons, "refusal": refusal,
        "draft": draft, "way": claim_steps.way(claim_steps.ABOUT), "answer_days": found.answer_days,
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


def _open(request: HttpRequest, draft: Dispute) -> HttpResponse:
    """The step that is asked for, else the one at which the writer goes on."""
    case = case_page.drawn(draft, cast(User, request.user))
    step = claim_steps.BY_CODE.get(request.GET.get("step", "")) or claim_steps.first_open(case)
    return _write(request, case, step) if step not in ELSEWHERE else _to(draft, step)


def _write(
    request: HttpRequest,
    case: dict[str, Any],
    step: Step,
    *,
    errors: Errors | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    known = {name: _shown(name, value, case) for name, value in claim_steps.kept(case).items()}
    fields = case_forms.drawn("edit_draft", case, known | request.POST.dict(), errors or {})
    for one in fields:
        one["required"] = one["name"] != "wants"
    view = case["view"]
    context = {
        "case": case,
        "way": claim_steps.way(step),
        "fields": [one for one in fields if one["name"] in step.fields],
        "errors": [one for one in fields if one["error"]],
        "refusal": refusal.message if refusal else "",
        "is_other_money": isinstance(refusal, claim_steps.OTHER_MONEY),
        "week": claim_money.week(date.fromisoformat(view["week_starts"])) if view["week_starts"] else "",
        "ends_at": view["filing"]["ends_at"],
        "answer_days": view["filing"]["answer_days"],
        "there": claim_money.there(view),
    }
    if step is claim_steps.REVIEW:
        context |= {"review": review(case)}
    status = 400 if errors else refusal.status if refusal else 200
    return render(request, "case/claim.html", context, status=status)


def _shown(name: str, value: Any, case: dict[str, Any]) -> Any:
    """What the draft says, as its field holds it."""
    if value is None:
        return ""
    return case_forms.plain(value, case["view"]["currency"]) if name.endswith("_minor") else value


def _draft(request: HttpRequest, draft: Dispute) -> HttpResponse:
    user, what = cast(User, request.user), request.POST.get("do", "save")
    step = claim_steps.BY_CODE.get(request.POST.get("step", ""), claim_steps.REVIEW)
    try:
        if what == "discard":
            transition(actor=user, dispute_id=draft.pk, command="discard")
            messages.success(request, _("The draft is gone. Nothing was filed."))
            return redirect("web:room", draft.room_id)
        _keep(request, draft, step, what)
        if what == "file":
            return _file(request, draft)
    except serializers.ValidationError as wrong:
        errors = wrong.detail if isinstance(wrong.detail, dict) else {"": wrong.detail}
        at = next((claim_steps.OF_FIELD[name] for name in errors if name in claim_steps.OF_FIELD), step)
        return _again(request, draft, at, errors=errors)
    except NotFound:
        raise
    except Refused as refused:
        return _again(request, draft, claim_steps.of_refusal(refused), refusal=refused)
    if what in BESIDE:
        return _to(draft, claim_steps.beside(step, BESIDE[what]))
    messages.success(request, _("Your draft is kept. Only you see it."))
    return _to(draft, step)


def _keep(request: HttpRequest, draft: Dispute, step: Step, what: str) -> None:
    """Keep what was written. Raises ValidationError for what is not right; the rest was kept.

    Who goes on, or files, has filled in what was asked; who goes back, or keeps it for later, need not.
    """
    user = cast(User, request.user)
    case = case_page.drawn(draft, user)
    body = case_forms.body("edit_draft", case, request.POST)
    asked = {"next": step.required, "file": [name for name in claim_steps.REQUIRED if name in request.POST]}
    wrong: dict[str, Any] = {name: [_missing()] for name in asked.get(what, ()) if body.get(name, "") == ""}
    if what == "next" and (why := claim_steps.too_much(case, body.get("amount_minor"))):
        wrong["amount_minor"] = [why]
    # The amount that stands goes along, so that what is wanted of it is measured by it.
    standing = {"amount_minor": draft.amount_minor} if draft.amount_minor else {}
    try:
        payload = payload_of("edit_draft", standing | _without(body, wrong), user)
    except serializers.ValidationError as unread:
        wrong |= unread.detail if isinstance(unread.detail, dict) else {}
        payload = payload_of("edit_draft", standing | _without(body, wrong), user)
    known = claim_steps.kept(case)
    if any(known[name] != (None if value == "" else value) for name, value in payload.items()):
        transition(actor=user, dispute_id=draft.pk, command="edit_draft", payload=payload)
    if wrong:
        raise serializers.ValidationError(wrong)


def _without(body: Mapping[str, Any], wrong: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in wrong}


def _missing() -> Any:
    return serializers.Field().error_messages["required"]


def _file(request: HttpRequest, draft: Dispute) -> HttpResponse:
    user = cast(User, request.user)
    case = _fresh(user, draft)
    if case["view"]["filing"]:
        _check_filled(claim_steps.missing(case))
    transition(actor=user, dispute_id=draft.pk, command="file")
    return redirect("web:room", draft.room_id)


def _check_filled(empty: list[str]) -> None:
    """Of what is missing, the first step's is said: the others wait their turn."""
    if empty:
        step = claim_steps.OF_FIELD[empty[0]]
        raise serializers.ValidationError({name: [_missing()] for name in empty if name in step.fields})


def _again(
    request: HttpRequest, draft: Dispute, step: Step, *, errors: Errors | None = None, refusal: Refused | None = None
) -> HttpResponse:
    """The step with what is wrong; the room, where the draft was filed or erased in another window."""
    case = _fresh(cast(User, request.user), draft)
    if case["view"]["filing"] is None:
        messages.info(request, _("This draft has been filed or discarded already."))
        return redirect("web:room", draft.room_id)
    return _write(request, case, step, errors=errors, refusal=refusal)


def _fresh(user: User, draft: Dispute) -> dict[str, Any]:
    return case_page.drawn(audience.case_of(user, draft.pk), user)


def _to(draft: Dispute, step: Step) -> HttpResponse:
    if step is claim_steps.EVIDENCE:
        return redirect("web:claim_evidence", draft.room_id)
    asked = "about" if step is claim_steps.ABOUT else f"step={step.code}"
    return redirect(f"{reverse('web:claim', args=[draft.room_id])}?{asked}")
