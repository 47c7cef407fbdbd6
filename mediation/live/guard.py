"""Daphne's protocols with limits of their own, which Daphne does not have: how much may wait to go out, how many frames
may wait to be taken, how long a body may be.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from daphne.http_protocol import HTTPFactory, WebRequest
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol

from mediation.live import protocol as p
from mediation.live.frames import Frame

BUFFERED_BYTES = 1024 * 1024
QUEUED_FRAMES = 64
UPLOAD_BYTES = 26 * 1024 * 1024
BODY_BYTES = 1024 * 1024
# RFC 6455, 5.2: the first two bytes of a frame.
FINAL_TEXT, MASKED, LONG_FRAME, VERY_LONG_FRAME, SHORTEST_FRAME = 0x81, 0x80, 126, 127, 6
DRAINED_BYTES = 256 * 1024
DRAIN_WITHIN_SECONDS = 60
DRAIN_LOOK_SECONDS = 0.02


def buffered(transport: Any) -> int:
    """Bytes that wait in this process for the client to read."""
    if transport is None:
        return 0
    return len(transport.dataBuffer) - transport.offset + transport._tempDataLen


class Wire:
    """The way out past Daphne's per-message machinery: the shared bytes of a frame, straight to the transport."""

    __slots__ = ("_protocol",)

    def __init__(self, protocol: "GuardedSocket") -> None:
        self._protocol = protocol

    def listen(self, hear: Callable[[bytes], None]) -> None:
        """Hand frames to `hear` as they come, instead of queueing them for `receive`."""
        self._protocol.hear = hear

    def send(self, frame: Frame) -> None:
        protocol = self._protocol
        if protocol.state != protocol.STATE_OPEN:
            return
        transport, data = protocol.transport, frame.wire
        if not transport.dataBuffer and not transport._tempDataBuffer and not transport.disconnecting:
            # Nothing waits: to the kernel at once, without asking the loop to call back.
            written = transport.writeSomeData(data)
            if written == len(data):
                return
            if isinstance(written, int):
                data = data[written:]
        transport.write(data)
        if buffered(transport) > BUFFERED_BYTES:
            transport.abortConnection()

    def close(self, code: int) -> None:
        if self._protocol.state == self._protocol.STATE_OPEN:
            self._protocol.sendCloseFrame(code)  # `sendClose` raises for 1013, which is registered all the same


class GuardedSocket(WebSocketProtocol):
    """A WebSocket that hands its frames on at once, or queues a few."""

    hear: Callable[[bytes], None] | None = None
    muted: bool = False

    def dataReceived(self, data: bytes) -> None:
        """Text frames that arrive whole are taken here; everything else is autobahn's."""
        if self.hear is not None and not self.data and self.current_frame is None and not self.inside_message:
            data = self._hear_whole_frames(data)
        if data:
            super().dataReceived(data)

    def _hear_whole_frames(self, data: bytes) -> bytes:
        """Hand on each complete, final, masked text frame at the beginning; returns the rest."""
        while (
            len(data) >= SHORTEST_FRAME and data[0] == FINAL_TEXT and self.state == self.STATE_OPEN and not self.muted
        ):
            length, begin = data[1] - MASKED, 2
            if length == LONG_FRAME:
                length, begin = int.from_bytes(data[2:4], "big"), 4
            end = begin + 4 + length
            if not 0 <= length <= p.FRAME_BYTES or data[1] == MASKED + VERY_LONG_FRAME or len(data) < end:
                break
            payload, data = _unmasked(data[begin : begin + 4], data[begin + 4 : end]), data[end:]
            self.last_ping = time.time()
            assert self.hear is not None
            self.hear(payload)
        return data

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        if self.muted:
            return
        self.last_ping = time.time()
        if self.hear is not None:
            self.hear(payload)
        elif self.application_queue.qsize() >= QUEUED_FRAMES:
            self.muted = True
            self.sendClose(p.TOO_FAST)
            self.application_queue.put_nowait({"type": "websocket.disconnect", "code": p.TOO_FAST})
        else:
            self.application_queue.put_nowait({"type": "websocket.receive", "bytes": payload})


def _unmasked(mask: bytes, data: bytes) -> bytes:
    """A client's bytes in clear (RFC 6455, 5.3)."""
    size = len(data)
    key = int.from_bytes((mask * (size // 4 + 1))[:size], "little")
    return (int.from_bytes(data, "little") ^ key).to_bytes(size, "little")


class GuardedSocketFactory(WebSocketFactory):
    protocol = GuardedSocket


class GuardedRequest(WebRequest):
    """A request whose body has a limit: 26 MiB for uploads, 1 MiB for everything else."""

    _body_left = BODY_BYTES

    def gotLength(self, length: int | None) -> None:
        kind = (self.requestHeaders.getRawHeaders(b"content-type") or [b""])[0]
        if kind.lower().startswith(b"multipart/form-data"):
            self._body_left = UPLOAD_BYTES
        super().gotLength(length)
        if length is not None and length > self._body_left:
            self._refuse_body()

    def handleContentChunk(self, data: bytes) -> None:
        self._body_left -= len(data)
        if self._body_left < 0:
            self._refuse_body()
        else:
            super().handleContentChunk(data)

    def _refuse_body(self) -> None:
        self._body_left = -1
        transport = self.channel.transport
        if not transport.disconnecting:
            transport.write(b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            transport.loseConnection()


class GuardedHTTPFactory(HTTPFactory):
    def buildProtocol(self, addr: Any) -> Any:
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = GuardedRequest
        return protocol


async def until_drained(transport: Any) -> None:
    """Wait until the client has read most of what was written; cut it off when it reads nothing for a minute."""
    before, since = buffered(transport), time.monotonic()
    while before > DRAINED_BYTES and transport.connected:
        await asyncio.sleep(DRAIN_LOOK_SECONDS)
        now = buffered(transport)
        if now < before:
            since = time.monotonic()
        elif time.monotonic() - since > DRAIN_WITHIN_SECONDS:
            transport.abortConnection()
            return
        before = now
