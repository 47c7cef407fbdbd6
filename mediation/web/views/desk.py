"""The agents' desk: a queue, its views, the brief of a case, and taking one. Works without a script."""

from typing import cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from mediation.core import rates
from mediation.core.errors import Forbidden, Invalid, NotFound, Refused
from mediation.desk.actions import declining, taking
from mediation.desk.actions import views as saved
from mediation.desk.queries import offers
from mediation.desk.rules.views import View, view_of
from mediation.web import desk_page, offer_words
from mediation.web.palette import options

PARTS = {"queue": "desk/_parts.html"}


@require_safe
@login_required
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """A queue, next due first. For the page's script (`X-Part: queue`) the list and the rows alone."""
    user, view = _user(request), view_of(request.GET.dict())
    try:
        page = desk_page.context(user, view, request.GET.dict())
        named = _uuid(request.GET.get("case"))
        is_offered = bool(request.GET.get("offer"))
        page["brief"] = desk_page.brief(user, named, is_offered=is_offered) if named else None
    except NotFound as gone:
        raise Http404 from gone
    except Invalid:
        return redirect(desk_page.address(view))
    return render(request, PARTS.get(request.headers.get("X-Part", ""), "desk/desk.html"), page)


@require_safe
@login_required
@never_cache
def brief(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What is to be known before taking a case, as the desk's third column."""
    try:
        found = desk_page.brief(_user(request), case_id)
    except NotFound as gone:
        raise Http404 from gone
    return render(request, "desk/_brief.html", {"brief": found})


@require_POST
@login_required
def claim(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take a case; then one is in its room. For the page's script (`X-Part: act`) a refusal or where the room is."""
    user, is_script = _user(request), request.headers.get("X-Part") == "act"
    try:
        rates.commands.check(user.pk)
        dispute = taking.claim(user=user, dispute_id=case_id, reason=request.POST.get("reason", "")[:500])
    except NotFound as gone:
        raise Http404 from gone
    except Refused as refused:
        if is_script:
            return JsonResponse(refused.as_dict(), status=refused.status)
        messages.error(request, str(refused.message))
        return redirect(desk_page.came_from(request.headers.get("Referer", "")))
    if is_script:
        return JsonResponse({"message": _("The case is yours.")})
    return redirect("web:room", dispute.room_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def next_case(request: HttpRequest) -> HttpResponse:
    """Leads to the case that is offered, beside the queue one has open. Posted, it is taken, or (`act` is `decline`)
    not now, and the next one is offered.
    """
    user, view, case = _user(request), view_of(request.GET.dict()), _uuid(request.POST.get("case"))
    press = _uuid(request.POST.get("command_id")) or uuid4()
    try:
        if case and request.POST.get("act") == "decline":
            return _not_now(request, view, case, press)
        if case:
            rates.commands.check(user.pk)
            dispute = taking.take_next(user=user, command_id=press, dispute_id=case)
            return redirect("web:room", dispute.room_id)
        return _offer(user, view)
    except NotFound as gone:
        raise Http404 from gone
    except Forbidden as not_theirs:
        raise PermissionDenied from not_theirs
    except Refused as refused:
        messages.error(request, str(refused.message))
        again = {"case": str(case), "offer": "1"} if refused.retry else {}
        return redirect(desk_page.address(view, **again))


def _offer(user: User, view: View) -> HttpResponse:
    return redirect(desk_page.address(view, case=str(offers.offer(user).row.pk), offer="1"))


def _not_now(request: HttpRequest, view: View, case: UUID, press: UUID) -> HttpResponse:
    """Keep why, and offer the next one. What was refused stays in its form, on a page of its own."""
    user = _user(request)
    said = {"reason": request.POST.get("reason", ""), "words": request.POST.get("words", "")}
    try:
        rates.commands.check(user.pk)
        declining.decline(user=user, dispute_id=case, press=press, **said)
    except (NotFound, Forbidden):
        raise
    except Refused as refused:
        page = offer_words.declining(user, case) | said | {"press": press, "refusal": refused.message}
        page["home"] = desk_page.address(view, case=str(case), offer="1")
        return render(request, "desk/not_now.html", page, status=refused.status)
    messages.success(request, _("Kept: not now."))
    return _offer(user, view)


@require_safe
@login_required
@never_cache
def palette(request: HttpRequest) -> HttpResponse:
    """What fits the typed `words`, and can be done with `case`, as options of the palette's list."""
    try:
        found = options(_user(request), request.GET.get("words", ""), _uuid(request.GET.get("case")))
    except NotFound as gone:
        raise Http404 from gone
    return render(request, "desk/_palette_options.html", {"options": found})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def save_view(request: HttpRequest) -> HttpResponse:
    """The form that keeps the view in the address; posted, it is kept."""
    user, view = _user(request), view_of((request.POST or request.GET).dict())
    name, team = request.POST.get("name", ""), _uuid(request.POST.get("team"))
    try:
        if request.method == "POST":
            rates.commands.check(user.pk)
            saved.save_view(user=user, name=name, view=view, team_id=team)
            return redirect(desk_page.address(view))
        return render(request, "desk/keep.html", desk_page.keeping(user, view))
    except NotFound as gone:
        raise Http404 from gone
    except Refused as refused:
        messages.error(request, str(refused.message))
        kept = {"name": name, "chosen": team}
        return render(request, "desk/keep.html", desk_page.keeping(user, view) | kept, status=refused.status)


@require_POST
@login_required
def remove_view(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Take a kept view away."""
    try:
        rates.commands.check(_user(request).pk)
        saved.remove_view(user=_user(request), view_id=view_id)
    except NotFound as gone:
        raise Http404 from gone
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect(desk_page.came_from(request.headers.get("Referer", "")))


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
