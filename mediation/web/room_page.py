"""What the room's page is made of: the state the scripts start from, and the same put into words for the template."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, QueryDict

from accounts.models import User
from mediation.conversations.queries import history
from mediation.conversations.queries.room import RoomState, room_state
from mediation.conversations.rules import access
from mediation.core.errors import NotFound
from mediation.web import case_page, milestones, script_words, sentences, timeline, words
from mediation.web.folds import folded
from mediation.web.lists import room_list
from mediation.web.sentences import Reader

FIRST_PAGE = 50
MOST_UNREAD = 150
DOCK_PAGE = 25
_NOBODY = {"id": "", "name": "", "first_name": "", "initials": "", "role": "client", "avatar": None}
# What the templates are filled with for the scripts' copies: every part there, nothing in it.
BLANK: dict[str, Any] = {
    "message": {
        "card": _NOBODY,
        "files": [],
        "reactions": [],
        "quote": None,
        "more": False,
        "version": "",
        "key": "",
        "seq": 0,
    },
    "event": {"icon": "info", "line": "", "shows": "", "audience": "", "version": "", "key": "", "seq": ""},
    "fold": {"icon": "list", "audience": "", "key": "", "line": "", "rows": []},
    "thread": {"id": "", "audience": "joint", "can_write": True, "draft": None, "resolved_at": None, "unread": 0},
    "said": {"icon": "everyone", "kind": "joint"},
}
ORDER = {"joint": 0, "caucus_client": 1, "caucus_freelancer": 2, "internal": 4}


def reader_of(user: User, state: RoomState) -> Reader:
    """The reader with everybody they may read about."""
    people = {card["id"]: card for card in state["people"]}
    members = [{**people[stay["id"]], "role": stay["role"]} for stay in state["members"]]
    return Reader(me=str(user.pk), people=people, members=members)


def ordered(threads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Threads in the order of the tabs: everyone, private, topics as they were opened, staff notes."""
    return sorted(threads, key=lambda thread: ORDER[thread["audience"]] if thread["is_main"] else 3)


def shown_thread(state: RoomState, wanted: str | None) -> dict[str, Any]:
    """The thread the address names, else the one for everyone. Raises NotFound for one that is not the reader's."""
    for thread in ordered(state["threads"]):
        if wanted is None or thread["id"] == wanted:
            return thread
    raise NotFound


def first_page(user: User, thread: Mapping[str, Any], query: Mapping[str, str]) -> history.Page:
    """What the thread opens with: around `at`, before `before`, or the newest lines with all that is unread."""
    thread_id = UUID(thread["id"])
    if at := _seq(query.get("at")):
        return history.page_around(user=user, thread_id=thread_id, seq=at, limit=FIRST_PAGE)
    if before := _seq(query.get("before")):
        return history.page_before(user=user, thread_id=thread_id, before=before, limit=FIRST_PAGE)
    return history.page_before(
        user=user, thread_id=thread_id, limit=max(FIRST_PAGE, min(thread["unread"] + 20, MOST_UNREAD))
    )


