"""The list of rooms beside every page: what a row says, which group it stands in, which filters there are."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.conversations.queries.inbox import RoomRow, inbox
from mediation.conversations.rules.text import PREVIEW_LENGTH
from mediation.disputes.queries.own_turns import OwnCase, own_cases
from mediation.disputes.rules.states import State
from mediation.disputes.words import STATES
from mediation.web.sentences import Reader, system_line
from mediation.web.templatetags.look import face, icon, moment

IN_PERSON = frozenset({State.ESCALATED, State.MEDIATING})  # a row names the mediator, or that one was asked for
MOST_SHOWN = 99
SHOWS: dict[str, str | Promise] = {
    "all": gettext_lazy("All"),
    "unread": gettext_lazy("Unread"),
    "mine": gettext_lazy("Mine"),
    "ended": pgettext_lazy("rooms", "Ended"),
}
GROUPS: dict[str, str | Promise] = {
    "needs_you": gettext_lazy("Needs you"),
    "open": gettext_lazy("Open"),
    "ended": pgettext_lazy("rooms", "Ended"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A room as one reader sees it in the list. What the template would make of its parts for each of fifty rows comes
    ready. `unread_by` is `{thread: unread}` as JSON, for the script.
    """

    id: str
    href: str
    title: str
    faces: str
    last: str
    at: str
    unread: int
    shown: str
    said: str
    unread_by: str
    group: str
    mark: str
    state: str
    is_open: bool

    @property
    def is_yours(self) -> bool:
        return self.group == "needs_you"


@dataclass(frozen=True, slots=True)
class RoomList:
    """The list as the page shows it. `address` is where it can be asked for anew; `people` are names by id."""

    show: str
    words: str
    address: str
    groups: list[dict[str, Any]]
    filters: list[dict[str, Any]]
    after: str | None
    empty: dict[str, str]
    people: dict[str, str]
    words_for_scripts: dict[str, Any]


def room_list(user: User, asked: QueryDict, *, room_id: UUID | None = None) -> RoomList:
    """The reader's rooms as the query string asks (`show`, `q`, `after`); `room_id` is the one that is open.

    Raises Invalid for an `after` that no page gave.
    """
    show = asked.get("show", "all")
    show = show if show in SHOWS else "all"
    words = asked.get("q", "").strip()[:200]
    page = inbox(user=user, show=show, words=words, after=asked.get("after") or None)  # type: ignore[arg-type]
    cases = own_cases(user, [UUID(room["id"]) for room in page["rooms"]])
    rows = [_row(room, user, room_id, cases.get(UUID(room["id"]))) for room in page["rooms"]]
    return RoomList(
        show=show,
        words=words,
        address=_address(show, words),
        groups=_groups(rows),
        filters=_filters(user, show, words),
        after=page["after"],
        empty=_empty(user, show, words),
        people={card["id"]: card["name"] for room in page["rooms"] for card in room["people"]},
        words_for_scripts=_words_for_scripts(user),
    )


def _row(room: RoomRow, user: User, room_id: UUID | None, case: OwnCase | None) -> Row:
    group = "needs_you" if case and case.is_turn else _group(room, user)
    glyph, state = _state(room, user, case)
    unread = room["unread"]
    others = [card for card in room["people"] if card["role"] != "mediator" and card["id"] != str(user.pk)]
    return Row(
        id=room["id"],
        href=reverse("web:room", args=[room["id"]]),
        title=room["title"],
        # Two faces side by side are smaller than one.
        faces=format_html_join("", "{}", ([face(card, "xs" if len(others) > 1 else "")] for card in others)),
        last=_last_line(room, user),
        at=moment(room["at"], "short", css="convo-time"),
        unread=unread,
        shown=f"{MOST_SHOWN}+" if unread > MOST_SHOWN else str(unread),
        said=ngettext("%(n)s unread", "%(n)s unread", unread) % {"n": unread},
        unread_by=json.dumps(room["unread_by"]),
        group=group,
        mark=icon(glyph) if state else "",
        state=state,
        is_open=room["id"] == str(room_id),
    )


def _turn(until: datetime | None) -> str:
    """Whose row it is acts next in the case, in the words of its bar."""
    return format_html(_("Your turn, by {when}"), when=moment(until, "full")) if until else _("Your turn")


def _group(room: RoomRow, user: User) -> str:
    """A room needs its reader when a mediator is waited for whom they could be, when it is in mediation and has
    something unread, or when the other side has done something with a milestone that they have not read."""
    if room["status"] == "ended":
        return "ended"
    request, last = room["help"], room["last"]
    if room["role"] != "staff" and room["unread"] and last and last["code"]:
        return "needs_you"
    if request is None:
        return "open"
    if room["role"] == "staff":
        return "needs_you" if user.role in MEDIATOR_ROLES and not request["taken_at"] else "open"
    return "needs_you" if request["taken_at"] and room["unread"] else "open"


