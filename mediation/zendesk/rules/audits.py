"""Reading an audit of a ticket (design: facts, 10): who did it, whether it was us, and what happened."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mediation.zendesk.rules.payloads import SOURCE

_WATCHED = frozenset({"status", "assignee_id", "priority", "tags", "external_id"})


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as the ticket got it. `html` may be anybody's markup."""

    id: int
    author_id: int
    html: str
    text: str
    public: bool
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """One update of a ticket. `items`: the outbox rows that it carries when it is ours. `changes`: field → new value.
    `privacy`: comment → whether it is public now.
    """

    id: int
    author_id: int
    at: str
    source: str
    items: tuple[str, ...]
    comments: tuple[Said, ...]
    changes: Mapping[str, Any]
    privacy: Mapping[int, bool]
    is_merge: bool

    @property
    def is_marked(self) -> bool:
        """Whether it carries our own mark."""
        return self.source == SOURCE


def read(audit: Mapping[str, Any]) -> Audit:
    """From what the API gives. Tolerates what Zendesk may add; raises KeyError without an id."""
    custom = (audit.get("metadata") or {}).get("custom") or {}
    events = [one for one in audit.get("events") or () if isinstance(one, Mapping)]
    author = int(audit.get("author_id") or 0)
    items = custom.get("ob") if isinstance(custom, Mapping) else None
    return Audit(
        id=int(audit["id"]),
        author_id=author,
        at=str(audit.get("created_at") or ""),
        source=str(custom.get("src") or "") if isinstance(custom, Mapping) else "",
        items=tuple(str(item) for item in items) if isinstance(items, list) else (),
        comments=tuple(_comments(events, author)),
        changes=dict(_changes(events)),
        privacy={int(one["comment_id"]): bool(one.get("public")) for one in events if _turns_privacy(one)},
        is_merge=_is_merge(audit, events),
    )


def _comments(events: Sequence[Mapping[str, Any]], author: int) -> Iterator[Said]:
    for one in events:
        if one.get("type") == "Comment":
            yield Said(
                id=int(one["id"]),
                author_id=int(one.get("author_id") or author),
                html=str(one.get("html_body") or ""),
                text=str(one.get("plain_body") or one.get("body") or ""),
                public=bool(one.get("public", True)),
                files=tuple(str(file.get("file_name")) for file in one.get("attachments") or ()),
            )


def _changes(events: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    for one in events:
        if one.get("type") in ("Change", "Create") and one.get("field_name") in _WATCHED:
            yield str(one["field_name"]), one.get("value")


def _turns_privacy(event: Mapping[str, Any]) -> bool:
    return event.get("type") == "CommentPrivacyChange" and event.get("comment_id") is not None


def _is_merge(audit: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> bool:
    def rel(one: Mapping[str, Any]) -> object:
        return ((one.get("via") or {}).get("source") or {}).get("rel")

    return any(rel(one) == "merge" for one in (audit, *events))
