"""Several web processes: everybody hears everything wherever they are connected, with and without Redis."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.cast import Cast
from tests.live.server import LiveServer, free_port
from tests.live.stories import present, tell


@contextmanager
def another(**environment: str) -> Iterator[LiveServer]:
    server = LiveServer(**environment).start()
    try:
        yield server
    finally:
        server.stop()


def test_people_on_two_processes_talk_type_read_and_see_each_other(web: LiveServer, live_cast: Cast) -> None:
    joint, room = live_cast.id_of("joint"), live_cast.room.pk

    with another() as second:

        async def story() -> None:
            async with (
                present(web, room, live_cast.client) as [helen],
                present(second, room, live_cast.freelancer) as [mateo],
            ):
                both = sorted([str(live_cast.client.pk), str(live_cast.freelancer.pk)])
                for one in (helen, mateo):
                    await one.until(lambda one=one: one.said("presence")[-1]["here"] == both, within=15)
                for speaker, listener in ((helen, mateo), (mateo, helen)):
                    ack = await speaker.send(joint, "Hello over there")
                    await listener.reached(joint, ack["seq"])
                    await speaker.say({"t": "typing", "thread": joint, "on": True})
                    await listener.until(lambda listener=listener: listener.said("typing"))
                    await listener.say({"t": "read", "thread": joint, "seq": ack["seq"]})
                    await speaker.until(lambda speaker=speaker: speaker.said("read"))
                assert await helen.reached(joint, ack["seq"]) == await mateo.reached(joint, ack["seq"])

        tell(story)


def test_without_redis_messages_still_arrive(live_cast: Cast) -> None:
    joint, room = live_cast.id_of("joint"), live_cast.room.pk
    nowhere = f"redis://127.0.0.1:{free_port()}/0"

    with another(REDIS_URL=nowhere) as first, another(REDIS_URL=nowhere) as second:

        async def story() -> None:
            async with (
                present(first, room, live_cast.client) as [helen],
                present(second, room, live_cast.freelancer) as [mateo],
            ):
                for number in range(5):
                    ack = await helen.send(joint, str(number))
                    await mateo.reached(joint, ack["seq"])
                assert mateo.seqs(joint) == helen.seqs(joint)

        tell(story)


@pytest.mark.parametrize("size", [2 * 1024 * 1024, 30 * 1024 * 1024])
def test_a_huge_body_is_refused_before_it_is_read(web: LiveServer, size: int) -> None:
    with socket.create_connection(("127.0.0.1", web.port), timeout=5) as raw:
        raw.sendall(f"POST /api/me/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {size}\r\n\r\n".encode())
        assert raw.recv(64).startswith(b"HTTP/1.1 413")
