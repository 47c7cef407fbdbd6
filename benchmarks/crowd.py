"""Brings many seats in and out together, and keeps them polite while they sit."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from benchmarks.ledger import Ledger
from benchmarks.seat import Seat

AT_ONCE = 50


async def join_all(seats: Sequence[Seat], *, at_once: int = AT_ONCE) -> None:
    """Connect every seat, `at_once` handshakes at a time; return when all are in sync."""
    gate = asyncio.Semaphore(at_once)

    async def join(seat: Seat) -> None:
        async with gate:
            await seat.join()

    await asyncio.gather(*(join(seat) for seat in seats))


async def _say_applied(seats: Sequence[Seat]) -> None:
    while True:
        await asyncio.sleep(1)
        for seat in seats:
            seat.target.say_applied(seat)


@asynccontextmanager
async def seated(seats: Sequence[Seat]) -> AsyncIterator[Ledger]:
    """All seats in sync with one fresh ledger; afterwards they leave."""
    ledger = Ledger()
    for seat in seats:
        seat.ledger = ledger
    async with polite(seats):
        await join_all(seats)
        yield ledger
        for seat in seats:
            seat.leave()


@asynccontextmanager
async def polite(seats: Sequence[Seat]) -> AsyncIterator[None]:
    """Meanwhile every seat reports once a second what it has applied, as the product's page does."""
    ticker = asyncio.create_task(_say_applied(seats))
    try:
        yield
    finally:
        ticker.cancel()


async def drained(ledger: Ledger, seconds: float = 15) -> None:
    """Wait until everything acknowledged has arrived everywhere, or give up: the ledger will say what is missing."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while ledger.outstanding and loop.time() < deadline:
        await asyncio.sleep(0.02)


def rooms_of(seats: Sequence[Seat]) -> list[list[Seat]]:
    """The seats of each room, in the order of rooms."""
    rooms: dict[str, list[Seat]] = {}
    for seat in seats:
        rooms.setdefault(seat.room, []).append(seat)
    return list(rooms.values())
