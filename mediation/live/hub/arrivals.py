"""Two steps of a socket's arrival, each for all that arrive together: whose session is it, and what does it get first.
The first step is taken again every half minute, and at once when a right of that person ended.
"""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from accounts.queries import UserIdentity, session_users
from mediation.conversations.queries.room import RoomState, room_states
from mediation.core import epoch
from mediation.live.gather import Gatherer

if TYPE_CHECKING:
    from mediation.live.hub.hub import Hub
    from mediation.live.socket import Socket


@dataclass(slots=True)
class Reader:
    """The person behind a socket, as the audience asks for them. A session that is found belongs to an active one."""

    id: UUID
    role: str
    name: str
    language: str
    is_active: bool = True

    @property
    def pk(self) -> UUID:
        return self.id


class Sessions(Gatherer["Socket"]):
    """Takes sockets whose session is to be looked up."""

    name = "sessions"
    batch_limit = 64

    def __init__(self, loop: asyncio.AbstractEventLoop, hub: "Hub") -> None:
        super().__init__(loop)
        self.hub = hub

    def prepare(self, batch: list["Socket"]) -> list[str]:
        moment = self.loop.time()
        for socket in batch:
            socket.session_asked_at = moment
        return [socket.session_key for socket in batch]

    def work(self, job: list[str]) -> list[UserIdentity | None]:
        found = session_users(job)
        return [found.get(key) for key in job]

    def finish(self, batch: list["Socket"], result: list[UserIdentity | None]) -> None:
        for socket, identity in zip(batch, result, strict=True):
            self.hub.session_found(socket, identity)

    def fail(self, batch: list["Socket"], error: Exception) -> None:
        super().fail(batch, error)
        for socket in batch:
            self.hub.session_unknown(socket)


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a socket gets first: its room as it stands. None where the person may read nothing, or wants no room."""

    epoch: str
    room: RoomState | None
    is_elsewhere: bool


class Welcomes(Gatherer["Socket"]):
    """Takes sockets that said hello."""

    name = "welcomes"
    batch_limit = 64

    def __init__(self, loop: asyncio.AbstractEventLoop, hub: "Hub") -> None:
        super().__init__(loop)
        self.hub = hub

    def prepare(self, batch: list["Socket"]) -> tuple[float, list[tuple[Reader, UUID | None]]]:
        people = [
            (Reader(socket.user_id, socket.role, socket.name, socket.language), socket.asked_room) for socket in batch
        ]
        return self.loop.time(), people

    def work(self, job: tuple[float, list[tuple[Reader, UUID | None]]]) -> tuple[float, list[Welcome]]:
        since, people = job
        now = epoch.current()
        states = iter(room_states([(person, room) for person, room in people if room is not None]))
        return since, [
            Welcome(now, room=next(states) if room else None, is_elsewhere=room is None) for _, room in people
        ]

    def finish(self, batch: list["Socket"], result: tuple[float, list[Welcome]]) -> None:
        since, welcomes = result
        for socket, welcome in zip(batch, welcomes, strict=True):
            self.hub.welcome(socket, welcome, since)

    def fail(self, batch: list["Socket"], error: Exception) -> None:
        super().fail(batch, error)
        for socket in batch:
            self.hub.session_unknown(socket)
