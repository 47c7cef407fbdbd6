"""The hub itself: takes sockets in, hands out what was read, and looks after everything once a second. Loop only."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from django.conf import settings

from accounts.queries import UserIdentity
from accounts.rules import STAFF_ROLES
from mediation.conversations.queries.log import LogEntry
from mediation.core import rates
from mediation.events import bell
from mediation.live import frames
from mediation.live import protocol as p
from mediation.live.hints import Hints
from mediation.live.hub.arrivals import Sessions, Welcome, Welcomes
from mediation.live.hub.board import Board
from mediation.live.hub.catch_up import CatchUp
from mediation.live.hub.fetch import Fetcher, Poll
from mediation.live.hub.inbox import Inbox
from mediation.live.hub.presence import HEARTBEAT_SECONDS, Presence
from mediation.live.hub.reading import News, RoomNow
from mediation.live.lanes import Lanes
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
        self.is_draining = False
        self.writer = Writer(loop)
        self.lanes = Lanes(loop)
        self.fetcher = Fetcher(loop, self)
        self.catch_up = CatchUp(loop, self)
        self.sessions = Sessions(loop, self)
        self.welcomes = Welcomes(loop, self)
        self.inbox = Inbox(loop, self)
        self.hints = Hints(loop, self.heard)
        self.presence = Presence(self.board, self.hints.tell)
        self.waker = Waker()
        self._revoked: frozenset[int] = frozenset()
        self._revoked_at: dict[UUID, float] = {}
        self._missed: dict[UUID, float] = {}
        self._epoch: str | None = None
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
        if self._revoked_at.get(identity.id, -1.0) >= socket.session_asked_at:
            self.sessions.add(socket)
            return
        socket.session_due_at = self.loop.time() + SESSIONS_EVERY_SECONDS
        if socket.is_suspended:
            socket.is_suspended = False
            if socket.room_id is not None:
                self._look_again(socket.room_id)
            self.lag(socket)
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
            for thread in heads:
                if self._missed.get(thread, -1.0) >= since:
                    self.fetcher.add(thread)
        socket.is_welcomed = True
        self.lag(socket)

    def leave(self, socket: "Socket") -> None:
        """The connection is gone."""
        for thread in tuple(socket.typing_in):
            self.presence.typing(socket, thread, on=False)
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

    # --- News out
    def deliver(self, news: News) -> None:
        """Hand out one fetch."""
        if news.epoch and news.epoch != self._epoch:
            self._epoch = news.epoch
            self._end_other_epochs(news.epoch)
        self._revoke(news.revoked)
        if news.is_waiting_changed:
            self.inbox.knock()
        for thread, entries in news.entries.items():
            self._deliver_thread(thread, entries, news)
        for room_id, room in news.rooms.items():
            self._look_afresh(room_id, room)
        for thread, people in news.readers.items():
            if thread not in news.entries:
                self._missed[thread] = self.loop.time()
                if thread in self.board.feeds:
                    self.fetcher.add(thread)
            self.inbox.note(thread, news.rooms_of[thread], people)

    def _deliver_thread(self, thread: UUID, entries: list[LogEntry], news: News) -> None:
        room = self.board.rooms.get(news.rooms_of[thread])
        if room is None:
            return
        feed = self.board.feed(room, thread, 0)
        entries = [entry for entry in entries if entry.seq > feed.head]
        if not entries or entries[0].seq != feed.head + 1:
            return
        readers, before, last = news.readers[thread], feed.head, entries[-1].seq
        feed.head = last
        frame = frames.events(thread, room.id, [orjson.dumps(entry.payload) for entry in entries])
        for socket in tuple(room.sockets):
            given = socket.given.get(thread)
            if socket.user_id not in readers:
                if given is not None:
                    self._look_again(room.id)
                    del socket.given[thread]
            elif given == before and socket.may_take(len(entries)):
                socket.give(thread, last, len(entries), frame)
            else:
                socket.given.setdefault(thread, 0)
                self.lag(socket)
        if len(entries) >= p.WINDOW_EVENTS:
            self.fetcher.add(thread)

    def deliver_pages(self, sockets: list["Socket"], news: News) -> None:
        """Hand out one read for those that lag."""
        self._revoke(news.revoked)
        encoded = {
            thread: [(entry.seq, orjson.dumps(entry.payload)) for entry in entries]
            for thread, entries in news.entries.items()
        }
        shared: dict[tuple[UUID, int, int], frames.Frame] = {}
        for socket in sockets:
            socket.is_catching_up = False
            if socket.is_closed or socket.is_suspended:
                continue
            for thread, events in encoded.items():
                if thread in socket.given:
                    self._give_page(socket, thread, events, news, shared)
            self.lag(socket)

    def _give_page(
        self,
        socket: "Socket",
        thread: UUID,
        events: list[tuple[int, bytes]],
        news: News,
        shared: dict[tuple[UUID, int, int], frames.Frame],
    ) -> None:
        if socket.user_id not in news.readers[thread]:
            del socket.given[thread]
            self._look_again(news.rooms_of[thread])
            return
        position = socket.given[thread]
        chosen = [event for event in events if event[0] > position][: socket.room_left()]
        if not chosen or chosen[0][0] != position + 1:
            return
        last = chosen[-1][0]
        key = (thread, position, last)
        frame = shared.get(key)
        if frame is None:
            frame = shared[key] = frames.events(thread, news.rooms_of[thread], [event for _, event in chosen])
        socket.give(thread, last, len(chosen), frame)

    def behind(self, socket: "Socket") -> list[tuple[UUID, int]]:
        """The threads of which the socket has not been given everything, with what it has."""
        if socket.is_closed or socket.is_suspended or socket.room_left() <= 0:
            return []
        feeds = self.board.feeds
        return [
            (thread, seq) for thread, seq in socket.given.items() if (feed := feeds.get(thread)) and feed.head > seq
        ]

    def lag(self, socket: "Socket") -> None:
        """Read for this socket alone, if something is missing and it can take it; else it is in step."""
        if socket.is_catching_up or socket.is_closed or not socket.is_welcomed:
            return
        if self.behind(socket):
            socket.is_catching_up = True
            self.catch_up.add(socket)
        elif not socket.is_synced and not socket.is_suspended and self._has_everything(socket):
            socket.is_synced = True
            socket.send(frames.SYNCED)

    def retry_later(self, socket: "Socket") -> None:
        self.loop.call_later(0.5, self.lag, socket)

    def _has_everything(self, socket: "Socket") -> bool:
        feeds = self.board.feeds
        return all(thread not in feeds or feeds[thread].head <= seq for thread, seq in socket.given.items())

    def _end_other_epochs(self, epoch: str) -> None:
        """The database is another one than before, a restore: whoever was welcomed to the old one starts anew."""
        for socket in tuple(self.board.sockets):
            if socket.is_welcomed and socket.epoch != epoch:
                socket.close(p.RESTARTING)

    # --- Who may still
    def _revoke(self, rows: dict[int, UUID]) -> None:
        """Hold back everything from people a right of whom has just ended, and look their sessions up again."""
        if not rows and not self._revoked:
            return
        for person in {person for row, person in rows.items() if row not in self._revoked}:
            self._revoked_at[person] = self.loop.time()
            for socket in self.board.by_person.get(person, ()):
                socket.is_suspended = True
                self.sessions.add(socket)
        self._revoked = frozenset(rows)

    def _look_again(self, room_id: UUID) -> None:
        """Somebody there has lost something: look at the whole room."""
        self.fetcher.add(Poll((), (room_id,)))

    def _look_afresh(self, room_id: UUID, now: RoomNow) -> None:
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
            self.lag(socket)
        self.presence.changed(room_id)

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
        if self._turn % HEARTBEAT_SECONDS == 0:
            self.hints.beat()
            self.presence.beat()
            for memory in (self._missed, self._revoked_at):
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
        for worker in (self.writer, self.fetcher, self.catch_up, self.sessions, self.welcomes, self.inbox):
            worker.stop()
