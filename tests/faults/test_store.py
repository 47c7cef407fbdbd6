"""R-06, R-07: with Redis stopped or dead, people go on talking, across processes too, and nobody waits for it.

The figures (how long an acknowledgement and a delivery took) are recorded with the result, never asserted: what is
asserted is that everything was acknowledged and arrived *while* the store was away.
"""

import asyncio
import signal
import statistics
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.crowd import Crowd, gather_crowd
from tests.faults.house import Store, a_house
from tests.live.server import LiveServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults, pytest.mark.alone]


async def one_message(crowd: Crowd, table: int) -> tuple[float, float]:
    """Seconds from sending to the acknowledgement, and to the last of the others who sees it."""
    loop, seats = asyncio.get_running_loop(), crowd.tables[table]
    begin = loop.time()
    ack = await seats.clients[0].send(seats.thread, "Are you there?")
    assert ack["t"] == "ack", ack
    acked = loop.time() - begin
    await asyncio.gather(*(client.reached(seats.thread, ack["seq"]) for client in seats.clients))
    return acked, loop.time() - begin


async def talk_without(crowd: Crowd, messages: int) -> dict[str, float]:
    """So many messages at each table; the quantiles of both delays, in milliseconds."""
    delays = []
    for _ in range(messages):
        delays += await asyncio.gather(*(one_message(crowd, table) for table in range(len(crowd.tables))))
        await asyncio.sleep(0.02)
    figures = {}
    for name, values in zip(("ack", "seen"), zip(*delays, strict=True), strict=True):
        cuts = statistics.quantiles(values, n=100)
        figures |= {f"{name} p50": round(cuts[49] * 1000), f"{name} p99": round(cuts[98] * 1000)}
    return figures


async def story(servers: list[LiveServer], store: Store, fault: str, messages: int) -> dict[str, float]:
    """The members of each room sit at different processes, so that hints matter."""
    crowd = await gather_crowd([server.url for server in servers], tables=5)
    await one_message(crowd, 0)
    if fault == "stalled":
        store.signal(signal.SIGSTOP)
    elif fault == "dead":
        store.kill9()
    try:
        figures = await talk_without(crowd, messages)
    finally:
        if fault == "stalled":
            store.signal(signal.SIGCONT)
    await crowd.settle()
    assert all(not client.refusals for client in crowd.clients)
    await crowd.leave()
    return figures


@pytest.mark.parametrize("fault", ["none", "stalled", "dead"])
@pytest.mark.parametrize("messages", [60, pytest.param(3000, marks=pytest.mark.soak)])
def test_people_talk_on_without_the_store(
    tmp_path: Path, record_property: Callable[[str, object], None], fault: str, messages: int
) -> None:
    with a_house(tmp_path) as (servers, store):
        figures = asyncio.run(story(servers, store, fault, messages))
    record_property(f"milliseconds with the store {fault}", figures)
