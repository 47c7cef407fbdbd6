"""Reading for sockets that lag: just come back, newly allowed into a thread, or slow. In pages, apart from the news,
and for all that lag together.
"""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from mediation.live.gather import Gatherer
from mediation.live.hub import reading

if TYPE_CHECKING:
    from mediation.live.hub.hub import Hub
    from mediation.live.socket import Socket

PAGE = 100


@dataclass(frozen=True, slots=True)
class Job:
    cursors: dict[UUID, int]
    outsiders: frozenset[UUID]


class CatchUp(Gatherer["Socket"]):
    """Takes sockets that have not been given everything yet."""

    name = "catch-up"
    batch_limit = 128

    def __init__(self, loop: asyncio.AbstractEventLoop, hub: "Hub") -> None:
        super().__init__(loop)
        self.hub = hub

    def prepare(self, batch: list["Socket"]) -> Job | None:
        cursors: dict[UUID, int] = {}
        outsiders: set[UUID] = set()
        for socket in batch:
            for thread, position in self.hub.delivery.behind(socket):
                cursors[thread] = min(position, cursors.get(thread, position))
            if socket.is_outsider:
                outsiders.add(socket.user_id)
        if not cursors:
            for socket in batch:
                socket.is_catching_up = False
            return None
        return Job(cursors, frozenset(outsiders))

    def work(self, job: Job) -> reading.News:
        news = reading.News()
        reading.events(news, job.cursors, job.outsiders, limit=PAGE)
        news.revoked = reading.revoked()
        return news

    def finish(self, batch: list["Socket"], result: reading.News) -> None:
        self.hub.delivery.pages(batch, result)

    def fail(self, batch: list["Socket"], error: Exception) -> None:
        super().fail(batch, error)
        for socket in batch:
            socket.is_catching_up = False
            self.hub.delivery.retry_later(socket)
