"""Notices for people who do not show the room that has news: what came, and how much of it they have not read.

Gathered for a moment by thread, since a lively room is one line in a list.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from mediation.conversations.models import Message, Thread
from mediation.conversations.queries import log
from mediation.conversations.queries.unread import with_reading
from mediation.conversations.rules.access import may_read_from_outside
from mediation.conversations.rules.text import preview
from mediation.core.clock import iso
from mediation.live import frames
from mediation.live.gather import Gatherer

if TYPE_CHECKING:
    from mediation.live.hub.hub import Hub
    from mediation.live.socket import Socket

MOMENT_SECONDS = 0.3

Wanted = tuple[UUID, frozenset[UUID]]
Notice = tuple[UUID, UUID, frames.Frame]


@dataclass(slots=True)
class Somebody:
    """What counting needs to know of a person."""

    id: UUID
    role: str = ""
    is_active: bool = True


class Inbox(Gatherer[Wanted]):
    """Takes threads with the people here who should hear of them."""

    name = "inbox"

    def __init__(self, loop: asyncio.AbstractEventLoop, hub: "Hub") -> None:
        super().__init__(loop)
        self.hub = hub
        self._noted: dict[UUID, set[UUID]] = {}

    def note(self, thread: UUID, room: UUID, people: Iterable[UUID]) -> None:
        """A thread has news. Soon, tell those of the people who are here but look elsewhere."""
        by_person = self.hub.board.by_person
        wanted = {
            person
            for person in people
            if person in by_person and any(_looks_elsewhere(socket, room) for socket in by_person[person])
        }
        if wanted:
            if not self._noted:
                self.loop.call_later(MOMENT_SECONDS, self._gather)
            self._noted.setdefault(thread, set()).update(wanted)

    def _gather(self) -> None:
        noted, self._noted = self._noted, {}
        for thread, people in noted.items():
            self.add((thread, frozenset(people)))

    def knock(self) -> None:
        """Other rooms than before ask for a mediator: whoever may join or read them looks anew."""
        for socket in filter(watches_waiting, tuple(self.hub.board.sockets)):
            socket.send(frames.WAITING)

    def work(self, job: list[Wanted]) -> list[Notice]:
        readers = log.readers([thread for thread, _ in job])
        return [
            notice
            for thread, people in job
            for person in people & readers[thread]
            if (notice := _notice(thread, Somebody(person)))
        ]

    def finish(self, batch: list[Wanted], result: list[Notice]) -> None:
        for person, room, frame in result:
            for socket in tuple(self.hub.board.by_person.get(person, ())):
                if _looks_elsewhere(socket, room):
                    socket.send(frame)


def watches_waiting(socket: "Socket") -> bool:
    """Whether the socket is of a list of somebody who may read rooms that ask for a mediator."""
    shows_list = socket.is_welcomed and socket.room_id is None and not socket.is_suspended
    return shows_list and may_read_from_outside(socket.role)


def follows_desk(socket: "Socket") -> bool:
    """Whether the socket is of staff whose page shows the clocks of cases: a list, the desk, or a room."""
    return socket.is_welcomed and not socket.is_suspended and may_read_from_outside(socket.role)


def _looks_elsewhere(socket: "Socket", room: UUID) -> bool:
    return socket.is_welcomed and socket.room_id != room and not socket.is_suspended


def _notice(thread_id: UUID, person: Somebody) -> Notice | None:
    thread = with_reading(Thread.objects.filter(pk=thread_id), person).first()
    if thread is None or thread.last_message_seq is None:
        return None
    said = Message.objects.filter(thread=thread_id, seq=thread.last_message_seq)
    message = said.select_related("author").first()
    if message is None:
        return None
    frame = frames.frame(
        "inbox",
        room=thread.room_id,
        thread=thread_id,
        seq=message.seq,
        at=iso(message.created_at),
        author=message.author_id,
        author_name=message.author.name if message.author else "",
        preview=preview(message.body),
        unread=thread.unread,  # type: ignore[attr-defined]
    )
    return person.id, thread.room_id, frame
