"""Who gets a socket, and what for."""

import asyncio
from uuid import uuid4

import pytest
from django.conf import settings
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.cast import Cast
from tests.live.client import LiveClient, open_socket
from tests.live.server import LiveServer, sign_in
from tests.live.stories import database, present, tell


def foreign_origins(own: str) -> list[str | None]:
    port = own.rsplit(":", 1)[1]
    return [
        None, "null", "", own.replace("http", "https"), own + "1", own.replace(port, "80"), f"http://127.0.0.1.evil.test:{port}",
        f"http://evil.test:{port}", f"http://evil@127.0.0.1:{port}", own + "/", f"ws://127.0.0.1:{port}", "file://",
    ]  # fmt: skip


def test_only_a_page_of_our_own_origin_gets_a_socket(web: LiveServer, live_cast: Cast) -> None:
    key = sign_in(live_cast.client)

    async def story() -> None:
        for origin in foreign_origins(web.origin):
            with pytest.raises(InvalidStatus) as refused:
                await _try(web, key, origin)
            assert refused.value.response.status_code in (400, 403), origin
        socket = await open_socket(web.url, key)
        await socket.close()

    tell(story)


async def _try(web: LiveServer, key: str, origin: str | None) -> None:
    headers = [("Cookie", f"{settings.SESSION_COOKIE_NAME}={key}")]
    if origin is not None:
        headers.append(("Origin", origin))
    async with connect(web.url, additional_headers=headers, compression=None):
        pass


@pytest.mark.parametrize("key", [None, "short", "a" * 32, "x'; drop", "%00" * 9])
def test_without_a_good_session_the_socket_ends_with_4001(web: LiveServer, live_cast: Cast, key: str | None) -> None:
    async def story() -> None:
        socket = await open_socket(web.url, key)
        async with asyncio.timeout(5):
            await socket.wait_closed()
        assert socket.close_code == 4001

    tell(story)


def test_an_outsider_gets_nothing_of_a_room_and_not_even_that_it_exists(web: LiveServer, live_cast: Cast) -> None:
    async def story() -> None:
        key = await database(sign_in, live_cast.outsider)
        for room in (live_cast.room.pk, uuid4()):
            stranger = LiveClient(web.url, key, room, autopilot=False)
            stranger._task = asyncio.create_task(stranger._live())
            assert await stranger.closed() == 4003
            assert stranger.frames == []
        async with present(web, None, live_cast.outsider) as [inside]:
            joint = await database(live_cast.id_of, "joint")
            for frame in (
                await inside.send(joint, "Hello?"),
                await inside.do("edit", thread=joint, seq=1, text="Changed"),
                await inside.do("remove", thread=joint, seq=1, reason="Why not"),
                await inside.do("react", thread=joint, seq=1, reaction="heart", on=True),
                await inside.do("topic.open", room=live_cast.room.pk, audience="joint", title="Mine"),
                await inside.do("topic.rename", thread=joint, title="Mine"),
                await inside.do("topic.resolve", thread=joint),
                await inside.do("topic.reopen", thread=joint),
                await inside.do("help.ask", room=live_cast.room.pk, note=""),
                await inside.do("help.cancel", room=live_cast.room.pk),
                await inside.do("join", room=live_cast.room.pk),
                await inside.do("leave", room=live_cast.room.pk),
            ):
                assert (frame["t"], frame["code"]) == ("refused", "not_found")

    tell(story)


def test_hello_comes_first_and_once(web: LiveServer, live_cast: Cast) -> None:
    async def story() -> None:
        key = await database(sign_in, live_cast.client)
        async with await open_socket(web.url, key) as socket:
            await socket.send('{"t":"ping"}')
            assert '"error"' in await socket.recv()
            for _ in range(2):
                await socket.send('{"t":"hello","v":1}')
            heard = [await socket.recv() for _ in range(3)]
            assert sorted(frame.split('"')[3] for frame in heard) == ["error", "synced", "welcome"]

    tell(story)


def test_a_client_that_knows_another_epoch_starts_anew(web: LiveServer, live_cast: Cast) -> None:
    live_cast.say(live_cast.client, "Hello")
    joint = live_cast.id_of("joint")

    async def story() -> None:
        key = await database(sign_in, live_cast.client)
        async with present(web, live_cast.room.pk, live_cast.client) as [helen]:
            known = helen.epoch
        for epoch, cursor in (("another", 2), (known, 999)):
            back = LiveClient(web.url, key, live_cast.room.pk)
            back.epoch = epoch
            back.log[str(joint)] = [{"seq": seq} for seq in range(1, cursor + 1)]
            await back.start()
            assert back.epoch != epoch
            assert back.seqs(joint) == [1, 2]
            await back.stop()

    tell(story)
