"""The room's page, and the plain forms that make it work without scripts."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from mediation.conversations.actions import files, reading
from mediation.conversations.actions.send import Send, send_message
from mediation.core import rates
from mediation.core.errors import NotFound, Refused
from mediation.disputes.actions import asking
from mediation.disputes.audience import open_case
from mediation.disputes.errors import BriefMissing
from mediation.web import room_page
from mediation.web.forms import AskForm, SendForm


@login_required
@require_GET
def room(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """The room, opened at the first unread line; `?thread=`, `?at=` and `?before=` say where else."""
    return _page(request, room_id)


@login_required
@require_POST
def send(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Send from the plain form. What was refused stays in the field, with the reason."""
    form = SendForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, room_id, status=400, refusal=_("Write something first, or attach a file."))
    said, user = form.cleaned_data, _user(request)
    try:
        rates.sends.check(user.pk)
        file = files.upload(user=user, thread_id=said["thread"], file=said["file"]).pk if said["file"] else None
        send_message(
            Send(
                author_id=user.pk,
                thread_id=said["thread"],
                client_id=said["client_id"],
                body=said["text"],
                files=(file,) if file else (),
            )
        )
        reading.discard_draft(user=user, thread_id=said["thread"])
    except NotFound as gone:
        raise Http404 from gone
    except Refused as refusal:
        return _page(request, room_id, status=refusal.status, refusal=str(refusal.message), text=said["text"])
    return redirect(f"{reverse('web:room', args=[room_id])}?thread={said['thread']}#newest")


@login_required
@require_POST
def ask(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Ask for a mediator, or take that back."""
    form = AskForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    if request.POST.get("cancel"):
        return _do(request, room_id, lambda user: asking.cancel(user=user, room_id=room_id))
    return _do(request, room_id, lambda user: asking.ask(user=user, room_id=room_id, note=note))


@login_required
@require_POST
def join(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Join as the mediator. Losing the race says who won."""
    return _do(request, room_id, lambda user: asking.join(user=user, room_id=room_id))


@login_required
@require_POST
def leave(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """The mediator leaves. A claim is handed over with a brief, which has a form of its own."""
    try:
        return _do(request, room_id, lambda user: asking.leave(user=user, room_id=room_id), BriefMissing)
    except BriefMissing:
        case = open_case(_user(request), room_id)
        return redirect("web:case_do", case.pk, "release") if case else redirect("web:room", room_id)


def _do(request: HttpRequest, room_id: UUID, act: Callable[[User], object], *asks_more: type[Refused]) -> HttpResponse:
    """Do it and go back to the room, with the reason if it was refused. `asks_more` are refusals for the caller."""
    try:
        act(_user(request))
    except asks_more:
        raise
    except NotFound as gone:
        raise Http404 from gone
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("web:room", room_id)


def _page(request: HttpRequest, room_id: UUID, *, status: int = 200, **said: str) -> HttpResponse:
    try:
        context = room_page.context(request, _user(request), room_id)
    except NotFound as gone:
        raise Http404 from gone
    return render(request, "room/room.html", context | said, status=status)


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
