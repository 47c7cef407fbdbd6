"""Pages of a thread's messages, newest last, as its reader may see them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from mediation.conversations import audience, snapshots
from mediation.conversations.audience import Person
from mediation.conversations.models import Message, MessageVersion
from mediation.conversations.queries import message_rows
from mediation.conversations.rules.markup import render
from mediation.conversations.snapshots import MessageRow
from mediation.core.clock import iso
from mediation.core.errors import NotFound

PAGE = 50
MOST = 200


@dataclass(frozen=True, slots=True)
class Page:
    """Message snapshots in the order of their seq. `more`: there are older ones, `newer`: there are newer ones.

    `quoted` holds the snapshots that messages of the page reply to and that are not on it.
    """

    messages: list[dict[str, Any]]
    more: bool
    newer: bool = False
    quoted: list[dict[str, Any]] = field(default_factory=list)


def page_before(*, user: Person, thread_id: UUID, before: int | None = None, limit: int = PAGE) -> Page:
    """The newest messages, or those just before a seq. Raises NotFound."""
    audience.check_may_read(user, thread_id)
    return pages_of(thread_id, before=before, limit=limit)


def pages_of(thread_id: UUID, *, before: int | None = None, limit: int = PAGE) -> Page:
    """The same without asking who reads: for who has asked another gate."""
    limit = _within(limit)
    found = message_rows.before(thread_id, message_rows.NEWEST if before is None else before, limit + 1)
    return _page(thread_id, found[:limit][::-1], more=len(found) > limit, newer=before is not None)


def page_around(*, user: Person, thread_id: UUID, seq: int, limit: int = PAGE) -> Page:
    """The messages around a seq, for jumping to one. The seq itself need not be a message. Raises NotFound."""
    audience.check_may_read(user, thread_id)
    half = max(1, _within(limit) // 2)
    older = message_rows.before(thread_id, seq, half + 1)
    newer = message_rows.starting_at(thread_id, seq, half + 1)
    return _page(thread_id, older[:half][::-1] + newer[:half], more=len(older) > half, newer=len(newer) > half)


def versions(*, user: Person, thread_id: UUID, seq: int) -> list[dict[str, Any]]:
    """What a message said before each edit, oldest first: `{rev, text, html, at}`, `at` being when it was replaced.

    Raises NotFound; a removed message has no versions.
    """
    audience.check_may_read(user, thread_id)
    if not Message.objects.filter(thread=thread_id, seq=seq).exists():
        raise NotFound
    earlier = MessageVersion.objects.filter(message__thread=thread_id, message__seq=seq).order_by("rev")
    return [
        {"rev": version.rev, "text": version.body, "html": render(version.body), "at": iso(version.replaced_at)}
        for version in earlier
    ]


def snapshot_of(thread_id: UUID, seq: int) -> dict[str, Any]:
    """The message as it stands now. The caller has made sure that the reader may see the thread."""
    return snapshots.message(message_rows.at(thread_id, [seq])[0])


def _within(limit: int) -> int:
    return min(max(1, limit), MOST)


def _page(thread_id: UUID, rows: list[MessageRow], *, more: bool, newer: bool) -> Page:
    quoted = _quoted(thread_id, rows)
    return Page([snapshots.message(row) for row in rows], more, newer and bool(rows), quoted)


def _quoted(thread_id: UUID, rows: Iterable[MessageRow]) -> list[dict[str, Any]]:
    wanted = {row.reply_to_seq for row in rows if row.reply_to_seq} - {row.seq for row in rows}
    return [snapshots.message(row) for row in message_rows.at(thread_id, wanted)]
