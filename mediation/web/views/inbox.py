"""The list of rooms."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models import User
from mediation.core.errors import Invalid
from mediation.web.lists import room_list


@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """All rooms of the reader; only the rows of the list for the page's own script (`X-Part: rooms`)."""
    user = request.user
    assert isinstance(user, User)
    try:
        rooms = room_list(user, request.GET)
    except Invalid:
        return redirect("web:inbox")
    template = "components/_room_groups.html" if request.headers.get("X-Part") == "rooms" else "pages/inbox.html"
    return render(request, template, {"rooms": rooms, "here": "inbox"})
