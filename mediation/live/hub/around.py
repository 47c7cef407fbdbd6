"""Who is in the cases of a queue that somebody at the desk has open, row by row. Whoever watches is not in a case.

What is told of whom is decided as for those who look at the case themselves (`hub.colleagues`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from mediation.live import frames

if TYPE_CHECKING:
    from mediation.live.socket import Socket

People = list[dict[str, Any]]
Told = Callable[[UUID, frozenset[UUID]], People]  # what is told to a person who reads these threads


@dataclass(slots=True)
class Row:
    """A case that is watched: the threads of its room that everybody at the desk reads, and who was shown last."""

    case: UUID
    threads: frozenset[UUID]
    shown: People = field(default_factory=list)


class Around:
    """Loop only."""

    def __init__(self) -> None:
        self._rows: dict[Socket, Mapping[UUID, Row]] = {}
        self._watchers: dict[UUID, set[Socket]] = {}

    def watch(self, socket: "Socket", rows: Mapping[UUID, Row]) -> None:
        """The socket shows these rows from now on, by their rooms. What it was told of one that stays, it knows."""
        before = self._rows.pop(socket, {})
        for room in before:
            self._watchers[room].discard(socket)
            if not self._watchers[room]:
                del self._watchers[room]
        if not rows or socket.is_closed:
            return
        for room, row in rows.items():
            row.shown = before[room].shown if room in before else []
            self._watchers.setdefault(room, set()).add(socket)
        self._rows[socket] = rows

    def rooms(self) -> set[UUID]:
        """The rooms of all cases that anybody watches."""
        return set(self._watchers)

    def show(self, room: UUID, told: Told) -> None:
        """Each who watches the room's case is told who is in it; of the same again nothing."""
        for socket in tuple(self._watchers.get(room, ())):
            if socket.is_suspended or room not in self._rows.get(socket, {}):
                continue
            row = self._rows[socket][room]
            people = told(socket.user_id, row.threads)
            if people != row.shown:
                row.shown = people
                socket.send(frames.frame("around", case=row.case, people=people))
