"""A WebSocket client that costs next to nothing, so that the generator does not eat the server's cores.

Only what a load generator needs: text frames, pings, close. Frames are masked with zeros, which is valid.
"""

import asyncio
import base64
import os
import struct
from collections.abc import Callable
from typing import cast

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


class HandshakeRefused(ConnectionError):
    """The server answered the upgrade with something else than 101."""


def frame(payload: bytes, opcode: int = TEXT) -> bytes:
    """One masked client frame."""
    size = len(payload)
    if size < 126:
        return struct.pack("!BBI", 0x80 | opcode, 0x80 | size, 0) + payload
    if size < 65536:
        return struct.pack("!BBHI", 0x80 | opcode, 0x80 | 126, size, 0) + payload
    return struct.pack("!BBQI", 0x80 | opcode, 0x80 | 127, size, 0) + payload


class Wire(asyncio.Protocol):
    """One socket. `on_text` gets each text frame's bytes, `on_lost` is called once when the socket is gone."""

    def __init__(self, on_text: Callable[[bytes], None], on_lost: Callable[[], None]) -> None:
        self.on_text = on_text
        self.on_lost = on_lost
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.close_code: int | None = None
        self.transport: asyncio.Transport | None = None
        self._buffer = b""
        self._parts: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is not one by inheritance

    def connection_lost(self, error: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(HandshakeRefused("the connection was lost during the handshake"))
        self.on_lost()

    def data_received(self, data: bytes) -> None:
        buffer = self._buffer + data if self._buffer else data
        if not self.opened.done():
            head, separator, buffer = buffer.partition(b"\r\n\r\n")
            if not separator:
                self._buffer = head
                return
            self._answered(head)
        self._buffer = self._take_frames(buffer)

    def _answered(self, head: bytes) -> None:
        status = head.split(b"\r\n", 1)[0]
        if b" 101 " in status:
            self.opened.set_result(None)
        else:
            self.opened.set_exception(HandshakeRefused(status.decode("latin-1")))
            self.cut()

    def _take_frames(self, buffer: bytes) -> bytes:
        at, end = 0, len(buffer)
        while end - at >= 2:
            size, start = buffer[at + 1] & 0x7F, at + 2
            if size == 126:
                size, start = int.from_bytes(buffer[at + 2 : at + 4], "big"), at + 4
            elif size == 127:
                size, start = int.from_bytes(buffer[at + 2 : at + 10], "big"), at + 10
            if end < start + size:
                break
            self._took(buffer[at], buffer[start : start + size])
            at = start + size
        return buffer[at:] if at else buffer

    def _took(self, first: int, payload: bytes) -> None:
        opcode, final = first & 0x0F, first & 0x80
        if opcode == PING:
            self._write(frame(payload, PONG))
        elif opcode == CLOSE:
            self.close_code = int.from_bytes(payload[:2], "big") if payload else 1005
            self.cut()
        elif opcode == TEXT and final:
            self.on_text(payload)
        elif opcode in (0, TEXT):
            self._parts.append(payload)
            if final:
                whole, self._parts = b"".join(self._parts), []
                self.on_text(whole)

    def _write(self, data: bytes) -> None:
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(data)

    def send(self, payload: bytes) -> None:
        """Send one text frame; a socket that is gone swallows it, as a network would."""
        self._write(frame(payload))

    def cut(self) -> None:
        """Drop the connection without a goodbye."""
        if self.transport is not None:
            self.transport.abort()


async def connect(
    port: int, path: str, cookie: str, on_text: Callable[[bytes], None], on_lost: Callable[[], None]
) -> Wire:
    """Open a signed-in socket to 127.0.0.1. Raises `OSError` (also as `HandshakeRefused`)."""
    loop = asyncio.get_running_loop()
    _, wire = await loop.create_connection(lambda: Wire(on_text, on_lost), "127.0.0.1", port)
    key = base64.b64encode(os.urandom(16)).decode()
    wire._write(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    try:
        await wire.opened
    except BaseException:
        wire.cut()
        raise
    return wire
