"""W1 and W2: people talk. In a closed loop as fast as acknowledgements come, or in an open loop at a fixed rate."""

import asyncio
import random
from collections.abc import Sequence
from time import perf_counter

from benchmarks.crowd import drained, rooms_of, seated
from benchmarks.ledger import Ledger
from benchmarks.meter import Meter
from benchmarks.report import Figures, percentile
from benchmarks.seat import Seat


async def closed_loop(seats: Sequence[Seat], *, senders: int, seconds: float) -> Figures:
    """W1: `senders` people, in as many rooms, each say the next message when the last one is acknowledged."""
    rooms = rooms_of(seats)
    talkers = [rooms[n % len(rooms)][n // len(rooms)] for n in range(senders)]
    async with seated(seats) as ledger:
        meter = Meter(seats[0].target.roots()).start()
        began = perf_counter()

        async def talk(seat: Seat) -> None:
            while perf_counter() - began < seconds:
                await seat.say()

        await asyncio.gather(*(talk(seat) for seat in talkers))
        took = perf_counter() - began
        await drained(ledger)
        return _figures(ledger, meter, took) | _verdict(ledger, seats)


async def open_loop(seats: Sequence[Seat], *, rate: float, seconds: float) -> Figures:
    """W2: `rate` messages a second from random people, sent when they are due whatever the server does."""
    chance = random.Random(1)
    loop = asyncio.get_running_loop()
    async with seated(seats) as ledger:
        meter = Meter(seats[0].target.roots()).start()
        began = perf_counter()
        for n in range(int(rate * seconds)):
            due = began + n / rate
            if (ahead := due - perf_counter()) > 0:
                await asyncio.sleep(ahead)
            chance.choice(seats).post(due)
        took = perf_counter() - began
        deadline = loop.time() + 20
        while len(ledger.acked) < len(ledger.sent_at) and loop.time() < deadline:
            await asyncio.sleep(0.02)
        await drained(ledger)
        return _figures(ledger, meter, took) | _verdict(ledger, seats)


def _figures(ledger: Ledger, meter: Meter, took: float) -> Figures:
    spent = meter.stop()
    thousands = max(len(ledger.acked), 1) / 1000
    figures = {f"CPU-s/1,000 {name}": seconds / thousands for name, seconds in spent.items()}
    return figures | {
        "CPU-s/1,000": sum(seconds for name, seconds in spent.items() if name != "worker") / thousands,
        "acked": float(len(ledger.acked)),
        "acked/s": len(ledger.acked) / took,
        "ack p50 ms": percentile(list(ledger.acked.values()), 50) * 1000,
        "last member p50 ms": percentile(ledger.last_member_seconds, 50) * 1000,
        "last member p99 ms": percentile(ledger.last_member_seconds, 99) * 1000,
    }


def _verdict(ledger: Ledger, seats: Sequence[Seat]) -> Figures:
    faults = ledger.faults(seat.who for seat in seats)
    for fault in faults[:10]:
        print(f"  FAULT on {seats[0].target.name}: {fault}")
    missing = len(ledger.sent_at) - len(ledger.acked)
    return {"faults": float(len(faults)), "never acked": float(missing)}
