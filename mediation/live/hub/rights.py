"""Who may still: rights that ended while somebody was connected. Loop only."""

from typing import TYPE_CHECKING
from uuid import UUID

from mediation.live import protocol as p
from mediation.live.hub.fetch import Poll
from mediation.live.hub.reading import RoomNow

if TYPE_CHECKING:
    from mediation.live.hub.hub import Hub


class Rights:
    """Suspends people a right of whom has ended, and looks afresh at rooms whose people changed."""

    def __init__(self, hub: "Hub") -> None:
        self.hub = hub
        self.board = hub.board
        self.revoked_at: dict[UUID, float] = {}
        self._revoked: frozenset[int] = frozenset()

    def end(self, rows: dict[int, UUID]) -> None:
        """Hold back everything from people a right of whom has just ended, and look their sessions up again."""
        if not rows and not self._revoked:
            return
        for person in {person for row, person in rows.items() if row not in self._revoked}:
            self.revoked_at[person] = self.hub.loop.time()
            for socket in self.board.by_person.get(person, ()):
                socket.is_suspended = True
                self.hub.sessions.add(socket)
        self._revoked = frozenset(rows)

    def look_again(self, room_id: UUID) -> None:
        """Somebody there has lost something: look at the whole room."""
        self.hub.fetcher.add(Poll((), (room_id,)))

    def look_afresh(self, room_id: UUID, now: RoomNow) -> None:
        room = self.board.rooms.get(room_id)
        if room is None:
            return
        for thread, head in now.heads:
            self.board.feed(room, thread, head)
        for socket in tuple(room.sockets):
            socket.is_outsider = socket.user_id not in now.members
            allowed = {thread for thread, readers in now.readers.items() if socket.user_id in readers}
            if not allowed and not socket.is_suspended:
                socket.close(p.FORBIDDEN)
                continue
            for thread in socket.given.keys() - allowed:
                del socket.given[thread]
            for thread in allowed - socket.given.keys():
                socket.given[thread] = 0
            self.hub.delivery.lag(socket)
        self.hub.presence.changed(room_id)
