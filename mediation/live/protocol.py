"""The socket's language, version 1: strict decoding of what clients say, and the codes we answer with.

A frame is one JSON object in text, at most 64 KiB, named by `t`. Everything is typed and bounded here, before any
action sees it: wrong types, unknown keys, NUL characters, lone surrogates and numbers the database cannot hold are
`Malformed` (an error frame and a strike). Decoding raises nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mediation.live import values

VERSION = 1
FRAME_BYTES = 64 * 1024
TEXT_CHARACTERS = 20_000
NOTE_CHARACTERS = 2_000
WINDOW_EVENTS = 200
WINDOW_BYTES = 1024 * 1024
HELLO_SECONDS = 10
STRIKES = 5
LIMITS = {
    "frame_bytes": FRAME_BYTES,
    "text_characters": TEXT_CHARACTERS,
    "window_events": WINDOW_EVENTS,
    "window_bytes": WINDOW_BYTES,
}

SESSION_ENDED = 4001
FORBIDDEN = 4003
TOO_FAST = 4008
TOO_SLOW = 4009
BAD_PROTOCOL = 4010
RESTARTING = 4012
TOO_BIG = 1009
LATER = 1013


class Malformed(Exception):
    """What arrived is not in the language. `cid` names the command it was meant to be, when that could be read."""

    def __init__(self, code: str, message: str | Promise, cid: UUID | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.cid = cid


@dataclass(frozen=True, slots=True)
class Hello:
    v: int
    epoch: str | None = None
    room: UUID | None = None
    cursors: dict[UUID, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SendMessage:
    cid: UUID
    thread: UUID
    text: str
    reply_to: int | None = None
    mentions: tuple[UUID, ...] = ()
    files: tuple[UUID, ...] = ()
    seen: int | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class EditMessage:
    cid: UUID
    thread: UUID
    seq: int
    text: str
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class RemoveMessage:
    cid: UUID
    thread: UUID
    seq: int
    reason: str


@dataclass(frozen=True, slots=True)
class React:
    cid: UUID
    thread: UUID
    seq: int
    reaction: str
    on: bool


@dataclass(frozen=True, slots=True)
class OpenTopic:
    cid: UUID
    room: UUID
    audience: str
    title: str


@dataclass(frozen=True, slots=True)
class RenameTopic:
    cid: UUID
    thread: UUID
    title: str


@dataclass(frozen=True, slots=True)
class ResolveTopic:
    cid: UUID
    thread: UUID


@dataclass(frozen=True, slots=True)
class ReopenTopic:
    cid: UUID
    thread: UUID


@dataclass(frozen=True, slots=True)
class SaveDraft:
    thread: UUID
    text: str
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class AskForHelp:
    cid: UUID
    room: UUID
    note: str = ""


@dataclass(frozen=True, slots=True)
class CancelHelp:
    cid: UUID
    room: UUID


@dataclass(frozen=True, slots=True)
class Join:
    cid: UUID
    room: UUID


@dataclass(frozen=True, slots=True)
class Leave:
    cid: UUID
    room: UUID


@dataclass(frozen=True, slots=True)
class MarkRead:
    thread: UUID
    seq: int


@dataclass(frozen=True, slots=True)
class Typing:
    thread: UUID
    on: bool


@dataclass(frozen=True, slots=True)
class Holds:
    """Somebody has begun something in a thread that is not sent."""

    thread: UUID
    on: bool


@dataclass(frozen=True, slots=True)
class Look:
    """Staff read the brief of a case at the desk; of none for None."""

    case: UUID | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """Staff have a queue open with these cases."""

    cases: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Applied:
    n: int


@dataclass(frozen=True, slots=True)
class Ping:
    pass


Command = (
    Hello | SendMessage | EditMessage | RemoveMessage | React | OpenTopic | RenameTopic | ResolveTopic | ReopenTopic
    | SaveDraft | AskForHelp | CancelHelp | Join | Leave | MarkRead | Typing | Holds | Look | Watch | Applied | Ping
)  # fmt: skip


_Check = Callable[[Any], Any]
_TEXT, _TITLE = values.text(TEXT_CHARACTERS), values.text(200)
_NOTE, _NAME = values.text(NOTE_CHARACTERS), values.text(40)
_CID: dict[str, _Check] = {"cid": values.uuid}
_TARGET = _CID | {"thread": values.uuid, "seq": values.number}
_IN_THREAD = _CID | {"thread": values.uuid}
_IN_ROOM = _CID | {"room": values.uuid}

# Frame name → (command, fields it must have, fields it may have). `tests/live/test_protocol.py` reads this table.
COMMANDS: dict[str, tuple[type, dict[str, _Check], dict[str, _Check]]] = {
    "hello": (
        Hello,
        {"v": values.number},
        {"epoch": values.optional(_NAME), "room": values.optional(values.uuid), "cursors": values.cursors},
    ),
    "send": (
        SendMessage,
        _IN_THREAD | {"text": _TEXT},
        {
            "reply_to": values.optional(values.number),
            "mentions": values.uuids,
            "files": values.uuids,
            "seen": values.optional(values.number),
            "confirmed": values.flag,
        },
    ),
    "edit": (EditMessage, _TARGET | {"text": _TEXT}, {"rev": values.optional(values.number)}),
    "remove": (RemoveMessage, _TARGET | {"reason": _TITLE}, {}),
    "react": (React, _TARGET | {"reaction": _NAME, "on": values.flag}, {}),
    "topic.open": (OpenTopic, _IN_ROOM | {"audience": _NAME, "title": _TITLE}, {}),
    "topic.rename": (RenameTopic, _IN_THREAD | {"title": _TITLE}, {}),
    "topic.resolve": (ResolveTopic, _IN_THREAD, {}),
    "topic.reopen": (ReopenTopic, _IN_THREAD, {}),
    "draft": (SaveDraft, {"thread": values.uuid, "text": _TEXT}, {"reply_to": values.optional(values.number)}),
    "help.ask": (AskForHelp, _IN_ROOM, {"note": _NOTE}),
    "help.cancel": (CancelHelp, _IN_ROOM, {}),
    "join": (Join, _IN_ROOM, {}),
    "leave": (Leave, _IN_ROOM, {}),
    "read": (MarkRead, {"thread": values.uuid, "seq": values.number}, {}),
    "typing": (Typing, {"thread": values.uuid, "on": values.flag}, {}),
    "holds": (Holds, {"thread": values.uuid, "on": values.flag}, {}),
    "look": (Look, {}, {"case": values.optional(values.uuid)}),
    "watch": (Watch, {"cases": values.uuids}, {}),
    "applied": (Applied, {"n": values.count}, {}),
    "ping": (Ping, {}, {}),
}


def decode(frame: bytes | str) -> Command:
    """The command in a frame. Raises `Malformed` and nothing else."""
    if len(frame) > FRAME_BYTES:
        raise Malformed("frame.too_big", _("This is too big to send."))
    try:
        said = orjson.loads(frame)
    except ValueError:
        raise Malformed("frame.json", _("This is not JSON.")) from None
    if type(said) is not dict:
        raise Malformed("frame.object", _("A frame is one JSON object."))
    name = said.pop("t", None)
    found = COMMANDS.get(name) if type(name) is str else None
    if found is None:
        raise Malformed("frame.unknown", _("There is no such command."), _cid_of(said))
    return _typed(said, *found)


def _typed(said: dict[str, Any], command: type, must: dict[str, _Check], may: dict[str, _Check]) -> Command:
    fields = {}
    for key, value in said.items():
        check = must.get(key) or may.get(key)
        if check is None:
            raise Malformed("frame.field", _("There is a field too many."), _cid_of(said))
        try:
            fields[key] = check(value)
        except ValueError:
            raise Malformed("frame." + key, _field_message(key), _cid_of(said)) from None
    if len(fields) < len(must) or any(key not in fields for key in must):
        raise Malformed("frame.missing", _("A field is missing."), _cid_of(said))
    return command(**fields)


def _field_message(key: str) -> Promise:
    if key == "text":
        return _("The text is longer than 20,000 characters, or has a character that cannot be stored.")
    return _("A field has a value it cannot have.")


def _cid_of(said: dict[str, Any]) -> UUID | None:
    try:
        return values.uuid(said.get("cid"))
    except ValueError:
        return None
