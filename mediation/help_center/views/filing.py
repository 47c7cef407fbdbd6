"""“What is wrong?”: before a claim is begun or a mediator is asked for in a room. Nobody has to ask."""

from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from mediation.conversations.queries.room import room_state
from mediation.core.errors import NotFound, Refused
from mediation.help_center.actions import asking
from mediation.help_center.models import HelpSession
from mediation.help_center.queries import asked as queries
from mediation.help_center.views import browser
from mediation.help_center.views.not_found import as_404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@as_404
def before(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """The question box with the ways on beside it, and what goes along with them."""
    user, question = cast(User, request.user), request.POST.get("question", "")
    if not queries.is_party(user, room_id):
        raise NotFound
    if request.method != "POST":
        return _page(request, user, room_id)
    try:
        browser.check_rate(request)
        asked = asking.ask(
            reader=user, language=browser.language(), question=question, room_id=room_id,
            session_id=browser.session_at(request, str(room_id)), place=HelpSession.Place.FILING.value,
        )  # fmt: skip
    except NotFound:
        raise
    except Refused as refusal:
        return _page(request, user, room_id, refusal.status, question=question, refusal=refusal.message)
    browser.keep(request, str(room_id), asked.session_id)
    return redirect("help_center:answer", asked.pk)


def _page(request: HttpRequest, user: User, room_id: UUID, status: int = 200, **said: object) -> HttpResponse:
    state = room_state(user=user, room_id=room_id)
    other = next((one for one in state["people"] if one["role"] in queries.PARTIES and one["id"] != str(user.pk)), None)
    context = {"state": state, "counterpart": other, "along": queries.along(user, room_id)}
    return render(request, "help/before.html", context | said, status=status)
