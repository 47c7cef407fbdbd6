"""The hub itself: takes sockets in, hands out what was read, and looks after everything once a second. Loop only."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings

from accounts.queries import UserIdentity
from accounts.rules import STAFF_ROLES
from mediation.core import rates
from mediation.events import bell
from mediation.live import frames
from mediation.live import protocol as p
from mediation.live.hints import Hints
from mediation.live.hub.arrivals import Sessions, Welcome, Welcomes
from mediation.live.hub.board import Board
from mediation.live.hub.catch_up import CatchUp
from mediation.live.hub.colleagues import ROLES, Colleagues
from mediation.live.hub.delivery import Delivery
from mediation.live.hub.desk import Desk
from mediation.live.hub.fetch import Fetcher, Poll
from mediation.live.hub.inbox import Inbox
from mediation.live.hub.presence import HEARTBEAT_SECONDS, Presence
from mediation.live.lanes import Lanes
from mediation.live.reachable import EVERY_SECONDS, Reachable
from mediation.live.waking import Waker
from mediation.live.writer import Writer

if TYPE_CHECKING:
    from mediation.live.socket import Socket

logger = logging.getLogger(__name__)

SESSIONS_EVERY_SECONDS = 20
STUCK_SECONDS = 60


class Hub:
    """One per web process. Made on its loop; `stop` ends its threads."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.board = Board()
        self.delivery = Delivery(self)
        self.is_draining = False
        self.writer = Writer(loop)
        self.lanes = Lanes(loop)
        self.desk = Desk(self)
        self.fetcher = Fetcher(loop, self)
        self.catch_up = CatchUp(loop, self)
        self.sessions = Sessions(loop, self)
        self.welcomes = Welcomes(loop, self)
        self.inbox = Inbox(loop, self)
        self.hints = Hints(loop, self.heard)
        self.presence = Presence(self.board, self.hints.tell)
        self.colleagues = Colleagues(self.board, self.hints.tell)
        self.waker = Waker()
        self.reachable = Reachable(loop)
        self.reachable.add(None)
        self._turn = 0
        self._listeners: list[Callable[[frozenset[UUID]], None]] = [self._bell, self.waker.knock]
        for listener in self._listeners:
            bell.listen(listener)
        self._ticking = loop.create_task(self._tick())

    # --- News in
    def _bell(self, threads: frozenset[UUID]) -> None:
        """Any thread: something was committed in this process."""
        self.loop.call_soon_threadsafe(self._committed_here, threads)

    def _committed_here(self, threads: frozenset[UUID]) -> None:
        self.news(threads)
        self.hints.news([str(thread) for thread in threads])

    def news(self, threads: Iterable[UUID]) -> None:
        if self.board.sockets:
            for thread in threads:
                self.fetcher.add(thread)

    def heard(self, message: dict[str, Any]) -> None:
        """A hint of another process."""
        self.news(UUID(thread) for thread in message["news"])
        if "beat" in message:
            self.presence.tell_all()
        for room, people in message.get("here", ()):
            self.presence.heard(message["from"], UUID(room), frozenset(UUID(person) for person in people))
        for room, people in message.get("staff", ()):
            self.colleagues.heard(message["from"], UUID(room), people)
        for thread, room, user, on in message.get("typing", ()):
            self.presence.show_typing(UUID(thread), UUID(room), UUID(user), on=on)
        for thread, room, user, seq in message.get("read", ()):
            self.presence.show_read(UUID(thread), UUID(room), UUID(user), seq)

    # --- Sockets come and go
    def arrive(self, socket: "Socket") -> None:
        self.sessions.add(socket)

    def session_found(self, socket: "Socket", identity: UserIdentity | None) -> None:
        if socket.is_closed:
            return
        if identity is None or (socket.is_known and (identity.id, identity.role) != (socket.user_id, socket.role)):
            socket.close(p.SESSION_ENDED)
            return
        if not socket.is_known:
            socket.is_staff = identity.role in STAFF_ROLES
            socket.known_as(identity)
            self.board.enter(socket)
        if self.delivery.rights.revoked_at.get(identity.id, -1.0) >= socket.session_asked_at:
            self.sessions.add(socket)
            return
        socket.session_due_at = self.loop.time() + SESSIONS_EVERY_SECONDS
        if socket.is_suspended:
            socket.is_suspended = False
            if socket.room_id is not None:
                self.delivery.rights.look_again(socket.room_id)
            self.delivery.lag(socket)
        socket.hear_early()

    def session_unknown(self, socket: "Socket") -> None:
        """The database did not answer. Without a session nothing is given out."""
        if not socket.is_known or socket.is_suspended or not socket.is_synced:
            socket.close(p.LATER)

    def welcome(self, socket: "Socket", welcome: Welcome, since: float) -> None:
        if socket.is_closed:
            return
        if welcome.room is None and not welcome.is_elsewhere:
            socket.close(p.FORBIDDEN)
            return
        room = welcome.room
        heads = {UUID(thread["id"]): thread["head"] for thread in room["threads"]} if room else {}
        epoch = socket.begin_at(heads, welcome.epoch)
        socket.send(frames.frame("welcome", v=p.VERSION, epoch=epoch, me=socket.user_id, room=room, limits=p.LIMITS))
        if room is not None:
            socket.room_id = UUID(room["id"])
            socket.is_outsider = room["role"] == "staff"
            self.board.show(socket, heads.items())
            self.presence.changed(socket.room_id)
            self.presence.greet(socket)
            if socket.is_staff and room["role"] in ROLES:
                self.colleagues.look(socket, socket.room_id)
            for thread in heads:
                if self.delivery.missed.get(thread, -1.0) >= since:
                    self.fetcher.add(thread)
        socket.is_welcomed = True
        self.delivery.lag(socket)

    def leave(self, socket: "Socket") -> None:
        """The connection is gone."""
        for thread in tuple(socket.typing_in):
            self.presence.typing(socket, thread, on=False)
        self.colleagues.look(socket, None)
        self.colleagues.watch(socket, {})
        self.board.leave(socket)
        if socket.room_id is not None:
            self.presence.changed(socket.room_id)

    def may_send(self, person: UUID) -> bool:
        """Whether the person is within the rate of sends."""
        return rates.sends.take(person)

    def has_read(self, socket: "Socket", thread: UUID, seq: int) -> None:
        """A person's mark has moved: the thread's readers see it. The room does not watch strangers read along."""
        if socket.room_id is not None and thread in socket.given and not socket.is_outsider:
            self.hints.tell("read", [str(thread), str(socket.room_id), str(socket.user_id), seq])
            self.presence.show_read(thread, socket.room_id, socket.user_id, seq)

    def types_elsewhere(self, thread: UUID, room: UUID, person: UUID, on: bool) -> None:
        """Somebody without a socket types."""
        self.hints.tell("typing", [str(thread), str(room), str(person), on])
        self.presence.show_typing(thread, room, person, on=on)

    # --- Every second
    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(settings.LIVE_POLL_SECONDS)
            try:
                self._turn += 1
                self._look_around()
            except Exception:
                logger.exception("the hub's tick failed")

    def _look_around(self) -> None:
        now = self.loop.time()
        turn = self._turn % SESSIONS_EVERY_SECONDS
        rooms = tuple(self.board.rooms)
        due = tuple(room for room in rooms if room.int % SESSIONS_EVERY_SECONDS == turn)
        if self.board.sockets:
            self.fetcher.add(Poll(rooms, due))
        for socket in tuple(self.board.sockets):
            if now > socket.session_due_at:
                socket.session_due_at = now + SESSIONS_EVERY_SECONDS
                self.sessions.add(socket)
            if socket.stuck_since and now - socket.stuck_since > STUCK_SECONDS:
                socket.close(p.TOO_SLOW)
        if self._turn % EVERY_SECONDS == 0:
            self.reachable.add(None)
        if self._turn % HEARTBEAT_SECONDS == 0:
            self.hints.beat()
            self.presence.beat()
            self.colleagues.beat()
            for memory in (self.delivery.missed, self.delivery.rights.revoked_at):
                for key in [key for key, moment in memory.items() if now - moment > SESSIONS_EVERY_SECONDS]:
                    del memory[key]

    # --- The end
    async def drain(self, within: float = 6.0) -> None:
        """Take nothing more, finish what is in flight, tell everybody to come back soon."""
        self.is_draining = True
        until = self.loop.time() + within
        while self._is_busy() and self.loop.time() < until:  # noqa: ASYNC110 (threads have no event of the loop)
            await asyncio.sleep(0.02)
        farewell = frames.frame("restarting", retry_ms=500)
        for socket in tuple(self.board.sockets):
            socket.send(farewell)
            socket.close(p.RESTARTING)

    def _is_busy(self) -> bool:
        return self.writer.is_busy or self.writer.patient.is_busy or self.lanes.is_busy

    async def stop(self) -> None:
        self._ticking.cancel()
        for listener in self._listeners:
            bell.silence(listener)
        await self.hints.stop()
        self.waker.stop()
        self.lanes.stop()
        for worker in (
            self.writer, self.fetcher, self.catch_up, self.sessions, self.welcomes, self.inbox, self.reachable,
        ):  # fmt: skip
            worker.stop()
