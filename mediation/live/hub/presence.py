"""Who is here and who is typing. Socket → hub → layer → sockets; the database never hears of it.

Present are members whose page is open, in any process. Staff who look in from outside are announced to nobody.
Typing goes to those who read the thread, as far as the hub knew a moment ago.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from mediation.live import frames
from mediation.live.hub.board import Board, ShownRoom

if TYPE_CHECKING:
    from mediation.live.socket import Socket

HEARTBEAT_SECONDS = 10
EXPIRY_SECONDS = 30


class Presence:
    """Loop only. `tell` hands a small message of ids to the other processes."""

    def __init__(self, board: Board, tell: Callable[[str, Any], None]) -> None:
        self.board = board
        self.tell = tell
        self._others: dict[UUID, dict[str, tuple[frozenset[UUID], float]]] = {}
        self._shown: dict[UUID, frozenset[UUID]] = {}

    def changed(self, room_id: UUID) -> None:
        """A socket came to the room or left it."""
        room = self.board.rooms.get(room_id)
        here = _members(room) if room else frozenset()
        self.tell("here", [str(room_id), [str(person) for person in here]])
        self._show(room_id)

    def greet(self, socket: "Socket") -> None:
        """Tell a new socket who is here."""
        here = self._shown.get(socket.room_id, frozenset()) if socket.room_id else frozenset()
        socket.send(frames.frame("presence", room=socket.room_id, here=sorted(here)))

    def heard(self, process: str, room_id: UUID, people: frozenset[UUID]) -> None:
        """Another process says who is in a room there."""
        if people:
            self._others.setdefault(room_id, {})[process] = (people, time.monotonic() + EXPIRY_SECONDS)
        elif theirs := self._others.get(room_id):
            theirs.pop(process, None)
        self._show(room_id)

    def beat(self) -> None:
        """Every ten seconds: tell the others again, and forget those who have been silent."""
        self.tell_all()
        now = time.monotonic()
        for room_id, processes in list(self._others.items()):
            for process in [name for name, (_, until) in processes.items() if until < now]:
                del processes[process]
            if not processes:
                del self._others[room_id]
            self._show(room_id)

    def tell_all(self) -> None:
        """Tell the other processes who is in which room here."""
        for room_id, room in self.board.rooms.items():
            if here := _members(room):
                self.tell("here", [str(room_id), [str(person) for person in here]])

    def typing(self, socket: "Socket", thread_id: UUID, *, on: bool) -> None:
        """A socket of this process says that its person types."""
        if socket.room_id is None or thread_id not in socket.given or socket.is_outsider:
            return
        (socket.typing_in.add if on else socket.typing_in.discard)(thread_id)
        self.tell("typing", [str(thread_id), str(socket.room_id), str(socket.user_id), on])
        self.show_typing(thread_id, socket.room_id, socket.user_id, on=on)

    def show_typing(self, thread_id: UUID, room_id: UUID, user_id: UUID, *, on: bool) -> None:
        self._to_readers(thread_id, room_id, user_id, frames.frame("typing", thread=thread_id, user=user_id, on=on))

    def show_read(self, thread_id: UUID, room_id: UUID, user_id: UUID, seq: int) -> None:
        """Somebody has read a thread up to `seq`."""
        self._to_readers(thread_id, room_id, None, frames.frame("read", thread=thread_id, user=user_id, seq=seq))

    def _to_readers(self, thread_id: UUID, room_id: UUID, but: UUID | None, frame: frames.Frame) -> None:
        room = self.board.rooms.get(room_id)
        for socket in tuple(room.sockets) if room else ():
            if thread_id in socket.given and socket.user_id != but and not socket.is_suspended:
                socket.send(frame)

    def _show(self, room_id: UUID) -> None:
        room = self.board.rooms.get(room_id)
        if room is None:
            self._shown.pop(room_id, None)
            return
        here = _members(room).union(*(people for people, _ in self._others.get(room_id, {}).values()))
        if here != self._shown.get(room_id, frozenset()):
            self._shown[room_id] = here
            frame = frames.frame("presence", room=room_id, here=sorted(here))
            for socket in tuple(room.sockets):
                socket.send(frame)


def _members(room: ShownRoom) -> frozenset[UUID]:
    return frozenset(socket.user_id for socket in room.sockets if not socket.is_outsider)
