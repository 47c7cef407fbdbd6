"""Everything that is not a send runs here: a few threads, and for each socket one command at a time in its order.

So a slow command holds up its own socket and nobody else's.
"""

import asyncio
import logging
import queue
import threading
from collections import deque
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connections

from mediation.core import clock
from mediation.core.errors import Refused, Unavailable
from mediation.live import protocol as p
from mediation.live.commands import perform

if TYPE_CHECKING:
    from mediation.live.socket import Socket

logger = logging.getLogger(__name__)

THREADS = 6
LANE = 64
Result = dict[str, Any] | Refused
Received = tuple[p.Command, datetime]  # a command and when it came


class Lanes:
    """Loop only, but for `_run`."""

    def __init__(self, loop: asyncio.AbstractEventLoop, threads: int = THREADS) -> None:
        self.loop = loop
        self._jobs: queue.SimpleQueue[tuple[Socket, Received] | None] = queue.SimpleQueue()
        self._lanes: dict[Socket, deque[Received]] = {}
        self._threads = [threading.Thread(target=self._run, name=f"live-lane-{n}", daemon=True) for n in range(threads)]
        for thread in self._threads:
            thread.start()

    @property
    def is_busy(self) -> bool:
        return bool(self._lanes)

    def add(self, socket: "Socket", command: p.Command) -> bool:
        """Put a command behind the socket's others. False: there are too many."""
        lane, received = self._lanes.get(socket), (command, clock.now())
        if lane is None:
            self._lanes[socket] = deque()
            self._jobs.put((socket, received))
        elif len(lane) >= LANE:
            return False
        elif lane and _replaces(command, lane[-1][0]):
            lane[-1] = received
        else:
            lane.append(received)
        return True

    def stop(self) -> None:
        for _ in self._threads:
            self._jobs.put(None)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            socket, (command, received_at) = job
            result: Result
            try:
                with clock.receiving(received_at):
                    result = perform(socket.session_key, command)
            except Refused as refusal:
                result = refusal
            except Exception as error:  # the thread must outlive any failure of a command
                logger.warning("a %s command failed: %s", type(command).__name__, type(error).__name__)
                result = Unavailable()
                connections.close_all()
            try:
                self.loop.call_soon_threadsafe(self._done, socket, command, result)
            except RuntimeError:  # the loop has closed
                break
        connections.close_all()

    def _done(self, socket: "Socket", command: p.Command, result: Result) -> None:
        lane = self._lanes[socket]
        if lane and not socket.is_closed:
            self._jobs.put((socket, lane.popleft()))
        else:
            del self._lanes[socket]
        socket.done(command, result)


def _replaces(new: p.Command, old: p.Command) -> bool:
    """Reading marks and drafts overtake those before them."""
    if isinstance(new, p.MarkRead) and isinstance(old, p.MarkRead):
        return new.thread == old.thread
    return isinstance(new, p.SaveDraft) and isinstance(old, p.SaveDraft) and new.thread == old.thread
