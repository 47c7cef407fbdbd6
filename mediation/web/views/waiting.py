"""The rooms that asked for a mediator, for those who may see them."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.conversations.models import Contract
from mediation.conversations.queries.inbox import WaitingRoom, waiting_rooms
from mediation.core.errors import NotFound
from mediation.web.lists import room_list

Row = Mapping[str, Any]


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
    page = {
        "asked": _rows(asked),
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
    return [{**room, "contract": contracts[room["id"]], "asker": _asker(room)} for room in asked]


def _asker(room: WaitingRoom) -> Row | None:
    """None when they have left the room since."""
    return next((card for card in room["people"] if card["id"] == room["help"]["asked_by"]), None)
