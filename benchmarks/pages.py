"""HTTP pages under load: history, inbox and search, by a few readers on kept-alive connections."""

import asyncio
from collections.abc import Callable, Sequence
from time import perf_counter

from benchmarks.meter import Meter
from benchmarks.report import Figures, percentile
from benchmarks.seat import Seat


class Reader:
    """One browser's kept-alive connection to 127.0.0.1."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port = port
        self.cookie = cookie
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> bytes:
        """The body of a 200 answer. Raises `RuntimeError` with the status line for any other."""
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self.cookie}\r\n"
            "Accept: application/json\r\n\r\n".encode()
        )
        head = await reader.readuntil(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").lower().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines if ": " in line)
        body = await self._body(reader, headers)
        if headers.get("connection") == "close":
            writer.close()
            self.streams = None
        if " 200" not in status:
            raise RuntimeError(f"{path}: {status} {body[:200]!r}")
        return body

    async def _body(self, reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding") != "chunked":
            return await reader.readexactly(int(headers.get("content-length", "0")))
        parts = []
        while size := int(await reader.readline(), 16):
            parts.append((await reader.readexactly(size + 2))[:-2])
        await reader.readline()
        return b"".join(parts)


async def read_pages(
    seats: Sequence[Seat], path: Callable[[Seat, int], str], *, readers: int, seconds: float
) -> Figures:
    """`readers` people each ask for the next page when they have the last one, for `seconds`."""
    times: list[float] = []
    sizes: list[int] = []
    meter = Meter(seats[0].target.roots())

    async def read(at: int, until: float) -> None:
        seat = seats[at % len(seats)]
        reader = Reader(seat.target.port, seat.cookie)
        turn = at
        while (began := perf_counter()) < until:
            body = await reader.get(path(seat, turn))
            times.append(perf_counter() - began)
            sizes.append(len(body))
            turn += readers

    await asyncio.gather(*(read(at, perf_counter() + 0.3) for at in range(readers)))  # warm up
    times.clear()
    meter.start()
    await asyncio.gather(*(read(at, perf_counter() + seconds) for at in range(readers)))
    spent = sum(meter.stop().values())
    return {
        "CPU-s/1,000": spent / max(len(times), 1) * 1000,
        "p50 ms": percentile(times, 50) * 1000,
        "p95 ms": percentile(times, 95) * 1000,
        "p99 ms": percentile(times, 99) * 1000,
        "pages": float(len(times)),
        "bytes": percentile(sizes, 50),
    }
