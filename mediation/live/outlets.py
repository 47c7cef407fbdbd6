"""The way out through plain ASGI, for servers other than ours: a queue and a task for each socket."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from mediation.live.frames import Frame

BUFFERED_BYTES = 1024 * 1024


class AsgiOutlet:
    """Keeps the order of frames. A client that lets a mebibyte pile up is cut off."""

    def __init__(self, send: Callable[[MutableMapping[str, Any]], Awaitable[None]]) -> None:
        self._send = send
        self._frames: deque[Frame] = deque()
        self._bytes = 0
        self._close_code: int | None = None
        self._task: asyncio.Task[None] | None = None

    def send(self, frame: Frame) -> None:
        if self._close_code is not None:
            return
        self._frames.append(frame)
        self._bytes += len(frame.payload)
        if self._bytes > BUFFERED_BYTES:
            self._frames.clear()
            self.close(1013)
            return
        self._start()

    def close(self, code: int) -> None:
        if self._close_code is None:
            self._close_code = code
            self._start()

    def _start(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._drain())

    async def _drain(self) -> None:
        try:
            while self._frames:
                frame = self._frames.popleft()
                await self._send({"type": "websocket.send", "text": frame.text})
                self._bytes -= len(frame.payload)
            if self._close_code is not None:
                await self._send({"type": "websocket.close", "code": self._close_code})
        except Exception:  # the client has gone; the receiving side finds out
            self._frames.clear()