def _state(room: RoomRow, user: User, case: OwnCase | None) -> tuple[str, str]:
    """Glyph and words: the reader's turn first, then what only they are told, then where things stand."""
    last = room["last"]
    if case and case.is_turn:
        return "everyone", _turn(case.until)
    if room["status"] == "ended":
        return "check", _("Contract ended")
    if room["unread"] and last and last["audience"].startswith("caucus") and last["author"] != str(user.pk):
        return "lock", _("Something private to read")
    if case and case.state not in IN_PERSON:
        return "scale", str(STATES[case.state])
    return _mediated(room, user)


def _mediated(room: RoomRow, user: User) -> tuple[str, str]:
    mediator = next((card for card in room["people"] if card["role"] == "mediator"), None)
    if mediator and mediator["id"] == str(user.pk):
        return "hexagon", _("You mediate here")
    if mediator:
        return "hexagon", _("With %(name)s, mediator") % {"name": mediator["first_name"]}
    if room["help"]:
        return "clock", _("A mediator was asked for")
    return "", ""


def _last_line(room: RoomRow, user: User) -> str:
    last = room["last"]
    if last is None:
        return _("Nothing written yet")
    if last["removed"]:
        return _("A message was removed")
    if last["code"]:
        return _event(last, room, user)
    text = last["preview"] or ngettext("%(n)s file", "%(n)s files", last["files"]) % {"n": last["files"]}
    if last["author"] == str(user.pk):
        return _you_wrote() % {"text": text}
    return _they_wrote() % {"name": last["author_name"].split(" ", 1)[0] or _("Upwork"), "text": text}


def _event(last: Mapping[str, Any], room: RoomRow, user: User) -> str:
    """What was done, in the words of the room's line, without their marks."""
    reader = Reader(str(user.pk), {card["id"]: card for card in room["people"]}, room["people"])
    return Truncator(unescape(strip_tags(system_line(last, reader)))).chars(PREVIEW_LENGTH)


def _you_wrote() -> str:
    return pgettext("last line in the list of rooms", "You: %(text)s")


def _they_wrote() -> str:
    return pgettext("last line in the list of rooms", "%(name)s: %(text)s")


def _groups(rows: list[Row]) -> list[dict[str, Any]]:
    grouped = {name: [row for row in rows if row.group == name] for name in GROUPS}
    return [{"name": name, "word": GROUPS[name], "rows": found} for name, found in grouped.items() if found]


def _filters(user: User, show: str, words: str) -> list[dict[str, Any]]:
    """Customers are in all of their rooms, so "mine" would say nothing to them."""
    names = [name for name in SHOWS if user.is_upwork_staff or name != "mine"]
    return [{"word": SHOWS[name], "href": _address(name, words), "is_on": name == show} for name in names]


def _address(show: str, words: str) -> str:
    said = {"show": show if show != "all" else "", "q": words}
    query = urlencode({name: value for name, value in said.items() if value})
    return reverse("web:inbox") + (f"?{query}" if query else "")


def _empty(user: User, show: str, words: str) -> dict[str, str]:
    inbox_page = reverse("web:inbox")
    if words:
        heading = _("Nothing for “%(words)s”") % {"words": words}
        text = _("Looked in the titles of your rooms and the names of their people.")
        return {"glyph": "search", "heading": heading, "text": text, "href": inbox_page, "link": _("All rooms")}
    if show == "unread":
        text = _("You have read everything that was written to you.")
        return {
            "glyph": "check",
            "heading": _("Nothing unread"),
            "text": text,
            "href": inbox_page,
            "link": _("All rooms"),
        }
    if show == "ended":
        text = _("Rooms stay here to be read when their contract has ended.")
        return {
            "glyph": "rooms",
            "heading": _("Nothing ended yet"),
            "text": text,
            "href": inbox_page,
            "link": _("All rooms"),
        }
    if user.is_upwork_staff:
        text = _("A room comes here when somebody in it asks for a mediator.")
        return {"glyph": "rooms", "heading": _("No rooms yet"), "text": text, "href": "", "link": ""}
    text = _("A room opens by itself with each contract.")
    return {"glyph": "rooms", "heading": _("No rooms yet"), "text": text, "href": "", "link": ""}


def _words_for_scripts(user: User) -> dict[str, Any]:
    """What inbox.js says by itself."""
    return {
        "me": str(user.pk),
        "you": _you_wrote(),
        "by": _they_wrote(),
        "removed": _("A message was removed"),
        "someone": _("Upwork"),
        "unread": [ngettext("%(n)s unread", "%(n)s unread", n) for n in (1, 2)],
    }
