"""One thread with its own database connection that does everything that has gathered while it was busy, at once.

This is what makes a message cheap: sixteen sends that arrive while the previous commit waits for the disk become one
transaction, and sixteen notices become one read. Nobody waits *for* company: an idle thread starts at the end of the
loop's current turn, that is after every socket that had something to say has been heard. Only after a crowd it holds
the door for two milliseconds: those just answered speak again, and the first of them would else go alone, every time.
"""

import asyncio
import logging
import queue
import threading
from typing import Any, Generic, TypeVar

from django.db import connections

T = TypeVar("T")
logger = logging.getLogger(__name__)

CROWD = 4  # items in a batch
CROWD_SECONDS = 0.002


class Gatherer(Generic[T]):
    """Subclasses say how a batch is prepared (loop), worked on (thread), finished (loop)."""

    name = "gatherer"
    batch_limit = 256

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.waiting: list[T] = []
        self.is_busy = False
        self._jobs: queue.SimpleQueue[tuple[list[T], Any] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=f"live-{self.name}", daemon=True)
        self._thread.start()

    def add(self, item: T) -> None:
        """Loop only."""
        self.waiting.append(item)
        if not self.is_busy:
            self.is_busy = True
            self.loop.call_soon(self._start)

    def stop(self) -> None:
        self._jobs.put(None)

    def prepare(self, batch: list[T]) -> Any:
        """Loop: what the thread needs to know. None if there is nothing to do."""
        return batch

    def work(self, job: Any) -> Any:
        """Thread: the database work."""
        raise NotImplementedError

    def finish(self, batch: list[T], result: Any) -> None:
        """Loop: hand out the result."""
        raise NotImplementedError

    def fail(self, batch: list[T], error: Exception) -> None:
        """Loop: the work raised."""
        # Only its kind: a database says what was in the row.
        logger.warning("live %s failed: %s", self.name, type(error).__name__)

    def _start(self) -> None:
        while self.waiting:
            batch, self.waiting = self.waiting[: self.batch_limit], self.waiting[self.batch_limit :]
            job = self.prepare(batch)
            if job is not None:
                self._jobs.put((batch, job))
                return
        self.is_busy = False

    def _run(self) -> None:
        while (found := self._jobs.get()) is not None:
            batch, job = found
            try:
                result = self.work(job)
            except Exception as error:  # the thread must outlive any failure of a batch
                result = error
                connections.close_all()
            try:
                self.loop.call_soon_threadsafe(self._done, batch, result)
            except RuntimeError:  # the loop has closed
                break
        connections.close_all()

    def _done(self, batch: list[T], result: Any) -> None:
        try:
            if isinstance(result, Exception):
                self.fail(batch, result)
            else:
                self.finish(batch, result)
        except Exception:
            logger.exception("live %s could not hand out a result", self.name)
        if len(batch) >= CROWD and len(self.waiting) * 2 < len(batch):
            self.loop.call_later(CROWD_SECONDS, self._start)
        else:
            self._start()
