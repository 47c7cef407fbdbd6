"""O-05: a command that takes three seconds holds up its own socket and nobody else's. What cannot be known is said."""

import asyncio
import statistics
from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.faults import planted
from tests.live.client import open_socket
from tests.live.server import LiveServer, sign_in
from tests.live.stories import database, present, tell

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults, pytest.mark.alone]


def test_others_are_answered_while_one_command_takes_three_seconds(
    live_cast: Cast, record_property: Callable[[str, object], None]
) -> None:
    live_cast.mediate()
    joint = live_cast.id_of("joint")
    server = LiveServer(planted.program("slow command")).start()
    delays: list[float] = []

    async def story() -> None:
        people = (live_cast.client, live_cast.freelancer, live_cast.mediator)
        async with present(server, live_cast.room.pk, *people) as [helen, mateo, ana]:
            said = await mateo.send(joint, "Hello")
            slow = asyncio.create_task(helen.do("react", thread=joint, seq=said["seq"], reaction="heart", on=True))
            clock = asyncio.get_running_loop().time
            while not slow.done():
                begin = clock()
                ack = await mateo.send(joint, "And?")
                await ana.reached(joint, ack["seq"])
                delays.append((clock() - begin) * 1000)
            assert (await slow)["t"] == "ack"

    try:
        tell(story)
    finally:
        server.stop()
    assert len(delays) > 3, "nobody was answered meanwhile"
    told = f"{len(delays)}, half within {statistics.median(delays):.0f} ms, the slowest {max(delays):.0f} ms"
    record_property("answers meanwhile", told)


def test_who_comes_while_the_database_is_away_is_told_to_come_later(live_cast: Cast) -> None:
    server = LiveServer(planted.program("no session is known")).start()

    async def story() -> None:
        key = await database(sign_in, live_cast.client)
        socket = await open_socket(server.url, key)
        async with asyncio.timeout(20):
            await socket.wait_closed()
        assert socket.close_code == 1013

    try:
        tell(story)
    finally:
        server.stop()
