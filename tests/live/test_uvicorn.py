"""The same application under uvicorn, as `mediation.live.asgi` says."""

import asyncio

from tests.cast import Cast
from tests.live.server import LiveServer
from tests.live.stories import present, tell

UVICORN = (
    "-m", "uvicorn", "mediation.config.asgi:application", "--ws-max-size", "65536",
    "--timeout-graceful-shutdown", "8", "--log-level", "warning",
)  # fmt: skip


def test_people_talk_and_are_sent_home_in_order(live_cast: Cast) -> None:
    joint, room = live_cast.id_of("joint"), live_cast.room.pk
    web = LiveServer(UVICORN).start()

    async def story() -> None:
        async with present(web, room, live_cast.client, live_cast.freelancer, autopilot=False) as [helen, mateo]:
            for number in range(10):
                ack = await helen.send(joint, str(number))
            assert await mateo.reached(joint, ack["seq"]) == await helen.reached(joint, ack["seq"])
            took = await asyncio.to_thread(web.stop)
            await mateo.until(lambda: mateo.closes)
            assert mateo.closes == [1012]  # uvicorn's own word for our 4012
            assert took < 10

    try:
        tell(story)
    finally:
        web.stop()
