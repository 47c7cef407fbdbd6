"""R-02: whatever is sent twice, at the same moment, by socket or by HTTP, to one process or two, is stored once."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import connection

from mediation.conversations.models import Message
from tests.faults import checkers
from tests.faults.crowd import Crowd, Table, gather_crowd
from tests.faults.house import a_house
from tests.live.client import LiveClient
from tests.live.server import LiveServer
from tests.live.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
BROWSERS = 16  # requests under way at once
AT_ONCE = 1_000  # pairs under way: a hundred thousand at once are a crowd that no test's own loop can seat
WITHIN_SECONDS = 120
TRIES = 50
WAYS = (("tab", "other tab"), ("tab", "http"), ("tab", "other tab"), ("http", "other http"))


@dataclass
class Person:
    """Somebody with the room open in two tabs, and with two browsers without scripts."""

    table: Table
    tabs: tuple[LiveClient, LiveClient]
    browsers: tuple[Visitor, Visitor]
    pool: ThreadPoolExecutor

    async def send(self, way: str, cid: str) -> tuple[UUID, int]:
        """Until it is acknowledged: where it was stored."""
        for _ in range(TRIES):
            second = way.startswith("other")
            answer = await (self._by_http(cid, second) if "http" in way else self._by_socket(cid, second))
            if "seq" in answer:
                return UUID(answer["thread"]), answer["seq"]
            assert answer["retry"], answer
            await asyncio.sleep(0.05)
        raise AssertionError(f"refused {TRIES} times: {answer}")

    async def _by_socket(self, cid: str, second: bool) -> dict:
        tab = self.tabs[second]
        tab.refusals.pop(cid, None)
        await tab.say({"t": "send", "cid": cid, "thread": self.table.thread, "text": f"once {cid}", "confirmed": True})
        return await tab.answer(cid, within=WITHIN_SECONDS)

    async def _by_http(self, cid: str, second: bool) -> dict:
        path = f"/api/threads/{self.table.thread}/messages/"
        said = {"cid": cid, "text": f"once {cid}", "confirmed": True}
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.pool, self.browsers[second].post, path, said)


async def seat(crowd: Crowd, servers: Sequence[LiveServer], pool: ThreadPoolExecutor) -> list[Person]:
    """Give everybody their second tab, at another process if there is one, and their browsers."""
    people = []
    for table in crowd.tables:
        for first in list(table.clients):
            here = next(number for number, server in enumerate(servers) if server.url == first.url)
            there = servers[(here + 1) % len(servers)]
            second = await LiveClient(there.url, first.session, table.room).start()
            browsers = Visitor(servers[here], first.session), Visitor(there, first.session)
            people.append(Person(table, (first, second), browsers, pool))
            table.clients.append(second)
    return people


async def story(servers: Sequence[LiveServer], pairs: int, tables: int) -> str:
    """So many messages, each sent twice at once; both answers name the same place, and there is nothing else."""
    crowd = await gather_crowd([server.url for server in servers], tables)
    pool = ThreadPoolExecutor(BROWSERS)
    people = await seat(crowd, servers, pool)
    stored: dict[str, tuple[UUID, int]] = {}
    room = asyncio.Semaphore(AT_ONCE)

    async def twice(number: int) -> None:
        cid, person = str(uuid4()), people[number % len(people)]
        async with room:
            one, other = await asyncio.gather(*(person.send(way, cid) for way in WAYS[number % len(WAYS)]))
        assert one == other, f"the two answers name {one} and {other}"
        stored[cid] = one

    await asyncio.gather(*(twice(number) for number in range(pairs)))
    await crowd.settle()
    await sync_to_async(crowd.check)()
    await sync_to_async(checkers.check_none_lost)(stored)
    await sync_to_async(checkers.check_none_doubled)(stored)
    assert await Message.objects.filter(kind="text").acount() == pairs
    await crowd.leave()
    pool.shutdown()
    return f"{pairs} double submits, each stored once"


def test_what_is_sent_twice_is_stored_once(web: LiveServer) -> None:
    asyncio.run(story([web], pairs=24, tables=1))


@pytest.mark.faults
@pytest.mark.alone
@pytest.mark.parametrize("pairs", [1000, pytest.param(100_000, marks=pytest.mark.soak)])
def test_a_thousand_that_are_sent_twice_are_stored_once(
    tmp_path: Path, record_property: Callable[[str, object], None], pairs: int
) -> None:
    with a_house(tmp_path) as (servers, _):
        told = asyncio.run(story(servers, pairs, tables=4))
    record_property(connection.vendor, told)
