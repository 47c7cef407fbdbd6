"""The rooms of a person, newest activity first, and the rooms that wait for a mediator."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal, TypedDict
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from mediation.conversations import audience, snapshots
from mediation.conversations.audience import Person
from mediation.conversations.models import Contract, HelpRequest, Member, Message, Room, Thread
from mediation.conversations.queries.unread import unread_messages, with_reading
from mediation.conversations.rules import access
from mediation.conversations.rules.text import preview
from mediation.core.clock import from_iso, iso
from mediation.core.errors import Invalid, NotFound

PAGE = 50
MOST_WAITING = 200
Show = Literal["all", "unread", "mine", "ended"]


class RoomRow(TypedDict):
    """A room in the list. `last` is the newest message the reader may see, `at` the newest activity they may see."""

    id: str
    role: str
    title: str
    kind: str
    status: str
    people: list[dict[str, Any]]
    last: dict[str, Any] | None
    at: str
    unread: int
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
    activity = list(_after(_activity(_wanted(user, show, words)), after).order_by("-at", "-room")[: limit + 1])  # type: ignore[misc]  # annotated
    page = activity[:limit]
    rows = _rows(user, dict(page))
    more = len(activity) > limit
    return {"rooms": rows, "after": f"{iso(page[-1][1])}~{page[-1][0]}" if more else None}


def unread_counts(*, user: Person) -> dict[str, int]:
    """Unread messages by room, for the rooms the person is in; at most 100 are counted in each thread."""
    threads = with_reading(own_threads(user), user).filter(unread__gt=0)  # type: ignore[misc]  # annotated
    found: dict[str, int] = {}
    for room, unread in threads.values_list("room", "unread"):  # type: ignore[misc]
        found[str(room)] = found.get(str(room), 0) + unread
    return found


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
    requests = list(_waiting().select_related("room__contract").order_by("asked_at", "pk")[:MOST_WAITING])
    people = _people([request.room_id for request in requests])
    return [
        {
            "id": str(request.room_id),
            "title": request.room.contract.title,
            "kind": request.room.contract.kind,
            "people": [snapshots.person(stay.user, stay.role) for stay in people[request.room_id]],
            "help": snapshots.help_request(request),
            "note": request.note,
        }
        for request in requests
    ]


def who_waits() -> frozenset[UUID]:
    """The open requests that `waiting_rooms` shows, by id alone: to notice that they are others than before."""
    return frozenset(_waiting().order_by("asked_at", "pk").values_list("pk", flat=True)[:MOST_WAITING])


def _waiting() -> QuerySet[HelpRequest]:
    able = Q(taken_by__is_active=True, taken_by__role__in=access.MEDIATING)
    return HelpRequest.objects.filter(Q(taken_at__isnull=True) | ~able, ended_at__isnull=True)


def own_threads(user: Person) -> QuerySet[Thread]:
    """Narrowed by membership, so that the database starts from the person's few rooms and not from all threads."""
    stays = Member.objects.filter(user=user.id, left_at__isnull=True)
    return audience.readable_threads(user).filter(room__in=stays.values("room"))


def _wanted(user: Person, show: Show, words: str) -> QuerySet[Thread]:
    threads = _staff_threads(user, show, words) if access.may_read_from_outside(user.role) else own_threads(user)
    if show == "ended":
        threads = threads.filter(room__contract__status=Contract.Status.ENDED.value)
    if show == "unread":
        unread = with_reading(threads, user).filter(Exists(unread_messages(user)))
        threads = threads.filter(room__in=unread.values("room"))
    for word in words.split()[:10]:
        named = Member.objects.filter(room=OuterRef("room"), left_at__isnull=True, user__name__icontains=word)
        threads = threads.filter(Q(room__contract__title__icontains=word) | Exists(named))
    return threads


