"""Ending a contract: a page that says what follows for what is still held, and the act itself."""

from typing import cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from mediation.core import rates
from mediation.core.errors import NotFound, Refused
from mediation.disputes.actions import contracts as actions
from mediation.disputes.queries.policies import newest_terms
from mediation.web import milestones
from mediation.web.forms import EndForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def end(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """The form. Who cannot end it is led back to the room."""
    user = cast(User, request.user)
    try:
        if request.method == "POST":
            return _end(request, user, room_id)
        if not milestones.parts(user, room_id)["job"]["can_end"]:
            messages.info(request, _("You cannot end this contract, or it has ended already."))
            return redirect("web:room", room_id)
        return _form(request, user, room_id, EndForm(initial={"command_id": uuid4()}))
    except NotFound as gone:
        raise Http404 from gone


def _end(request: HttpRequest, user: User, room_id: UUID) -> HttpResponse:
    form = EndForm(request.POST)
    if not form.is_valid():
        return _form(request, user, room_id, form, status=400)
    try:
        rates.commands.check(user.pk)
        actions.end(user=user, room_id=room_id, **form.cleaned_data)
    except NotFound:
        raise
    except Refused as refused:
        form.add_error("reason", str(refused.message))
        return _form(request, user, room_id, form, status=refused.status)
    return redirect("web:room", room_id)


def _form(request: HttpRequest, user: User, room_id: UUID, form: EndForm, *, status: int = 200) -> HttpResponse:
    parts = milestones.parts(user, room_id)
    context = {
        "room_id": room_id,
        "contract": parts["job"],
        "held": [one for one in parts["milestones"] if one["held_minor"]],
        "is_in_case": any(one["is_in_case"] for one in parts["milestones"]),
        "days": newest_terms().filing_days_escrow,
        "form": form,
    }
    return render(request, "room/end.html", context, status=status)
