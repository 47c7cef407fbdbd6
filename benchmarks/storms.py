"""W3: many sockets. What they cost idle and connecting, and how soon all are whole after a cut or a kill."""

import asyncio
import random
from collections.abc import Sequence
from time import perf_counter

from benchmarks.crowd import drained, join_all, polite, rooms_of
from benchmarks.ledger import Ledger
from benchmarks.meter import Meter, memory_bytes
from benchmarks.report import Figures
from benchmarks.seat import Refusal, Seat

MISSED = 10
RETRY_SECONDS = 30


async def idle(seats: Sequence[Seat]) -> Figures:
    """Memory of idle sockets and CPU seconds of connecting, both per 1,000 sockets; and an idle second's CPU."""
    target = seats[0].target
    await join_all(seats[:30])  # the first few load what is loaded once
    for seat in seats[:30]:
        seat.leave()
    await asyncio.sleep(1)
    before, meter = memory_bytes(target.web.pid), Meter(target.roots()).start()
    await join_all(seats)
    connecting = sum(meter.stop().values())
    await asyncio.sleep(2)
    memory = memory_bytes(target.web.pid) - before
    meter.start()
    await asyncio.sleep(5)
    idling = sum(meter.stop().values()) / 5
    for seat in seats:
        seat.leave()
    thousands = len(seats) / 1000
    return {
        "MB per 1,000 idle": memory / 1e6 / thousands,
        "CPU-s per 1,000 connects": connecting / thousands,
        "CPU-ms per idle second, per 1,000": idling * 1000 / thousands,
    }


async def cut(seats: Sequence[Seat]) -> Figures:
    """Every socket is cut at once and misses ten messages; seconds until all of them have everything."""
    ledger = _fresh(seats)
    async with polite(seats):
        await join_all(seats)
        for seat in seats:
            seat.leave()
        await _say_unheard([room[0] for room in rooms_of(seats)], ledger)
        meter = Meter(seats[0].target.roots()).start()
        began = perf_counter()
        await asyncio.gather(*(_come_back(seat) for seat in seats))
        await drained(ledger)
        took = perf_counter() - began
        spent = sum(meter.stop().values())
        for seat in seats:
            seat.leave()
    return {"seconds until all synced": took, "CPU-s of the storm": spent} | _faults(ledger, seats)


async def _say_unheard(speakers: Sequence[Seat], ledger: Ledger) -> None:
    """Ten messages in each room while nobody of the crowd listens; not even the speakers' own seats keep them."""
    cursors = [dict(seat.cursors) for seat in speakers]
    silent = Ledger()  # what the speakers' sockets receive now does not count as received
    for seat in speakers:
        seat.ledger = silent
    await join_all(speakers)
    for _ in range(MISSED):
        await asyncio.gather(*(_say_for(seat, ledger, silent) for seat in speakers))
    for seat, cursor in zip(speakers, cursors, strict=True):
        seat.leave()
        seat.ledger, seat.cursors = ledger, cursor


async def _say_for(seat: Seat, ledger: Ledger, silent: Ledger) -> None:
    number = ledger.start(seat.room, seat.members)
    silent.sent_at[number] = ledger.sent_at[number]
    await seat.say(number)
    ledger.ack(number)


async def killed(seats: Sequence[Seat], *, senders: int = 40, talking_seconds: float = 2) -> Figures:
    """`kill -9` of the web server while people talk; seconds from its restart until everybody has everything."""
    target = seats[0].target
    ledger = _fresh(seats)
    rooms = rooms_of(seats)
    talkers = [room[0] for room in rooms[:senders]]
    async with polite(seats):
        await join_all(seats)
        talking = [asyncio.create_task(_insist(seat, ledger)) for seat in talkers]
        await asyncio.sleep(talking_seconds)
        target.kill()
        await asyncio.sleep(0.2)
        await asyncio.to_thread(target.start)
        began = perf_counter()
        await asyncio.gather(*(_come_back(seat, 0.5) for seat in seats))
        for task in talking:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)
        await drained(ledger)
        took = perf_counter() - began
        for seat in seats:
            seat.leave()
    return {"seconds until all back": took, "acked in the storm": float(len(ledger.acked))} | _faults(ledger, seats)


async def _come_back(seat: Seat, pause: float = 0) -> None:
    """Reconnect until in sync, after a random part of `pause` seconds, which doubles up to four."""
    while seat.wire is None:
        await asyncio.sleep(random.uniform(0, pause))
        pause = min(pause * 2, 4) or 0.5
        try:
            await seat.join(within=RETRY_SECONDS)
        except OSError:
            continue


async def _insist(seat: Seat, ledger: Ledger) -> None:
    """Talk without end; a message that got no answer is said again under its own number."""
    while True:
        number = ledger.start(seat.room, seat.members)
        while number not in ledger.acked:
            try:
                await seat.say(number)
            except (ConnectionError, Refusal):
                await asyncio.sleep(0.1)
        await asyncio.sleep(0.05)


def _fresh(seats: Sequence[Seat]) -> Ledger:
    ledger = Ledger()
    for seat in seats:
        seat.ledger = ledger
    return ledger


def _faults(ledger: Ledger, seats: Sequence[Seat]) -> Figures:
    faults = ledger.faults(seat.who for seat in seats)
    for fault in faults[:10]:
        print(f"  FAULT on {seats[0].target.name}: {fault}")
    return {"faults": float(len(faults))}
