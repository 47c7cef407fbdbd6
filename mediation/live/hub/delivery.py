"""Handing out what was read: to everybody in step at once, to who lags a page of their own. Loop only."""

from typing import TYPE_CHECKING
from uuid import UUID

import orjson

from mediation.conversations.queries.log import LogEntry
from mediation.live import frames
from mediation.live import protocol as p
from mediation.live.hub.reading import News
from mediation.live.hub.rights import Rights

if TYPE_CHECKING:
    from mediation.live.hub.hub import Hub
    from mediation.live.socket import Socket


class Delivery:
    """What leaves the hub. Everything it hands out was read with who may read it, at that moment."""

    def __init__(self, hub: "Hub") -> None:
        self.hub = hub
        self.board = hub.board
        self.rights = Rights(hub)
        self.missed: dict[UUID, float] = {}  # threads with news that nobody here showed, and when
        self._epoch: str | None = None

    def news(self, news: News) -> None:
        """Hand out one fetch."""
        if news.epoch and news.epoch != self._epoch:
            self._epoch = news.epoch
            self._end_other_epochs(news.epoch)
        self.rights.end(news.revoked)
        if news.is_waiting_changed:
            self.hub.inbox.knock()
        if news.desk:
            self.hub.desk.knock(news.desk)
        for thread, entries in news.entries.items():
            self._give_thread(thread, entries, news)
        for room_id, room in news.rooms.items():
            self.rights.look_afresh(room_id, room)
        for thread, people in news.readers.items():
            if thread not in news.entries:
                self.missed[thread] = self.hub.loop.time()
                if thread in self.board.feeds:
                    self.hub.fetcher.add(thread)
            self.hub.inbox.note(thread, news.rooms_of[thread], people)

    def _give_thread(self, thread: UUID, entries: list[LogEntry], news: News) -> None:
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
                    self.rights.look_again(room.id)
                    del socket.given[thread]
            elif given == before and socket.may_take(len(entries)):
                socket.give(thread, last, len(entries), frame)
            else:
                socket.given.setdefault(thread, 0)
                self.lag(socket)
        if len(entries) >= p.WINDOW_EVENTS:
            self.hub.fetcher.add(thread)

    def pages(self, sockets: list["Socket"], news: News) -> None:
        """Hand out one read for those that lag."""
        self.rights.end(news.revoked)
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
            self.rights.look_again(news.rooms_of[thread])
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
            self.hub.catch_up.add(socket)
        elif not socket.is_synced and not socket.is_suspended and self._has_everything(socket):
            socket.is_synced = True
            socket.send(frames.SYNCED)

    def retry_later(self, socket: "Socket") -> None:
        self.hub.loop.call_later(0.5, self.lag, socket)

    def _has_everything(self, socket: "Socket") -> bool:
        feeds = self.board.feeds
        return all(thread not in feeds or feeds[thread].head <= seq for thread, seq in socket.given.items())

    def _end_other_epochs(self, epoch: str) -> None:
        """The database is another one than before, a restore: whoever was welcomed to the old one starts anew."""
        for socket in tuple(self.board.sockets):
            if socket.is_welcomed and socket.epoch != epoch:
                socket.close(p.RESTARTING)
