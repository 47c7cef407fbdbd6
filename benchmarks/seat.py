"""One signed-in viewer of one room, on whichever server is being measured."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.ledger import Ledger, body
from benchmarks.wire import Wire, connect

if TYPE_CHECKING:
    from benchmarks.targets import Target


JOIN_SECONDS = 60


class Refusal(RuntimeError):
    """The server refused a message of the load; the text is its code."""


@dataclass
class Seat:
    """`cursors` are the newest sequence numbers this viewer has, by thread (or by room, on the yard-stick)."""

    target: "Target"
    room: str
    thread: str
    user: str
    cookie: str
    is_staff: bool
    cursors: dict[str, int]
    members: int = 3
    ledger: Ledger = field(default_factory=Ledger)
    wire: Wire | None = None
    synced: asyncio.Event = field(default_factory=asyncio.Event)
    pending: dict[int, asyncio.Future[None]] = field(default_factory=dict)
    unapplied: int = 0  # events received since the last `applied`
    applied: int = 0

    @property
    def who(self) -> tuple[object, str]:
        return self.room, self.user

    async def join(self, within: float = JOIN_SECONDS) -> None:
        """Connect, and return when everything missed has arrived. Raises `OSError`, also when time is up."""
        self.synced.clear()
        self.unapplied = self.applied = 0
        try:
            async with asyncio.timeout(within):
                path = self.target.socket_path(self)
                self.wire = await connect(self.target.port, path, self.cookie, self._received, self._lost)
                self.target.opened(self)
                await self.synced.wait()
        except TimeoutError:
            self.leave()
            raise
        if self.wire is None:
            raise ConnectionError("the socket was closed before it was in sync")

    def _received(self, payload: bytes) -> None:
        self.target.received(self, payload)

    def _lost(self) -> None:
        self.wire = None
        self.synced.set()  # wakes a waiting join
        for future in self.pending.values():
            if not future.done():
                future.set_exception(ConnectionError("the socket was lost"))

    def leave(self) -> None:
        """Cut the connection, as a lost network does."""
        if self.wire is not None:
            self.wire.cut()
            self.wire = None

    def post(self, at: float | None = None) -> int:
        """Send a new message without waiting; returns its number. `at` is the moment it was due."""
        number = self.ledger.start(self.room, self.members, at)
        self.post_again(number)
        return number

    def post_again(self, number: int) -> None:
        """Send a message that may have been sent before, under the same client id."""
        if self.wire is not None:
            self.wire.send(self.target.message(self, number, body(number)))

    async def say(self, number: int | None = None) -> None:
        """Send a message (or message `number` again) and wait for its acknowledgement."""
        future = asyncio.get_running_loop().create_future()
        if number is None:
            number = self.post()
        else:
            self.post_again(number)
        self.pending[number] = future
        try:
            if self.wire is None:
                raise ConnectionError("the socket is gone")
            await future
        finally:
            self.pending.pop(number, None)

    def acknowledged(self, number: int) -> None:
        self.ledger.ack(number)
        future = self.pending.get(number)
        if future is not None and not future.done():
            future.set_result(None)

    def refused(self, number: int, code: str) -> None:
        future = self.pending.get(number)
        if future is not None and not future.done():
            future.set_exception(Refusal(code))
        else:
            raise Refusal(code)
