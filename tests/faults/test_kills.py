"""R-01 to R-04 (and O-10 on SQLite): web processes, Redis and database connections die while people talk."""

import asyncio
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from django.db import connection

from tests.faults.crowd import gather_crowd
from tests.faults.house import Store, a_house
from tests.live.server import LiveServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults, pytest.mark.alone]


def cut_connections() -> None:
    """End every connection to the database but our own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


async def strike(servers: list[LiveServer], store: Store, dice: random.Random) -> None:
    """One fault, and the way back from it."""
    kinds = ["web", "web", "store"] + ["database"] * 2 * (connection.vendor == "postgresql")
    kind = dice.choice(kinds)
    if kind == "web":
        server = dice.choice(servers)
        await asyncio.to_thread(server.kill9)
        await asyncio.to_thread(server.start)
    elif kind == "store":
        store.kill9()
        await asyncio.sleep(dice.uniform(0, 0.5))
        await asyncio.to_thread(store.start)
    else:
        await sync_to_async(cut_connections)()


async def story(servers: list[LiveServer], store: Store, *, tables: int, kills: int, acked: int, seconds: float) -> str:
    """Talk through at least so many faults, acknowledged messages and seconds; then everything must be there."""
    crowd = await gather_crowd([server.url for server in servers], tables=tables)
    talking = asyncio.create_task(crowd.talk(pause=0.15))
    dice, struck, until = random.Random(1), 0, asyncio.get_running_loop().time() + seconds
    while struck < kills or crowd.acked < acked or asyncio.get_running_loop().time() < until:
        await strike(servers, store, dice)
        struck += 1
        await asyncio.sleep(dice.uniform(0, 0.4))
        if talking.done():
            talking.result()
    await crowd.settle()
    await talking
    await sync_to_async(crowd.check)()
    await crowd.leave()
    return f"{struck} faults, {crowd.acked} acknowledged, none lost, doubled or out of order"


def survive(servers: list[LiveServer], store: Store, **sizes: float) -> str:
    """Tell the story; the connections of this thread, which were cut as well, are forgotten."""
    try:
        return asyncio.run(story(servers, store, **sizes))
    finally:
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()


@pytest.mark.parametrize(
    ("tables", "kills", "acked", "seconds"),
    [
        (14, 90, 8000, 150),
        pytest.param(14, 10_000, 800_000, 0, marks=pytest.mark.soak),
    ],
)
def test_an_acknowledged_message_is_never_lost(
    tmp_path: Path, record_property: Callable[[str, object], None], tables: int, kills: int, acked: int, seconds: float
) -> None:
    with a_house(tmp_path) as (servers, store):
        told = survive(servers, store, tables=tables, kills=kills, acked=acked, seconds=seconds)
    record_property("told", told)