def _staff_threads(user: Person, show: Show, words: str) -> QuerySet[Thread]:
    """For staff: their own rooms and those with an open request; older ones are found by words or as ended."""
    if show == "mine":
        return own_threads(user)
    threads = audience.readable_threads(user)
    if show == "ended" or words:
        return threads
    stays = Member.objects.filter(user=user.id, left_at__isnull=True).order_by().values("room")
    asking = HelpRequest.objects.filter(ended_at__isnull=True).order_by().values("room")
    return threads.filter(room__in=stays.union(asking))


def _activity(threads: QuerySet[Thread]) -> QuerySet[Thread, Any]:
    moment = Max(Coalesce("last_message_at", "created_at"))
    return threads.order_by().values("room").annotate(at=moment).values_list("room", "at")


def _after(activity: QuerySet[Thread, Any], after: str | None) -> QuerySet[Thread, Any]:
    if not after:
        return activity
    moment, _, room = after.partition("~")
    try:
        at, last = from_iso(moment), UUID(room)
    except ValueError as problem:
        raise Invalid from problem
    return activity.filter(Q(at__lt=at) | Q(at=at, room__lt=last))


def _rows(user: Person, activity: dict[UUID, datetime]) -> list[RoomRow]:
    rooms = Room.objects.select_related("contract").in_bulk(activity)
    people = _people(activity)
    threads: dict[UUID, list[Thread]] = {room: [] for room in activity}
    readable = audience.readable_threads(user).filter(room__in=activity)
    for thread in _with_newest(with_reading(readable, user)):
        threads[thread.room_id].append(thread)
    requests = {
        request.room_id: request for request in HelpRequest.objects.filter(room__in=activity, ended_at__isnull=True)
    }
    rows: list[RoomRow] = []
    for room_id, at in activity.items():
        contract = rooms[room_id].contract
        own = threads[room_id]
        last = max(filter(None, map(_line, own)), key=lambda line: line["at"], default=None)
        request = requests.get(room_id)
        rows.append(
            {
                "id": str(room_id),
                "role": next((stay.role for stay in people[room_id] if stay.user_id == user.id), "staff"),
                "title": contract.title,
                "kind": contract.kind,
                "status": contract.status,
                "people": [snapshots.person(stay.user, stay.role) for stay in people[room_id]],
                "last": last,
                "at": iso(at),
                "unread": sum(thread.unread for thread in own),  # type: ignore[attr-defined]  # with_reading
                "help": snapshots.help_request(request) if request else None,
            }
        )
    return rows


def _people(rooms: Iterable[UUID]) -> dict[UUID, list[Member]]:
    """The present members of each room: client, freelancer, mediator."""
    found: dict[UUID, list[Member]] = {room: [] for room in rooms}
    order = list(Member.Role.values)
    stays = Member.objects.filter(room__in=found, left_at__isnull=True).select_related("user")
    stays = stays.only("room", "role", "user__name", "user__avatar")
    for stay in sorted(stays, key=lambda stay: order.index(stay.role)):
        found[stay.room_id].append(stay)
    return found


def _with_newest(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """The threads with `newest`, what their last message shows. For each by its address: asked by a join, PostgreSQL
    reads all messages of these threads; and fifty addresses in one condition take longer to write than to answer.
    """
    last = Message.objects.filter(thread=OuterRef("pk"), seq=OuterRef("last_message_seq"))
    shown = JSONObject(author="author", body="body", files="files", removed=Q(removed_at__isnull=False))
    return threads.annotate(newest=Subquery(last.values_list(shown)[:1]))


def _line(thread: Thread) -> dict[str, Any] | None:
    """The newest message of the thread as the list shows it."""
    newest: dict[str, Any] | None = thread.newest  # type: ignore[attr-defined]  # _with_newest
    if newest is None or thread.last_message_at is None:
        return None
    files = newest["files"]
    return {
        "thread": str(thread.pk),
        "audience": thread.audience,
        "seq": thread.last_message_seq,
        "author": str(UUID(newest["author"])),
        "preview": preview(newest["body"]),
        "files": len(json.loads(files) if isinstance(files, str) else files),
        "removed": bool(newest["removed"]),
        "at": iso(thread.last_message_at),
    }
