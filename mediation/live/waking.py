"""Wakes the worker after a commit, from a thread of its own. A lost knock costs at most one sweep of the worker."""

import logging
import threading
import time
from collections.abc import Iterable
from uuid import UUID

from mediation.live.hints import Breaker

logger = logging.getLogger(__name__)

SPACING_SECONDS = 0.5


class Waker:
    """At most two knocks a second. A broker that does not answer is left alone for a while."""

    def __init__(self) -> None:
        self._news = threading.Event()
        self._is_stopped = False
        self._breaker = Breaker(time.monotonic)
        self._thread = threading.Thread(target=self._run, name="live-waker", daemon=True)
        self._thread.start()

    def knock(self, topics: Iterable[UUID]) -> None:
        """Any thread; returns at once."""
        if not self._news.is_set():
            self._news.set()

    def stop(self) -> None:
        self._is_stopped = True
        self._news.set()

    def _run(self) -> None:
        # Now, not with the first message: loading the broker's client takes a while.
        from mediation.events.tasks import dispatch

        dispatch.app.connection_for_write().get_transport_cls()

        while self._news.wait() and not self._is_stopped:
            self._news.clear()
            if not self._breaker.is_open:
                try:
                    dispatch.apply_async(retry=False, expires=10)
                    self._breaker.worked()
                except Exception as error:  # whatever the broker's client raises
                    self._breaker.failed()
                    logger.warning("the worker could not be woken: %r", error)
            time.sleep(SPACING_SECONDS)
