"""What people do with a milestone: a page that says what follows, and the act itself."""

from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from mediation.conversations.queries.room import room_state
from mediation.core import rates
from mediation.core.errors import NotFound, Refused
from mediation.disputes.actions import milestones as actions
from mediation.disputes.rules.milestones import Act
from mediation.web import milestones
from mediation.web.forms import MilestoneForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def act(request: HttpRequest, room_id: UUID, position: int, act: str) -> HttpResponse:
    """The form of one act. What cannot be done now leads back to the room, which says how things stand."""
    user = cast(User, request.user)
    try:
        shown = next((one for one in milestones.of_room(user, room_id) if one["position"] == position), None)
        if shown is None or act not in milestones.ACTS:
            raise NotFound
        if request.method == "POST":
            return _do(request, user, room_id, shown, Act(act))
        if act not in shown["can"]:
            messages.info(request, _("This milestone has moved on. Look at how it stands now."))
            return redirect("web:room", room_id)
        form = MilestoneForm(initial={"command_id": uuid4()}, label=milestones.WORDS.get(act))
        return _form(request, user, room_id, shown, act, form)
    except NotFound as gone:
        raise Http404 from gone


def _do(request: HttpRequest, user: User, room_id: UUID, shown: dict[str, Any], act: Act) -> HttpResponse:
    form = MilestoneForm(request.POST, label=milestones.WORDS.get(act.value))
    if not form.is_valid():
        return _form(request, user, room_id, shown, act.value, form, status=400)
    try:
        rates.commands.check(user.pk)
        actions.act(user=user, room_id=room_id, position=shown["position"], act=act, **form.cleaned_data)
    except NotFound:
        raise
    except Refused as refused:
        form.add_error("note" if act.value in milestones.WORDS else None, str(refused.message))
        return _form(request, user, room_id, shown, act.value, form, status=refused.status)
    return redirect("web:room", room_id)


def _form(
    request: HttpRequest, user: User, room_id: UUID, shown: dict[str, Any], act: str, form: MilestoneForm,
    *, status: int = 200,
) -> HttpResponse:  # fmt: skip
    room = room_state(user=user, room_id=room_id)
    to = milestones.answered_by(act)
    name = next((one["first_name"] for one in room["people"] if one["role"] == to), "")
    context = {
        "room_id": room_id,
        "contract": room["contract"],
        "milestone": shown,
        "act": act,
        "title": milestones.ACTS[act],
        "follows": milestones.follows(act, name),
        "with_words": act in milestones.WORDS,
        "is_grave": act in milestones.GRAVE,
        "form": form,
    }
    return render(request, "room/milestone.html", context, status=status)
