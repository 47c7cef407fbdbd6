"""One client cannot exhaust the server, and whatever it says gets an answer or a close code that says why."""

import asyncio
import random
from collections.abc import Iterator
from contextlib import suppress

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from tests.cast import Cast
from tests.live.client import LiveClient, open_socket
from tests.live.conftest import running
from tests.live.server import LiveServer, sign_in
from tests.live.stories import database, present, tell

BAD = [
    "", "x", "[]", "null", "1", '"ping"', "{}", '{"t":1}', '{"t":"nothing"}', '{"t":"send"}', '{"t":"ping","more":1}',
    '{"t":"read","thread":"x","seq":1}', '{"t":"applied","n":-1}', '{"t":"applied","n":99}', '{"t":"hello","v":2}',
    '{"t":"send","cid":"x","thread":"y","text":"\\ud800"}', "[" * 5000, '{"t":' * 900,
]  # fmt: skip


async def everything(socket: ClientConnection) -> list[str]:
    """What the socket says until its end."""
    heard = []
    with suppress(ConnectionClosed):
        async for frame in socket:
            heard.append(str(frame))
    return heard


def test_bad_frames_are_answered_and_the_fifth_ends_the_socket(web: LiveServer, live_cast: Cast) -> None:
    async def story() -> None:
        key = await database(sign_in, live_cast.client)
        for start in range(0, len(BAD), 5):
            async with await open_socket(web.url, key) as socket:
                for frame in [*BAD[start : start + 5], "x", "x", "x", "x"]:
                    await socket.send(frame)
                heard = await everything(socket)
                assert len(heard) == 5
                assert all('"t":"error"' in frame for frame in heard)
                assert socket.close_code == 4010

    tell(story)


def test_random_frames_never_break_the_server(web: LiveServer, live_cast: Cast) -> None:
    dice = random.Random(7)

    async def story() -> None:
        key = await database(sign_in, live_cast.client)
        for _ in range(60):
            async with await open_socket(web.url, key) as socket:
                for _ in range(6):
                    size = dice.choice((0, 1, 30, 3000))
                    junk = dice.randbytes(size)
                    await socket.send(junk if dice.random() < 0.5 else junk.decode("latin-1"))
                heard = await everything(socket)
                assert len(heard) == 5
                assert socket.close_code == 4010
        async with present(web, live_cast.room.pk, live_cast.client) as [helen]:
            assert (await helen.send(joint, "Still well"))["t"] == "ack"

    joint = live_cast.id_of("joint")
    tell(story)


def test_a_refusal_of_what_a_person_typed_names_their_message(web: LiveServer, live_cast: Cast) -> None:
    joint = live_cast.id_of("joint")

    async def story() -> None:
        async with present(web, live_cast.room.pk, live_cast.client) as [helen]:
            for text in ("x" * 20_001, "nul \0"):
                answer = await helen.send(joint, text)
                assert (answer["code"], answer["retry"]) == ("frame.text", False)
                assert "20,000" in answer["message"]

    tell(story)


def test_a_frame_over_64_kib_closes_with_1009(web: LiveServer, live_cast: Cast) -> None:
    async def story() -> None:
        key = await database(sign_in, live_cast.client)
        async with await open_socket(web.url, key) as socket:
            await socket.send('{"t":"ping","x":"' + "x" * 70_000 + '"}')
            async with asyncio.timeout(5):
                await socket.wait_closed()
            assert socket.close_code == 1009

    tell(story)


@pytest.fixture(scope="module")
def strict_web(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[LiveServer]:
    """A server with the rate of sends that people have; that of the tests lets three thousand frames pass."""
    with running(django_db_blocker, LIVE_SEND_BURST="30", LIVE_SEND_PER_MINUTE="120") as server:
        yield server


@pytest.mark.parametrize("is_early", [True, False], ids=["before the session is known", "in a conversation"])
def test_a_flood_closes_with_4008(strict_web: LiveServer, live_cast: Cast, is_early: bool) -> None:
    async def story() -> None:
        key = await database(sign_in, live_cast.client)
        async with await open_socket(strict_web.url, key) as socket:
            await socket.send('{"t":"hello","v":1}')
            if not is_early:
                assert '"welcome"' in str(await socket.recv())
            heard = asyncio.create_task(everything(socket))
            with suppress(ConnectionClosed):
                for _ in range(3000):
                    await socket.send('{"t":"ping"}')
            async with asyncio.timeout(60):  # a server that never closes fails here and does not hang the suite
                assert len(await heard) < 3000
            assert socket.close_code == 4008

    tell(story)


def test_a_client_that_applies_nothing_gets_200_events_and_the_rest_when_it_does(
    web: LiveServer, live_cast: Cast
) -> None:
    joint = live_cast.id_of("joint")
    for number in range(260):
        live_cast.say(live_cast.freelancer, str(number))

    async def story() -> None:
        key = await database(sign_in, live_cast.client)
        slow = LiveClient(web.url, key, live_cast.room.pk)
        slow.tells = False
        slow._task = asyncio.create_task(slow._live())
        await slow.reached(joint, 200)
        async with present(web, live_cast.room.pk, live_cast.freelancer) as [mateo]:
            ack = await mateo.send(joint, "One more")
            await mateo.reached(joint, ack["seq"])
            assert slow.seq(joint) == 200
            assert not slow.is_synced
            slow.tells = True
            await slow.say({"t": "applied", "n": 200})
            await slow.reached(joint, ack["seq"])
            await slow.until(lambda: slow.is_synced)
            assert slow.seqs(joint) == mateo.seqs(joint)
        await slow.stop()

    tell(story)


def test_who_sends_too_fast_is_told_to_wait(live_cast: Cast) -> None:
    joint = live_cast.id_of("joint")
    strict = LiveServer(LIVE_SEND_BURST="3", LIVE_SEND_PER_MINUTE="60").start()

    async def story() -> None:
        async with present(strict, live_cast.room.pk, live_cast.client, live_cast.freelancer) as [helen, mateo]:
            cids = [helen.send_soon(joint, str(number)) for number in range(5)]
            answers = [await helen.answer(cid) for cid in cids]
            assert [answer["t"] for answer in answers] == ["ack"] * 3 + ["refused"] * 2
            assert {(answer["code"], answer["retry"]) for answer in answers[3:]} == {("rate", True)}
            assert (await mateo.send(joint, "I have said little"))["t"] == "ack"

    try:
        tell(story)
    finally:
        strict.stop()
