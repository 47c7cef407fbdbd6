"""Full-text search in what the reader may read now. The permission filter is part of the query."""

from typing import Any, TypedDict
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from mediation.conversations import snapshots
from mediation.conversations.audience import Person, readable_threads
from mediation.conversations.models import Member, Message, Thread
from mediation.conversations.rules import access
from mediation.conversations.rules import search as rules
from mediation.core.clock import from_iso, iso
from mediation.core.errors import Invalid

PAGE = 20
MOST = 100
NARROWED_TO = 300  # with more threads than this, naming each to the index costs more than it saves
# The index is joined, and on PostgreSQL gives the order too: a search for common words stops after a page.
_MATCHES = {
    "postgresql": "message_id = conversations_message.id AND tsv @@ %s::tsquery",
    "sqlite": "conversations_search.rowid = conversations_message.id AND conversations_search MATCH %s",
}
_MOMENT = {"postgresql": "conversations_search.at", "sqlite": "conversations_message.created_at"}


class Found(TypedDict):
    """A page of hits, newest first; `after` is what to ask for next, None at the end."""

    hits: list[dict[str, Any]]
    after: str | None


def search(
    *,
    user: Person,
    words: str,
    room_id: UUID | None = None,
    audience: str | None = None,
    author: UUID | None = None,
    after: str | None = None,
    limit: int = PAGE,
) -> Found:
    """Messages that hold all of the words (or words that begin with them), without regard to case and diacritics.

    Each hit: `{room, title, thread, thread_title, audience, seq, author (card), at, snippet (safe HTML)}`.
    Raises Invalid for an `after` that no page gave.
    """
    wanted = rules.wanted_words(words)
    threads = _threads(user, room_id, audience)
    near = list(threads.order_by().values_list("pk", flat=True)[: NARROWED_TO + 1])
    if not wanted or not near:
        return {"hits": [], "after": None}
    # Asked again within the search itself: what the reader may see is decided at one moment, there.
    may_read = Exists(threads.filter(pk=OuterRef("thread")))
    found = _matching(wanted, near if len(near) <= NARROWED_TO else None).filter(may_read, removed_at__isnull=True)
    if author is not None:
        found = found.filter(author=author)
    limit = min(max(1, limit), MOST)
    rows = list(_after(found, after).select_related("thread__room__contract", "author")[: limit + 1])
    page = rows[:limit]
    cards = _cards(page)
    last = page[-1] if len(rows) > limit else None
    return {
        "hits": [_hit(message, wanted, cards) for message in page],
        "after": f"{iso(last.created_at)}~{last.thread_id}~{last.seq}" if last else None,
    }


def _threads(user: Person, room_id: UUID | None, audience: str | None) -> QuerySet[Thread]:
    outside = access.may_read_from_outside(user.role)
    threads = readable_threads(user) if outside else _own_threads(user)
    if room_id is not None:
        threads = threads.filter(room=room_id)
    if audience is not None:
        threads = threads.filter(audience=audience)
    return threads


def _own_threads(user: Person) -> QuerySet[Thread]:
    """Narrowed by membership, so that the database starts from the person's few rooms and not from all threads."""
    stays = Member.objects.filter(user=user.id, left_at__isnull=True)
    return readable_threads(user).filter(room__in=stays.values("room"))


def _matching(wanted: list[str], threads: list[UUID] | None) -> QuerySet[Message]:
    """The messages that answer, newest first. With `threads` the index itself looks at nothing else."""
    vendor = connection.vendor
    query = rules.postgresql_query if vendor == "postgresql" else rules.sqlite_query
    joined = Message.objects.extra(  # noqa: S610 (our own text, the query is a parameter)
        tables=["conversations_search"], where=[_MATCHES[vendor]], params=[query(wanted, threads)]
    )
    return joined.extra(order_by=[f"-{_MOMENT[vendor]}", "-thread_id", "-seq"])


def _after(found: QuerySet[Message], after: str | None) -> QuerySet[Message]:
    if not after:
        return found
    try:
        moment, thread, seq = after.split("~")
        at, last_thread, last_seq = from_iso(moment), UUID(thread), int(seq)
    except ValueError as problem:
        raise Invalid from problem
    if not 0 <= last_seq < 2**31:
        raise Invalid
    same_thread = Q(created_at=at, thread=last_thread, seq__lt=last_seq)
    return found.filter(Q(created_at__lt=at) | Q(created_at=at, thread__lt=last_thread) | same_thread)


def _cards(messages: list[Message]) -> dict[tuple[UUID, UUID | None], dict[str, Any]]:
    """The author's card for each room: the role is what they last were there."""
    rooms = {message.thread.room_id for message in messages}
    stays = Member.objects.filter(room__in=rooms).order_by("joined_at")
    roles = {(room, user): role for room, user, role in stays.values_list("room", "user", "role")}
    cards = {}
    for message in messages:
        key = message.thread.room_id, message.author_id
        if isinstance(message.author, User):
            cards[key] = snapshots.person(message.author, roles.get((key[0], message.author.pk), "staff"))
    return cards


def _hit(message: Message, wanted: list[str], cards: dict[tuple[UUID, UUID | None], dict[str, Any]]) -> dict[str, Any]:
    thread = message.thread
    text = " · ".join([message.body, *(file["name"] for file in message.files)]).strip(" ·")
    return {
        "room": str(thread.room_id),
        "title": thread.room.contract.title,
        "thread": str(thread.pk),
        "thread_title": thread.title,
        "audience": thread.audience,
        "seq": message.seq,
        "author": cards.get((thread.room_id, message.author_id)),
        "at": iso(message.created_at),
        "snippet": rules.snippet(text, wanted),
    }
