"""The rooms that asked for a mediator, for those who may see them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.conversations.models import Contract
from mediation.conversations.queries.inbox import WaitingRoom, waiting_rooms
from mediation.core.errors import NotFound
from mediation.disputes.models import Dispute
from mediation.disputes.queries.undecided import undecided
from mediation.web import clocks
from mediation.web.lists import room_list
from mediation.web.sentences import join_names

Row = Mapping[str, Any]
CASES_ON_A_PAGE = 50
DECISIONS = {
    "awaiting_response": _("No answer came: decide what the silence means"),
    "log_review": _("Check the time log"),
    "non_resolution": _("The time to choose arbitration is over: confirm what follows"),
    "in_arbitration": _("Enter or confirm the award"),
    "mediating": _("Decide the objection to the mediator"),
    "closed": _("Decide how the case was led: a review was asked for"),
}


@require_safe
@login_required
def waiting(request: HttpRequest) -> HttpResponse:
    """Who asked, about what, since when; the oldest first. For a script (`X-Part: waiting`) the cards alone."""
    user = request.user
    assert isinstance(user, User)
    try:
        asked = waiting_rooms(user=user)
    except NotFound as refused:
        raise Http404 from refused
    next_to_decide = Paginator(undecided(user), CASES_ON_A_PAGE).get_page(request.GET.get("page"))
    page = {
        "asked": _rows(asked),
        "undecided": next_to_decide,
        "cases": [_undecided(one) for one in next_to_decide],
        "clocks": clocks.group(),
        "may_join": user.role in MEDIATOR_ROLES,
        "rooms": room_list(user, QueryDict()),
        "here": "waiting",
    }
    template = "components/_waiting.html" if request.headers.get("X-Part") == "waiting" else "pages/waiting.html"
    return render(request, template, page)


def _rows(asked: list[WaitingRoom]) -> list[Row]:
    contracts = {
        str(contract.room.pk): contract
        for contract in Contract.objects.filter(room__in=[room["id"] for room in asked]).select_related("room")
    }
    timed = clocks.waiting([UUID(room["id"]) for room in asked])
    return [
        {**room, "contract": contracts[room["id"]], "asker": _asker(room), "clock": timed.get(UUID(room["id"]))}
        for room in asked
    ]


def _undecided(dispute: Dispute) -> Row:
    return {
        "id": dispute.pk,
        "number": dispute.number,
        "title": dispute.room.contract.title,
        "names": join_names([dispute.filer.name, dispute.respondent.name]),
        "what": DECISIONS[dispute.state],
        "filed_at": dispute.filed_at,
    }


def _asker(room: WaitingRoom) -> Row | None:
    """None when they have left the room since."""
    return next((card for card in room["people"] if card["id"] == room["help"]["asked_by"]), None)
