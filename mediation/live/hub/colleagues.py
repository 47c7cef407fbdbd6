"""Which staff look at a case, who of them types, who has begun something: told to the other staff who look at it.

They look in its room or, at the desk, at its brief; who has the case in an open queue is told, too (`hub.around`).
Nothing of it is stored, and no party and no room list hears of it.
What somebody types in is told only to those who read that thread, so a private talk stays one.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from mediation.live import frames
from mediation.live.hub.around import Around, Row
from mediation.live.hub.board import Board

if TYPE_CHECKING:
    from mediation.live.socket import Socket

EXPIRY_SECONDS = 30
TYPING_SECONDS = 8  # the end of typing can get lost; it is said anew every few seconds
ROLES = frozenset({"staff", "mediator"})  # as what somebody is in a room who is among colleagues there


@dataclass(slots=True)
class Look:
    """What a socket of staff looks at: the case's room, the threads of it that its person reads, and what they do
    there. `types` holds when they were last heard typing.
    """

    room: UUID
    threads: frozenset[UUID] | None  # None: what the socket has been given of its room
    types: dict[UUID, float] = field(default_factory=dict)
    holds: set[UUID] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody who looks, anywhere: with the threads they type in and those in which they have begun something."""

    id: UUID
    name: str
    types: frozenset[UUID]
    holds: frozenset[UUID]


class Colleagues:
    """Loop only. `tell` hands what is seen here to the other processes."""

    def __init__(self, board: Board, tell: Callable[[str, Any], None]) -> None:
        self.board = board
        self.tell = tell
        self.around = Around()
        self._looks: dict[Socket, Look] = {}
        self._others: dict[UUID, dict[str, tuple[tuple[Seen, ...], float]]] = {}
        self._shown: dict[Socket, list[dict[str, Any]]] = {}

    def look(self, socket: "Socket", room: UUID | None, threads: Iterable[UUID] | None = None) -> None:
        """The socket looks at a case from now on; at none for `room` None."""
        before = self._looks.pop(socket, None)
        self._shown.pop(socket, None)
        if room is not None and not socket.is_closed:
            self._looks[socket] = Look(room, None if threads is None else frozenset(threads))
        for one in {look for look in (before and before.room, room) if look}:
            self._changed(one)

    def watch(self, socket: "Socket", rows: Mapping[UUID, Row]) -> None:
        """The socket shows a queue with these cases, by their rooms."""
        self.around.watch(socket, rows)
        for room in rows:
            self._show(room)

    def types(self, socket: "Socket", thread: UUID, *, on: bool) -> None:
        """Its person types in a thread of the room that it shows, or stops."""
        look = self._looks.get(socket)
        if look is None or thread not in socket.given:
            return
        if on:
            look.types[thread] = time.monotonic()
        else:
            look.types.pop(thread, None)
        self._changed(look.room)

    def holds(self, socket: "Socket", thread: UUID, *, on: bool) -> None:
        """Its person has begun something there that is not sent, or has not any more."""
        look = self._looks.get(socket)
        if look is None or thread not in socket.given:
            return
        (look.holds.add if on else look.holds.discard)(thread)
        self._changed(look.room)

    def heard(self, process: str, room: UUID, people: Iterable[tuple[str, str, list[str], list[str]]]) -> None:
        """Another process says who looks at a room there."""
        found = tuple(
            Seen(UUID(one), name, frozenset(map(UUID, types)), frozenset(map(UUID, holds)))
            for one, name, types, holds in people
        )
        if found:
            self._others.setdefault(room, {})[process] = found, time.monotonic() + EXPIRY_SECONDS
        elif theirs := self._others.get(room):
            theirs.pop(process, None)
        self._show(room)

    def beat(self) -> None:
        """Every ten seconds: tell the others again, forget those who have been silent, and who no longer types."""
        now = time.monotonic()
        for processes in self._others.values():
            for process in [name for name, (_, until) in processes.items() if until < now]:
                del processes[process]
        self._others = {room: processes for room, processes in self._others.items() if processes}
        looked_at = {look.room for look in self._looks.values()}
        for room in looked_at:
            self._changed(room)
        for room in self.around.rooms() - looked_at:  # whoever was there may be of a process that is silent now
            self._show(room)

    def _changed(self, room: UUID) -> None:
        here = [[str(one.id), one.name, _texts(one.types), _texts(one.holds)] for one in self._here(room)]
        self.tell("staff", [str(room), here])
        self._show(room)

    def _here(self, room: UUID) -> list[Seen]:
        now = time.monotonic()
        return [
            Seen(
                socket.user_id,
                socket.name,
                frozenset(thread for thread, at in look.types.items() if now - at < TYPING_SECONDS),
                frozenset(look.holds),
            )
            for socket, look in self._looks.items()
            if look.room == room
        ]

    def _show(self, room: UUID) -> None:
        """Each who looks is told of the others, and of the same again nothing."""
        seen = self._here(room)
        for people, _ in self._others.get(room, {}).values():
            seen += people
        for socket, look in tuple(self._looks.items()):  # who is told too much to take is closed, and looks no more
            if look.room != room or socket.is_suspended or socket not in self._looks:
                continue
            readable = frozenset(socket.given) if look.threads is None else look.threads
            lines = _told(seen, socket.user_id, readable)
            if lines != self._shown.get(socket, []):
                self._shown[socket] = lines
                socket.send(frames.frame("colleagues", room=room, people=lines))
        self.around.show(room, partial(_told, seen))


def _told(seen: Iterable[Seen], me: UUID, readable: frozenset[UUID]) -> list[dict[str, Any]]:
    """One line for each other person, whatever the number of their windows."""
    found: dict[UUID, dict[str, Any]] = {}
    for one in seen:
        if one.id == me:
            continue
        line = found.setdefault(one.id, {"id": str(one.id), "name": one.name, "types": False, "holds": False})
        line["types"] |= not one.types.isdisjoint(readable)
        line["holds"] |= not one.holds.isdisjoint(readable)
    return sorted(found.values(), key=lambda line: (line["name"], line["id"]))


def _texts(threads: Iterable[UUID]) -> list[str]:
    return sorted(map(str, threads))