def _seq(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def context(request: HttpRequest, user: User, room_id: UUID) -> dict[str, Any]:
    """Everything the template needs. Raises NotFound for those who may read nothing in the room."""
    state = room_state(user=user, room_id=room_id)
    reader = reader_of(user, state)
    thread = shown_thread(state, request.POST.get("thread") or request.GET.get("thread"))
    page = first_page(user, thread, request.GET)
    threads = [{**each, "words": sentences.thread_words(each, reader)} for each in ordered(state["threads"])]
    return {
        "here": "room",
        "case": case_page.of_room(user, room_id),
        "state": state,
        "boot": _boot(request, user, state, thread, page),
        "words": script_words.for_scripts(staff=user.is_upwork_staff),
        "contract": state["contract"],
        "threads": threads,
        "lane": _lane(next(each for each in threads if each["id"] == thread["id"]), page, reader)
        | {"locked": _is_locked(state, thread), "silence": _silence(state, thread, reader)},
        "members": reader.members,
        "others": sentences.join_names(card["first_name"] for card in reader.members if card["id"] != reader.me),
        "counterpart": _counterpart(state, reader),
        "in_room": words.PRESENCE["in_room"]
        % {"names": sentences.join_names(card["first_name"] for card in reader.members)},
        **milestones.parts(user, room_id),
        "waiting": bool(state["help"] and not state["help"]["taken_by"]),
        "topics_open": bool(state["can"]["open_topic"]),
        "openings": [
            {**each, "is_open": each["audience"] in state["can"]["open_topic"]}
            for each in threads
            if each["is_main"] and each["can_write"]
        ],
        "rooms": None if user.is_upwork_staff else room_list(user, QueryDict(), room_id=room_id),
        "room_id": state["id"],
        "first_reading": _is_first_reading(user, state, thread, page),
        "blank": BLANK,
        "client_id": uuid4(),
    }


def _lane(thread: dict[str, Any], page: history.Page, reader: Reader) -> dict[str, Any]:
    divider = thread["read"] if thread["unread"] and not page.newer else None
    rows = list(folded(timeline.rows(thread, page.messages, reader, quoted=page.quoted, divider=divider)))
    return {
        "thread": thread,
        "words": thread["words"],
        "rows": rows,
        "shows": {row["shows"] for row in rows if row.get("shows")},
        "seen": timeline.seen(thread, page.messages, reader),
        "more": page.more,
        "newer": page.newer,
        "oldest": page.messages[0]["seq"] if page.messages else 0,
    }


def _is_first_reading(user: User, state: RoomState, thread: Mapping[str, Any], page: history.Page) -> bool:
    """Whether somebody has read nothing that was said since they came."""
    came = next((stay["joined_at"] for stay in state["members"] if stay["id"] == str(user.pk)), None)
    return came is not None and not any(line["seq"] <= thread["read"] and line["at"] >= came for line in page.messages)


def _is_locked(state: RoomState, thread: Mapping[str, Any]) -> bool:
    """Whether somebody cannot write here only because the room is read only."""
    return bool(state["locked_at"] and thread["can_write"]) and thread["audience"] in access.LOCKABLE


def _silence(state: RoomState, thread: Mapping[str, Any], reader: Reader) -> dict[str, str] | None:
    """Why the mediator cannot write in this private thread now, and to whom."""
    why = state["can"]["not_now"].get(thread["audience"])
    if why is None or _is_locked(state, thread):
        return None
    party = reader.with_role(sentences.PRIVATE[thread["audience"]])
    return {"why": why, "party": party["id"]} if party else None


def _counterpart(state: RoomState, reader: Reader) -> Mapping[str, Any] | None:
    """The other party of a party."""
    other = {"client": "freelancer", "freelancer": "client"}.get(state["role"])
    return reader.with_role(other) if other else None


def _boot(
    request: HttpRequest, user: User, state: RoomState, thread: Mapping[str, Any], page: history.Page
) -> dict[str, Any]:
    """What the scripts start from. A mediator's dock shows the other main threads at once, so they come along."""
    pages = {thread["id"]: _page(page, user)}
    if state["role"] == "mediator":
        for other in state["threads"]:
            if other["is_main"] and other["id"] != thread["id"]:
                limit = DOCK_PAGE if other["audience"] != "joint" else FIRST_PAGE
                found = history.page_before(user=user, thread_id=UUID(other["id"]), limit=limit)
                pages[other["id"]] = _page(found, user)
    return {
        "me": str(user.pk),
        "epoch": None,
        "room": state,
        "pages": pages,
        "shown": thread["id"],
        "at": _seq(request.GET.get("at")),
        "language": user.language,
        "zone": user.time_zone,
        "staff": user.is_upwork_staff,
        "file_bytes": settings.ATTACHMENT_MAX_BYTES,
        "socket": _socket_address(request),
    }


def _page(page: history.Page, user: User) -> dict[str, Any]:
    """Only its author's page looks for a message by the name it was sent under; such names do not compress."""
    own = str(user.pk)
    lines = [line if line["author"] == own else {**line, "cid": None} for line in page.messages]
    return {"messages": lines, "more": page.more, "newest": not page.newer, "quoted": page.quoted}


def _socket_address(request: HttpRequest) -> str:
    host = urlsplit(request.build_absolute_uri("/live/"))
    return f"{'wss' if host.scheme == 'https' else 'ws'}://{host.netloc}{host.path}"
