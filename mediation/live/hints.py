"""Hints between processes: ids of threads with news, and presence. Lost ones cost at most a second, so nothing waits
for them, and a dead or stalled Redis is left alone for a while.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from typing import Any

from channels.layers import get_channel_layer

logger = logging.getLogger(__name__)

GROUP = "live"
SPACING_SECONDS = 0.01
SEND_WITHIN_SECONDS = 0.5
PENDING = 2_000
COMPANY_SECONDS = 30  # three missed beats, and a process is thought to be alone
REST_SECONDS = (1.0, 10.0)


class Breaker:
    """After a failure, rest; after each further one, twice as long, up to a limit."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.rest = REST_SECONDS[0]
        self.open_until = 0.0

    @property
    def is_open(self) -> bool:
        return self.clock() < self.open_until

    def failed(self) -> None:
        self.open_until = self.clock() + self.rest
        self.rest = min(self.rest * 2, REST_SECONDS[1])

    def worked(self) -> None:
        self.rest = REST_SECONDS[0]


class Hints:
    """Tells and hears. `hear(message)` gets what other processes said."""

    def __init__(self, loop: asyncio.AbstractEventLoop, hear: Callable[[dict[str, Any]], None]) -> None:
        self.loop = loop
        self.hear = hear
        self.process = secrets.token_hex(8)
        self.breaker = Breaker(loop.time)
        self._company_until = 0.0
        self._news: set[str] = set()
        self._others: dict[str, list[Any]] = {}
        self._pending = 0
        self._is_sending = False
        self._tasks = [loop.create_task(self._listen())]

    def news(self, threads: list[str]) -> None:
        """Threads of which this process has committed news."""
        if self._has_company and not self.breaker.is_open and len(self._news) < PENDING:
            self._news.update(threads)
            self._send_soon()

    def tell(self, what: str, item: Any) -> None:
        """One item of presence, typing or reading."""
        if self._has_company and not self.breaker.is_open and self._pending < PENDING:
            self._pending += 1
            self._others.setdefault(what, []).append(item)
            self._send_soon()

    def beat(self) -> None:
        """Let the other processes know that this one is here. Whoever has heard of none tells none."""
        if not self.breaker.is_open:
            self._others["beat"] = [1]
            self._send_soon()

    @property
    def _has_company(self) -> bool:
        return self.loop.time() < self._company_until

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _send_soon(self) -> None:
        if not self._is_sending:
            self._is_sending = True
            self._tasks = [task for task in self._tasks if not task.done()]
            self._tasks.append(self.loop.create_task(self._send()))

    async def _send(self) -> None:
        try:
            while self._news or self._others:
                message = {"type": "hint", "from": self.process, "news": list(self._news), **self._others}
                self._news, self._others, self._pending = set(), {}, 0
                await asyncio.wait_for(get_channel_layer().group_send(GROUP, message), SEND_WITHIN_SECONDS)
                self.breaker.worked()
                await asyncio.sleep(SPACING_SECONDS)
        except Exception as error:
            self._news, self._others, self._pending = set(), {}, 0
            self.breaker.failed()
            logger.warning("hints rest for %.0f s: %r", self.breaker.open_until - self.loop.time(), error)
        finally:
            self._is_sending = False

    async def _listen(self) -> None:
        rest = REST_SECONDS[0]
        while True:
            try:
                layer = get_channel_layer()
                channel = await layer.new_channel()
                await layer.group_add(GROUP, channel)
                rest = REST_SECONDS[0]
                self.beat()
                while True:
                    message = await layer.receive(channel)
                    if message.get("from") != self.process:
                        self._hear(message)
            except Exception as error:
                logger.warning("hints are deaf for %.0f s: %r", rest, error)
                await asyncio.sleep(rest)
                rest = min(rest * 2, REST_SECONDS[1])

    def _hear(self, message: dict[str, Any]) -> None:
        if not self._has_company:
            self.beat()
        self._company_until = self.loop.time() + COMPANY_SECONDS
        try:
            self.hear(message)
        except Exception:
            logger.exception("a hint could not be taken")
