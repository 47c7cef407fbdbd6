"""Searching the messages of all rooms that the reader may read. Every filter stands in the address."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.rules import Role
from mediation.conversations.audience import readable_rooms
from mediation.conversations.models import Thread
from mediation.conversations.queries import search as queries
from mediation.core.errors import Invalid
from mediation.web.lists import RoomList, room_list

Audience = Thread.Audience
GLYPHS = {"joint": "everyone", "caucus_client": "lock", "caucus_freelancer": "lock", "internal": "note"}
OWN_CAUCUS = {Role.CLIENT.value: Audience.CAUCUS_CLIENT.value, Role.FREELANCER.value: Audience.CAUCUS_FREELANCER.value}


class SearchForm(forms.Form):
    """What to look for, and where. A filter with a wrong value is left out; it is no error."""

    q = forms.CharField(label=gettext_lazy("Words"), max_length=200, required=False)
    room = forms.ChoiceField(label=gettext_lazy("Room"), required=False)
    audience = forms.ChoiceField(label=gettext_lazy("Who reads it"), required=False)
    author = forms.ChoiceField(label=gettext_lazy("Written by"), required=False)

    def __init__(self, asked: QueryDict, user: User, rooms: RoomList) -> None:
        super().__init__(asked)
        titles = [(row.id, row.title) for group in rooms.groups for row in group["rows"]]
        titles += _older_room(user, asked.get("room", ""), {room for room, _title in titles})
        people = sorted(rooms.people.items(), key=lambda person: person[1])
        self._offer("room", [("", _("All rooms")), *titles])
        self._offer("audience", [("", _("Anybody")), *_audiences(user)])
        self._offer("author", [("", _("Anybody")), *people])
        self.is_valid()

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        found = self.fields[name]
        assert isinstance(found, forms.ChoiceField)
        found.choices = choices

    def value(self, name: str) -> str | None:
        """What was asked for, None where nothing or nothing sensible was."""
        return self.cleaned_data.get(name) or None


def _older_room(user: User, wanted: str, listed: set[str]) -> list[tuple[str, str]]:
    """The room that was asked for, if its reader may read it and the first page of their list does not have it."""
    try:
        room_id = UUID(wanted)
    except ValueError:
        return []
    if wanted in listed:
        return []
    room = readable_rooms(user).filter(pk=room_id).select_related("contract").first()
    return [(wanted, room.contract.title)] if room else []


def _audiences(user: User) -> list[tuple[str, str]]:
    if user.is_upwork_staff:
        return [(value, str(label)) for value, label in Audience.choices]
    return [(Audience.JOINT.value, str(Audience.JOINT.label)), (OWN_CAUCUS[user.role], _("Private with a mediator"))]


@require_safe
@login_required
def search(request: HttpRequest) -> HttpResponse:
    """The hits, newest first, each a link to its place in the room."""
    user = request.user
    assert isinstance(user, User)
    rooms = room_list(user, QueryDict())
    form = SearchForm(request.GET, user, rooms)
    try:
        found = _found(user, form, request.GET.get("after"))
    except Invalid:
        return redirect("web:search")
    # In some rooms a person may stand on the other side than their role says: their private talk is private there too.
    said, private = dict(_audiences(user)), _("Private with a mediator")
    page: dict[str, Any] = {
        "form": form,
        "words": form.value("q"),
        "hits": [
            {**hit, "glyph": GLYPHS[hit["audience"]], "to": said.get(hit["audience"], private)} for hit in found["hits"]
        ],
        "after": found["after"],
        "is_narrowed": any(form.value(name) for name in ("room", "audience", "author")),
        "rooms": rooms,
        "here": "search",
    }
    return render(request, "pages/search.html", page)


def _found(user: User, form: SearchForm, after: str | None) -> queries.Found:
    words, room, author = form.value("q"), form.value("room"), form.value("author")
    if words is None:
        return {"hits": [], "after": None}
    return queries.search(
        user=user,
        words=words,
        room_id=UUID(room) if room else None,
        audience=form.value("audience"),
        author=UUID(author) if author else None,
        after=after,
    )
