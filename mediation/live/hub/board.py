"""Which sockets are here, which rooms they show, and how far each thread of those rooms has been read. Loop only."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from mediation.live.socket import Socket


class Feed:
    """A thread of a room that is shown here. Everything up to `head` has been given to the sockets."""

    __slots__ = ("head", "room_id", "thread_id")

    def __init__(self, thread_id: UUID, room_id: UUID, head: int) -> None:
        self.thread_id = thread_id
        self.room_id = room_id
        self.head = head


class ShownRoom:
    """A room that at least one socket here shows."""

    __slots__ = ("feeds", "id", "sockets")

    def __init__(self, room_id: UUID) -> None:
        self.id = room_id
        self.sockets: set[Socket] = set()
        self.feeds: dict[UUID, Feed] = {}

    def outsiders(self) -> set[UUID]:
        """Staff who look in without being members."""
        return {socket.user_id for socket in self.sockets if socket.is_outsider}


class Board:
    """The sockets of this process by person and by room, and the feeds of the shown rooms."""

    def __init__(self) -> None:
        self.sockets: set[Socket] = set()
        self.by_person: dict[UUID, set[Socket]] = {}
        self.rooms: dict[UUID, ShownRoom] = {}
        self.feeds: dict[UUID, Feed] = {}

    def enter(self, socket: "Socket") -> None:
        """A person is known behind the socket."""
        self.sockets.add(socket)
        self.by_person.setdefault(socket.user_id, set()).add(socket)

    def show(self, socket: "Socket", heads: Iterable[tuple[UUID, int]]) -> None:
        """The socket shows its room, whose threads have at least these heads."""
        assert socket.room_id is not None
        room = self.rooms.get(socket.room_id)
        if room is None:
            room = self.rooms[socket.room_id] = ShownRoom(socket.room_id)
        room.sockets.add(socket)
        for thread, head in heads:
            self.feed(room, thread, head)

    def feed(self, room: ShownRoom, thread_id: UUID, head: int) -> Feed:
        """The thread's feed, made with `head` if it is new."""
        found = self.feeds.get(thread_id)
        if found is None:
            found = self.feeds[thread_id] = room.feeds[thread_id] = Feed(thread_id, room.id, head)
        return found

    def leave(self, socket: "Socket") -> None:
        self.sockets.discard(socket)
        if theirs := self.by_person.get(socket.user_id):
            theirs.discard(socket)
            if not theirs:
                del self.by_person[socket.user_id]
        room = self.rooms.get(socket.room_id) if socket.room_id else None
        if room is not None:
            room.sockets.discard(socket)
            if not room.sockets:
                del self.rooms[room.id]
                for thread in room.feeds:
                    del self.feeds[thread]
