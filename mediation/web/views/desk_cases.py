"""What is done with cases at the desk: laying one aside, the same for several, the agenda, being away."""

from collections.abc import Callable
from typing import cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from mediation.conversations.errors import EmptyText
from mediation.core import rates
from mediation.core.errors import Forbidden, NotFound, Refused
from mediation.desk.actions import bulk, seats, snoozes
from mediation.desk.actions.bulk import Outcome
from mediation.desk.errors import NoAgent
from mediation.web import agenda_page, bulk_page, desk_page
from mediation.web.snooze_words import chosen, laying

PARTS = {"lines": "desk/_agenda_parts.html", "list": "desk/_list.html"}
Act = Callable[[HttpRequest, list[UUID]], list[Outcome]]


@require_POST
@login_required
def snooze(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Lay one's own case aside, or take it up again (`until` is `wake`). What was refused stays in its form."""
    user, post = _user(request), request.POST
    try:
        rates.commands.check(user.pk)
        if post.get("until") == "wake":
            snoozes.wake(user=user, dispute_id=case_id)
            messages.success(request, _("It is back in your queue."))
        else:
            until, on_word = chosen(post, user)
            snoozes.snooze(user=user, dispute_id=case_id, until=until, on_word=on_word)
            messages.success(request, _("Laid aside. Its clocks go on."))
    except NotFound as gone:
        raise Http404 from gone
    except Forbidden as not_theirs:
        raise PermissionDenied from not_theirs
    except Refused as refused:
        return _not_laid(request, case_id, refused)
    return redirect(desk_page.came_from(request.headers.get("Referer", "")))


def _not_laid(request: HttpRequest, case_id: UUID, refused: Refused) -> HttpResponse:
    user, said = _user(request), request.POST
    if said.get("until") == "wake":
        messages.error(request, str(refused.message))
        return redirect(desk_page.came_from(request.headers.get("Referer", "")))
    try:
        page = laying(user, case_id) | {"refusal": refused.message, "said": said}
    except NotFound as gone:
        raise Http404 from gone
    return render(request, "desk/snooze.html", page, status=refused.status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def several(request: HttpRequest) -> HttpResponse:
    """What can be done with the chosen cases (`case`, up to 50); posted, one thing is done to each, the results are
    listed, and the cases stay chosen for another one: those that refused, where some did. What was typed for it stays.
    """
    user = _user(request)
    said = request.POST if request.method == "POST" else request.GET
    cases = [key for key in map(_uuid, said.getlist("case")) if key][: bulk.MOST]
    try:
        page = bulk_page.context(user, cases)
    except NotFound as gone:
        raise Http404 from gone
    act = ACTS.get(name := request.POST.get("act", ""))
    if request.method != "POST" or act is None or not cases:
        return render(request, "desk/bulk.html", page)
    try:
        rates.commands.check(user.pk)
        outcomes = act(request, cases)
    except Refused as refused:
        kept = {"refusal": refused.message, "said": said}
        return render(request, "desk/bulk.html", page | kept, status=refused.status)
    again = bulk_page.context(user, bulk_page.left(outcomes) or cases) | bulk_page.results(outcomes)
    return render(request, "desk/bulk.html", again | {"said": bulk_page.still_said(said, name, outcomes)})


@require_safe
@login_required
@never_cache
def agenda(request: HttpRequest) -> HttpResponse:
    """What is due by when in the reader's cases, and how much they carry. For the page's script (`X-Part`) a part."""
    part = PARTS.get(request.headers.get("X-Part", ""), "desk/agenda.html")
    try:
        return render(request, part, agenda_page.context(_user(request)))
    except NotFound as gone:
        raise Http404 from gone


@require_POST
@login_required
def away(request: HttpRequest) -> HttpResponse:
    """Be away (`is_away`), or back: who is away is given no case."""
    user = _user(request)
    try:
        rates.commands.check(user.pk)
        seats.set_away(user=user, is_away=bool(request.POST.get("is_away")))
    except NotFound as gone:
        raise Http404 from gone
    except Forbidden as not_theirs:
        raise PermissionDenied from not_theirs
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("web:desk_agenda")


def _assign(request: HttpRequest, cases: list[UUID]) -> list[Outcome]:
    post = request.POST
    agent = _uuid(post.get("agent_id"))
    if agent is None:
        raise NoAgent
    brief, reason = post.get("brief", "")[:2000].strip(), post.get("override_reason", "")[:300].strip()
    return bulk.assign(
        user=_user(request), cases=cases, agent_id=agent, brief=brief, reason=reason, press=_press(request)
    )


def _snooze(request: HttpRequest, cases: list[UUID]) -> list[Outcome]:
    until, on_word = chosen(request.POST, _user(request))
    return bulk.snooze(user=_user(request), cases=cases, until=until, on_word=on_word)


def _note(request: HttpRequest, cases: list[UUID]) -> list[Outcome]:
    text = request.POST.get("text", "")
    if not text.strip():
        raise EmptyText
    return bulk.note(user=_user(request), cases=cases, text=text, press=_press(request))


def _tag(request: HttpRequest, cases: list[UUID]) -> list[Outcome]:
    return bulk.tag(user=_user(request), cases=cases, words=request.POST.get("tags", ""))


def _untag(request: HttpRequest, cases: list[UUID]) -> list[Outcome]:
    return bulk.untag(user=_user(request), cases=cases, words=request.POST.get("tags", ""))


def _prioritise(request: HttpRequest, cases: list[UUID]) -> list[Outcome]:
    said = request.POST.get("priority") or "none"
    return bulk.prioritise(user=_user(request), cases=cases, priority="" if said == bulk_page.AS_THE_MONEY else said)


ACTS: dict[str, Act] = {
    "assign": _assign, "snooze": _snooze, "note": _note, "tag": _tag, "untag": _untag, "prioritise": _prioritise,
}  # fmt: skip


def _press(request: HttpRequest) -> UUID:
    return _uuid(request.POST.get("press")) or uuid4()


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
