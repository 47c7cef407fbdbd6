"""A client as the browser's page is one: keeps a log of every thread, comes back by itself, sends again what was not
acknowledged under the same client id.
"""

import asyncio
import random
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

import orjson
from django.conf import settings
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

Frame = dict[str, Any]


async def open_socket(url: str, session: str | None, origin: str | None = None, **options: Any) -> ClientConnection:
    """A bare socket with that session and that Origin (the server's own, unless one is given)."""
    headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"} if session else {}
    own = url.replace("ws://", "http://").removesuffix("/live/")
    return await connect(
        url, origin=own if origin is None else origin, additional_headers=headers, compression=None, **options
    )


class LiveClient:
    """`log[thread]` holds the events applied, in order; `unsent` what waits for an ack, by client id.

    `autopilot=False` leaves reconnecting to the test.
    """

    def __init__(self, url: str, session: str, room: UUID | None, *, autopilot: bool = True) -> None:
        self.url = url
        self.session = session
        self.room = room
        self.autopilot = autopilot
        self.log: dict[str, list[Frame]] = defaultdict(list)
        self.frames: list[Frame] = []
        self.unsent: dict[str, Frame] = {}
        self.acks: dict[str, Frame] = {}
        self.refusals: dict[str, Frame] = {}
        self.closes: list[int | None] = []
        self.gaps = 0
        self.repeats = 0
        self.welcomes = 0
        self.state: Frame | None = None
        self.epoch: str | None = None
        self.is_synced = False
        self.tells = True  # whether it says what it has applied
        self.insists = False  # whether it sends again what was refused for the moment
        self.overhear: Callable[[str | bytes], None] | None = None  # is given every frame as it came
        self._may_read = asyncio.Event()
        self._may_read.set()
        self._changed = asyncio.Event()
        self._socket: ClientConnection | None = None
        self._task: asyncio.Task[None] | None = None
        self._applied = self._told = 0

    # --- Coming and going
    async def start(self, within: float = 10.0, *, or_end: bool = False) -> "LiveClient":
        """Connect and catch up; with `or_end` it may be cut off before, if a close says why."""
        self._task = asyncio.create_task(self._live())
        await self.until(lambda: self.is_synced or (or_end and bool(self.closes)), within)
        return self

    async def stop(self) -> None:
        self.autopilot = False
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        if self._socket:
            await self._socket.close()

    def pause(self) -> None:
        """Stop reading, as a page does whose machine sleeps."""
        self._may_read.clear()

    def resume(self) -> None:
        self._may_read.set()

    async def drop(self) -> None:
        """Lose the connection without a word."""
        if self._socket:
            self._socket.transport.abort()
            await self.until(lambda: not self.is_synced)

    async def _live(self) -> None:
        wait = 0.05
        while True:
            try:
                await self._once()
                wait = 0.05
            except (OSError, ConnectionClosed, InvalidHandshake, EOFError, TimeoutError):
                pass
            self.is_synced = False
            self._touch()
            if not self.autopilot:
                return
            await asyncio.sleep(random.uniform(0, wait))
            wait = min(wait * 2, 2.0)

    async def _once(self) -> None:
        self._applied = self._told = 0
        async with await open_socket(self.url, self.session, open_timeout=5) as socket:
            self._socket = socket
            cursors = {thread: events[-1]["seq"] for thread, events in self.log.items() if events}
            await self.say({"t": "hello", "v": 1, "epoch": self.epoch, "room": self.room, "cursors": cursors})
            for frame in list(self.unsent.values()):
                await self.say(frame)
            try:
                async for raw in socket:
                    if self.overhear:
                        self.overhear(raw)
                    self._hear(orjson.loads(raw))
                    if self.tells and self._applied - self._told >= 50:
                        await self._tell_applied()
                    await self._may_read.wait()
            finally:
                self.closes.append(socket.close_code)

    async def _tell_applied(self) -> None:
        self._told = self._applied
        await self.say({"t": "applied", "n": self._applied})

    # --- Hearing
    def _hear(self, frame: Frame) -> None:
        kind = frame["t"]
        if kind == "events":
            self._apply(frame)
        elif kind == "welcome":
            self.welcomes += 1
            if self.epoch not in (None, frame["epoch"]):
                self.log.clear()
            self.epoch, self.state = frame["epoch"], frame["room"]
        elif kind == "synced":
            self.is_synced = True
        elif kind == "ack":
            self.acks[frame["cid"]] = frame
            self.unsent.pop(frame["cid"], None)
        elif kind == "refused":
            self.refusals[frame["cid"]] = frame
            if not frame["retry"]:
                self.unsent.pop(frame["cid"], None)
            elif self.insists:
                asyncio.get_running_loop().call_later(0.3, self._say_again, frame["cid"])
        if kind != "events":
            self.frames.append(frame)
        self._touch()

    def _apply(self, frame: Frame) -> None:
        log = self.log[frame["thread"]]
        for event in frame["events"]:
            self._applied += 1
            expected = log[-1]["seq"] + 1 if log else 1
            if event["seq"] == expected:
                log.append(event)
            elif event["seq"] > expected:
                self.gaps += 1
            else:
                self.repeats += 1

    def _touch(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    # --- Saying
    async def say(self, frame: Frame | bytes | str) -> None:
        """Any frame, as it is."""
        assert self._socket is not None
        await self._socket.send(orjson.dumps(frame).decode() if isinstance(frame, dict) else frame)

    def send_soon(self, thread: UUID | str, text: str, **more: Any) -> str:
        """Queue a message; it is sent now or when the connection is back. Returns its client id."""
        frame = {"t": "send", "cid": str(uuid4()), "thread": str(thread), "text": text, **more}
        self.unsent[frame["cid"]] = frame
        self._sending = asyncio.create_task(self._try_to_say(frame))
        return frame["cid"]

    async def send(self, thread: UUID | str, text: str, **more: Any) -> Frame:
        """Send a message and wait for its answer, an `ack` or a `refused`."""
        return await self.answer(self.send_soon(thread, text, **more))

    async def do(self, t: str, **fields: Any) -> Frame:
        """Any command with a client id; waits for its answer."""
        cid = str(uuid4())
        await self.say({"t": t, "cid": cid, **fields})
        return await self.answer(cid)

    async def answer(self, cid: str, within: float = 10.0) -> Frame:
        await self.until(lambda: cid in self.acks or cid in self.refusals, within)
        return self.acks.get(cid) or self.refusals[cid]

    def _say_again(self, cid: str) -> None:
        if cid in self.unsent:
            self._sending = asyncio.create_task(self._try_to_say(self.unsent[cid]))

    async def _try_to_say(self, frame: Frame) -> None:
        with suppress(ConnectionClosed, OSError, AssertionError):
            await self.say(frame)

    # --- Waiting
    async def until(self, condition: Any, within: float = 10.0) -> None:
        """Wait until the condition holds; it is looked at after every frame."""
        async with asyncio.timeout(within):
            while not condition():
                if self._task and self._task.done() and not self._task.cancelled():
                    self._task.result()  # an accident of this client's own
                changed = self._changed
                with suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), 0.2)

    async def reached(self, thread: UUID | str, seq: int, within: float = 10.0) -> list[Frame]:
        """Wait until the thread's log has come to `seq`."""
        await self.until(lambda: self.seq(thread) >= seq, within)
        return self.log[str(thread)]

    async def closed(self, within: float = 5.0) -> int | None:
        """Wait for the end of the connection; returns the close code."""
        before = 0
        await self.until(lambda: len(self.closes) > before, within)
        return self.closes[-1]

    def seq(self, thread: UUID | str) -> int:
        log = self.log.get(str(thread))
        return log[-1]["seq"] if log else 0

    def seqs(self, thread: UUID | str) -> list[int]:
        return [event["seq"] for event in self.log[str(thread)]]

    def said(self, kind: str) -> list[Frame]:
        """Frames of a kind heard so far."""
        return [frame for frame in self.frames if frame["t"] == kind]
