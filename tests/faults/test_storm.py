"""O-03: everybody comes back at once after a crash, and each is given what they missed."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from mediation.conversations.actions.send import Send, send_messages
from mediation.conversations.models import Member
from tests.faults.crowd import Crowd, gather_crowd
from tests.faults.house import a_house
from tests.live.server import LiveServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults, pytest.mark.alone]
MISSED = 10


def write_meanwhile(crowd: Crowd, author_of: dict) -> None:
    """So many messages in every room while nobody is connected."""
    for table in crowd.tables:
        author = author_of[table.room]
        send_messages([Send(author, table.thread, uuid4(), f"missed {number}") for number in range(MISSED)])


async def story(server: LiveServer, tables: int) -> float:
    """Seconds from the restart until the last one is in sync."""
    crowd = await gather_crowd([server.url], tables)
    clients_of = Member.objects.filter(role="client").values_list("room_id", "user_id")
    author_of = dict(await sync_to_async(list)(clients_of))
    await asyncio.to_thread(server.kill9)
    await sync_to_async(write_meanwhile)(crowd, author_of)
    await asyncio.to_thread(server.start)
    begin = asyncio.get_running_loop().time()
    await crowd.settle(within=120)
    seconds = asyncio.get_running_loop().time() - begin
    await sync_to_async(crowd.check)()
    await crowd.leave()
    return seconds


@pytest.mark.parametrize("tables", [667, pytest.param(1667, marks=pytest.mark.soak)])
def test_a_storm_loses_nothing(tmp_path: Path, record_property: Callable[[str, object], None], tables: int) -> None:
    with a_house(tmp_path, webs=1) as ((server,), _):
        seconds = asyncio.run(story(server, tables))
    record_property(f"seconds until {tables * 3} sockets were back", round(seconds, 1))
