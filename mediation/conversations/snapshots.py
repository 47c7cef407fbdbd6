"""The JSON shapes of a message, a person, a thread and a request for help, as every door gives them out.

One function per shape, so that first load, live event, page of history and API can never differ.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from accounts.models import User
from accounts.queries import avatar_url
from accounts.rules import initials
from mediation.conversations.models import Attachment, Contract, HelpRequest, Milestone, Thread
from mediation.conversations.rules.markup import render
from mediation.core.clock import iso

MESSAGE_FIELDS = (
    "seq", "rev", "kind", "author_id", "client_id", "body", "code", "params", "reply_to_seq", "mentions", "files",
    "reactions", "created_at", "edited_at", "removed_at", "removed_by_id", "removed_reason",
)  # fmt: skip


class MessageRow(NamedTuple):
    """A message's columns in the order of MESSAGE_FIELDS, from `values_list(*MESSAGE_FIELDS)` or from plain SQL."""

    seq: int
    rev: int
    kind: str
    author_id: UUID | None
    client_id: UUID | None
    body: str
    code: str
    params: Mapping[str, Any]
    reply_to_seq: int | None
    mentions: list[str]
    files: list[dict[str, Any]]
    reactions: Mapping[str, list[str]]
    created_at: datetime
    edited_at: datetime | None
    removed_at: datetime | None
    removed_by_id: UUID | None
    removed_reason: str


def message(row: MessageRow) -> dict[str, Any]:
    """A message as it stands now. A removed one keeps its place and the reason, and nothing of what it said."""
    return {
        "seq": row.seq,
        "rev": row.rev,
        "kind": row.kind,
        "author": _text(row.author_id),
        "cid": _text(row.client_id),
        "at": iso(row.created_at),
        "html": render(row.body) if row.body else "",
        "text": row.body,
        "code": row.code,
        "params": row.params,
        "reply_to": row.reply_to_seq,
        "mentions": row.mentions,
        "files": row.files,
        "reactions": row.reactions,
        "edited_at": iso(row.edited_at) if row.edited_at else None,
        "removed": {"at": iso(row.removed_at), "by": _text(row.removed_by_id), "reason": row.removed_reason}
        if row.removed_at
        else None,
    }


def person(user: User, role: str) -> dict[str, Any]:
    """A person's card in a room. `role` is client, freelancer, mediator or staff."""
    return card(user.pk, user.name, user.avatar.name, role)


def card(user_id: UUID, name: str, avatar: str | None, role: str) -> dict[str, Any]:
    """The same from a person's columns."""
    return {
        "id": str(user_id),
        "name": name,
        "first_name": name.split(" ", 1)[0],
        "initials": initials(name),
        "role": role,
        "avatar": avatar_url(user_id, avatar),
    }


def thread(row: Thread) -> dict[str, Any]:
    """What a thread is, apart from what one reader has read of it."""
    return {
        "id": str(row.pk),
        "audience": row.audience,
        "is_main": row.is_main,
        "title": row.title,
        "resolved_at": iso(row.resolved_at) if row.resolved_at else None,
    }


def file(row: Attachment) -> dict[str, Any]:
    """A file as its message carries it. `size` in bytes, `width` and `height` in pixels, None if it is no picture."""
    return {
        "id": str(row.pk),
        "name": row.name,
        "type": row.content_type,
        "size": row.size,
        "width": row.width,
        "height": row.height,
        "thumb": bool(row.thumbnail),
    }


class HelpRow(NamedTuple):
    """The columns of a request for a mediator that are shown."""

    pk: UUID
    asked_by_id: UUID
    asked_at: datetime
    taken_by_id: UUID | None
    taken_at: datetime | None
    ended_at: datetime | None


def help_request(row: HelpRequest | HelpRow) -> dict[str, Any]:
    """A request for a mediator: who asked, since when, who took it."""
    return {
        "id": str(row.pk),
        "asked_by": str(row.asked_by_id),
        "asked_at": iso(row.asked_at),
        "taken_by": _text(row.taken_by_id),
        "taken_at": iso(row.taken_at) if row.taken_at else None,
        "ended_at": iso(row.ended_at) if row.ended_at else None,
    }


def contract_facts(row: Contract) -> dict[str, Any]:
    """What changes of a contract while people talk about it."""
    return {"status": row.status, "ended_at": iso(row.ended_at) if row.ended_at else None}


def milestone(row: Milestone) -> dict[str, Any]:
    """A part of a contract, in minor units of its currency. `asked_back_at`: since when the client waits for an
    answer.
    """
    asked_at = row.refund_asked_at if row.is_asked_back else None
    return {
        "position": row.position,
        "title": row.title,
        "amount_minor": row.amount_minor,
        "status": row.status,
        "due": row.due_date.isoformat() if row.due_date else None,
        "asked_back_at": iso(asked_at) if asked_at else None,
    }


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None
