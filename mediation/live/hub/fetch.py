"""Reading what is new in the rooms shown here: once for all sockets, as soon as the bell rings, a hint comes in or
the poll finds a head that moved.
"""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from mediation.conversations.queries import log
from mediation.conversations.queries.inbox import who_waits
from mediation.core import epoch
from mediation.live.gather import Gatherer
from mediation.live.hub import reading
from mediation.live.hub.inbox import follows_desk

if TYPE_CHECKING:
    from mediation.live.hub.hub import Hub

EVENTS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Poll:
    """Look at the heads of all rooms shown, and afresh at who is in some of them."""

    rooms: tuple[UUID, ...]
    look_afresh: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Job:
    cursors: dict[UUID, int]
    unknown: frozenset[UUID]
    outsiders: frozenset[UUID]
    polls: tuple[Poll, ...]
    is_waiting_watched: bool


class Fetcher(Gatherer[UUID | Poll]):
    """Takes ids of threads with news. One thread: each event is read once."""

    name = "fetch"

    def __init__(self, loop: asyncio.AbstractEventLoop, hub: "Hub") -> None:
        super().__init__(loop)
        self.hub = hub
        self._waiting: object = None  # what the last look found

    def prepare(self, batch: list[UUID | Poll]) -> Job:
        polls = tuple(item for item in batch if isinstance(item, Poll))
        feeds, cursors, unknown, outsiders = self.hub.board.feeds, {}, set(), set()
        for item in batch:
            if isinstance(item, Poll):
                continue
            feed = feeds.get(item)
            if feed is None:
                unknown.add(item)
            elif item not in cursors:
                cursors[item] = feed.head
                outsiders |= self.hub.board.rooms[feed.room_id].outsiders()
        is_watched = bool(polls) and any(map(follows_desk, self.hub.board.sockets))
        return Job(cursors, frozenset(unknown), frozenset(outsiders), polls, is_watched)

    def work(self, job: Job) -> reading.News:
        news = reading.News()
        cursors, outsiders = dict(job.cursors), set(job.outsiders)
        for poll in job.polls:
            self._add_moved(poll, cursors)
        elsewhere = self._place(job.unknown, cursors, outsiders, news)
        reading.events(news, cursors, outsiders, limit=EVENTS_AT_ONCE)
        if elsewhere:
            news.readers |= log.readers(elsewhere)
        self._look_afresh(job, news)
        if job.is_waiting_watched:
            waiting = who_waits()
            news.is_waiting_changed, self._waiting = waiting != self._waiting, waiting
            news.desk = self.hub.desk.look()
        if job.polls:
            news.epoch = epoch.current()
        news.revoked = reading.revoked()
        return news

    def finish(self, batch: list[UUID | Poll], result: reading.News) -> None:
        self.hub.delivery.news(result)

    def _add_moved(self, poll: Poll, cursors: dict[UUID, int]) -> None:
        """Threads of shown rooms that are further than we know, or that we do not know yet."""
        feeds = self.hub.board.feeds
        for threads in log.heads(poll.rooms).values():
            for thread, head in threads:
                feed = feeds.get(thread)
                if feed is None:
                    cursors.setdefault(thread, 0)
                elif head > feed.head:
                    cursors.setdefault(thread, feed.head)

    def _place(
        self, unknown: frozenset[UUID], cursors: dict[UUID, int], outsiders: set[UUID], news: reading.News
    ) -> list[UUID]:
        """Give new threads of shown rooms a cursor; returns the others, which may matter to somebody's inbox."""
        elsewhere = []
        for thread, (room_id, _) in (reading.threads_known(unknown) if unknown else {}).items():
            news.rooms_of[thread] = room_id
            room = self.hub.board.rooms.get(room_id)
            if room is None:
                elsewhere.append(thread)
            else:
                cursors.setdefault(thread, 0)
                outsiders |= {socket.user_id for socket in tuple(room.sockets) if socket.is_outsider}
        return elsewhere

    def _look_afresh(self, job: Job, news: reading.News) -> None:
        """Rooms whose people changed, and those whose turn it is."""
        rooms = {entries[0].room_id for entries in news.entries.values() if _changes_people(entries)}
        rooms.update(*(poll.look_afresh for poll in job.polls))
        shown = [room for one in rooms if (room := self.hub.board.rooms.get(one))]
        staff = {socket.user_id for room in shown for socket in tuple(room.sockets) if socket.is_staff}
        news.rooms = reading.rooms_now([room.id for room in shown], staff)


def _changes_people(entries: list[log.LogEntry]) -> bool:
    return any(entry.payload["type"] in reading.PEOPLE_CHANGED for entry in entries)
