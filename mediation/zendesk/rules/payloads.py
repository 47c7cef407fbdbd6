"""The bodies of our requests. `public` is part of every comment's type: one without it cannot be built."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SOURCE = "parley"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Comment:
    """`items` are the ids of the outbox's rows that it carries; `uploads` tokens of files."""

    html: str
    public: bool
    items: Sequence[str]
    uploads: Sequence[str] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.public, bool):
            raise TypeError("Whether a comment is public must be said.")

    def body(self) -> dict[str, Any]:
        said: dict[str, Any] = {"html_body": self.html, "public": self.public}
        return said | ({"uploads": list(self.uploads)} if self.uploads else {})

    def metadata(self) -> dict[str, Any]:
        """What its audit carries as `metadata.custom`: how we find it again, and know it for our own."""
        return {"src": SOURCE, "ob": list(self.items), "v": VERSION}


@dataclass(frozen=True, slots=True)
class NewTicket:
    """A ticket to be made, with its first comment."""

    external_id: str
    subject: str
    requester_id: int
    comment: Comment
    status: str
    tags: Collection[str]
    fields: Mapping[int, str]
    cc: Collection[int] = ()  # who reads public comments beside the requester
    follows: int | None = None  # a closed ticket that it goes on from

    def body(self) -> bytes:
        ticket: dict[str, Any] = {
            "external_id": self.external_id,
            "subject": self.subject,
            "requester_id": self.requester_id,
            "comment": self.comment.body(),
            "metadata": self.comment.metadata(),
            "status": self.status,
            "tags": sorted(self.tags),
            **_custom(self.fields),
        }
        if self.cc:
            ticket["email_ccs"] = [{"user_id": one, "action": "put"} for one in self.cc]
        if self.follows is not None:
            ticket["via_followup_source_id"] = self.follows
        return _bytes({"ticket": ticket})


@dataclass(frozen=True, slots=True)
class Past:
    """A comment of an import, at its own moment (RFC 3339)."""

    html: str
    public: bool
    at: str


def imported(ticket: NewTicket, comments: Sequence[Past]) -> dict[str, Any]:
    """A ticket with its past, for an import of many. It carries no marks: imports have none."""
    row = json.loads(ticket.body())["ticket"]
    del row["comment"], row["metadata"]
    row["comments"] = [{"html_body": one.html, "public": one.public, "created_at": one.at} for one in comments]
    row["created_at"] = comments[0].at
    return dict(row)


def imports(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """At most a hundred of them."""
    return _bytes({"tickets": list(rows)})


def update(
    *, stamp: str, comment: Comment | None, status: str | None, fields: Mapping[int, str], mark: Sequence[str]
) -> bytes:
    """A change of a ticket that was last seen at `stamp`; refused if somebody changed it since. `mark` names the row
    of the outbox when there is no comment.
    """
    ticket: dict[str, Any] = {"safe_update": True, "updated_stamp": stamp, **_custom(fields)}
    if comment is not None:
        ticket |= {"comment": comment.body(), "metadata": comment.metadata()}
    else:
        ticket["metadata"] = {"src": SOURCE, "ob": list(mark), "v": VERSION}
    if status is not None:
        ticket["status"] = status
    return _bytes({"ticket": ticket})


def tags(names: Collection[str]) -> bytes:
    """Tags to be put on, or taken off."""
    return _bytes({"tags": sorted(names)})


def person(*, external_id: str, name: str, email: str) -> bytes:
    """A shadow of somebody of ours: it is never mailed (example.com), and never asked to verify."""
    user = {"external_id": external_id, "name": name, "email": email, "role": "end-user", "skip_verify_email": True}
    return _bytes({"user": user})


def _custom(fields: Mapping[int, str]) -> dict[str, Any]:
    return {"custom_fields": [{"id": key, "value": fields[key]} for key in sorted(fields)]} if fields else {}


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode()
