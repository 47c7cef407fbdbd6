"""The rooms of a person, newest activity first, and the rooms that wait for a mediator."""

from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from django.db.models import Q, QuerySet

from mediation.conversations import snapshots
from mediation.conversations.audience import Person
from mediation.conversations.models import HelpRequest
from mediation.conversations.queries.inbox_rows import Rows, Show, ThreadRow, activity, facts_of, rows
from mediation.conversations.rules import access
from mediation.conversations.rules.text import preview
from mediation.core.clock import from_iso, iso
from mediation.core.errors import Invalid, NotFound

PAGE = 50
MOST_WAITING = 200
MOST_WORDS = 10


class RoomRow(TypedDict):
    """A room in the list. `last` is the newest message the reader may see, `at` the newest activity they may see.
    `unread_by` says how much of which thread is unread, where something is.
    """

    id: str
    role: str
    title: str
    kind: str
    status: str
    people: list[dict[str, Any]]
    last: dict[str, Any] | None
    at: str
    unread: int
    unread_by: dict[str, int]
    help: dict[str, Any] | None


class Inbox(TypedDict):
    """A page of the list; `after` is what to ask for next, None at the end."""

    rooms: list[RoomRow]
    after: str | None


def inbox(*, user: Person, show: Show = "all", words: str = "", after: str | None = None, limit: int = PAGE) -> Inbox:
    """The person's rooms: `mine` those they are in, `unread` with something to read, `ended` of ended contracts.

    `words` must all be in the contract's title or a member's name. Order and totals depend on nothing the person
    may not read. Raises Invalid for an `after` that no page gave.
    """
    newest = _after(after)
    if not user.is_active:
        return {"rooms": [], "after": None}
    found = list(activity(user, show, words.split()[:MOST_WORDS], newest, limit + 1).items())
    page = found[:limit]
    shown = rows(user, [room for room, _ in page])
    return {
        "rooms": [_row(user, room, at, shown) for room, at in page],
        "after": f"{iso(page[-1][1])}~{page[-1][0]}" if len(found) > limit else None,
    }


class WaitingRoom(TypedDict):
    """A room that asked for a mediator whom nobody is yet."""

    id: str
    title: str
    kind: str
    people: list[dict[str, Any]]
    help: dict[str, Any]
    note: str


def waiting_rooms(*, user: Person) -> list[WaitingRoom]:
    """Open requests that nobody has taken, or whose mediator can no longer act, oldest first. Raises NotFound for those
    who may not see such rooms.
    """
    if not user.is_active or not access.may_read_from_outside(user.role):
        raise NotFound
    requests = list(_waiting().order_by("asked_at", "pk")[:MOST_WAITING])
    facts = facts_of([request.room_id for request in requests])
    return [
        {
            "id": str(request.room_id),
            "title": facts[request.room_id].title,
            "kind": facts[request.room_id].kind,
            "people": facts[request.room_id].people,
            "help": snapshots.help_request(request),
            "note": request.note,
        }
        for request in requests
    ]


def who_waits() -> tuple[frozenset[UUID], UUID | None]:
    """The open requests that `waiting_rooms` shows, and the newest of all, by id: to notice that they are others than
    before. Without the newest, one that was made and taken since the last look would be missed, though a page that
    looked in between still shows it.
    """
    newest = HelpRequest.objects.order_by("-asked_at").values_list("pk", flat=True).first()
    return frozenset(_waiting().order_by("asked_at", "pk").values_list("pk", flat=True)[:MOST_WAITING]), newest


def _waiting() -> QuerySet[HelpRequest]:
    able = Q(taken_by__is_active=True, taken_by__role__in=access.MEDIATING)
    return HelpRequest.objects.filter(Q(taken_at__isnull=True) | ~able, ended_at__isnull=True)


def _after(mark: str | None) -> tuple[datetime, UUID] | None:
    """What `after` says: the moment and the room of a page's last row. Raises Invalid."""
    if not mark:
        return None
    moment, _, room = mark.partition("~")
    try:
        return from_iso(moment), UUID(room)
    except ValueError as problem:
        raise Invalid from problem


def _row(user: Person, room_id: UUID, at: datetime, rows: Rows) -> RoomRow:
    facts, threads = rows.rooms[room_id], rows.threads.get(room_id, [])
    own = str(user.id)
    return {
        "id": str(room_id),
        "role": next((card["role"] for card in facts.people if card["id"] == own), "staff"),
        "title": facts.title,
        "kind": facts.kind,
        "status": facts.status,
        "people": facts.people,
        "last": max(filter(None, map(_line, threads)), key=lambda line: line["at"], default=None),
        "at": iso(at),
        "unread": sum(thread.unread for thread in threads),
        "unread_by": {str(thread.id): thread.unread for thread in threads if thread.unread},
        "help": snapshots.help_request(facts.request) if facts.request else None,
    }


def _line(thread: ThreadRow) -> dict[str, Any] | None:
    """The newest message of the thread as the list shows it."""
    if thread.seq is None or thread.at is None:
        return None
    return {
        "thread": str(thread.id),
        "audience": thread.audience,
        "seq": thread.seq,
        "author": str(thread.author_id) if thread.author_id else None,
        "author_name": thread.author_name,
        "preview": preview(thread.body),
        "code": thread.code,
        "params": thread.params,
        "files": len(thread.files),
        "removed": thread.is_removed,
        "at": iso(thread.at),
    }
