"""The team's room, and asking a colleague about a case. Works without a script."""

from typing import cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from mediation.core import rates
from mediation.core.errors import NotFound, Refused
from mediation.desk import audience
from mediation.desk.actions import team_room
from mediation.web import team_page

PARTS = {"lines": "desk/_team_lines.html", "list": "desk/_list.html"}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def team(request: HttpRequest) -> HttpResponse:
    """What the reader's teams were told, and its words; posted, words for a team. For the page's script (`X-Part`)
    the lines alone, and a refusal as JSON.
    """
    user, is_script = _user(request), bool(request.headers.get("X-Part"))
    try:
        page = team_page.context(user)
        if request.method == "POST":
            _say(request, user)
            return HttpResponse(status=204) if is_script else redirect("web:desk_team")
    except NotFound as gone:
        raise Http404 from gone
    except Refused as refused:
        if is_script:
            return JsonResponse(refused.as_dict(), status=refused.status)
        kept = {"refusal": refused.message, "text": request.POST.get("text", "")}
        return render(request, "desk/team.html", page | kept, status=refused.status)
    return render(request, PARTS.get(request.headers.get("X-Part", ""), "desk/team.html"), page)


@require_POST
@login_required
def seen(request: HttpRequest) -> HttpResponse:
    """What was meant for the reader is seen."""
    user = _user(request)
    if not audience.is_at_desk(user):
        raise Http404
    try:
        rates.commands.check(user.pk)
        team_room.have_seen(user=user)
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("web:desk_team")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def ask(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The form that asks a colleague about a case; posted, the question stands in the staff notes."""
    user, post = _user(request), request.POST
    try:
        page = team_page.asking(user, audience.row_of(user, case_id).dispute)
        if request.method != "POST":
            return render(request, "desk/ask.html", page)
        rates.commands.check(user.pk)
        team_room.ask(
            user=user,
            dispute_id=case_id,
            person_id=_uuid(post.get("person")),
            text=post.get("text", ""),
            client_id=_uuid(post.get("client_id")),
        )
    except NotFound as gone:
        raise Http404 from gone
    except Refused as refused:
        kept = {"refusal": refused.message, "text": post.get("text", ""), "chosen": post.get("person", "")}
        return render(request, "desk/ask.html", page | kept, status=refused.status)
    messages.success(request, _("Asked. The question stands in the staff notes."))
    return redirect(page["home"])


def _say(request: HttpRequest, user: User) -> None:
    rates.commands.check(user.pk)
    post = request.POST
    team_room.say(
        user=user, team_id=_uuid(post.get("team")), body=post.get("text", ""), client_id=_uuid(post.get("client_id"))
    )


def _uuid(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        return uuid4()


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
