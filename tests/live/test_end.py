"""A web process that ends or dies: what was acknowledged is there, and everybody finds back."""

import asyncio

from mediation.conversations.models import Message
from tests.cast import Cast
from tests.live.server import LiveServer
from tests.live.stories import present, tell


def test_on_sigterm_what_is_in_flight_is_finished_and_everybody_is_told_to_come_back(live_cast: Cast) -> None:
    joint = live_cast.id_of("joint")
    web = LiveServer().start()
    took = 0.0

    async def story() -> None:
        nonlocal took
        async with present(web, live_cast.room.pk, live_cast.client, live_cast.freelancer) as [helen, mateo]:
            cids = [helen.send_soon(joint, str(number)) for number in range(40)]
            await helen.answer(cids[0])
            took = await asyncio.to_thread(web.stop)
            await mateo.until(lambda: mateo.closes == [4012])
            assert mateo.said("restarting")[0]["retry_ms"] > 0
            web.start()
            for cid in cids:
                assert (await helen.answer(cid, within=20))["t"] == "ack"
            last = max(ack["seq"] for ack in helen.acks.values())
            assert (await mateo.reached(joint, last)) == (await helen.reached(joint, last))
            assert last == 41

    try:
        tell(story)
    finally:
        web.stop()
    assert took < 10
    assert Message.objects.filter(thread=joint, kind="text").count() == 40


def test_after_a_crash_nothing_acknowledged_is_missing_and_nothing_is_there_twice(live_cast: Cast) -> None:
    joint = live_cast.id_of("joint")
    web = LiveServer().start()

    async def story() -> None:
        async with present(web, live_cast.room.pk, live_cast.client, live_cast.freelancer) as [helen, mateo]:
            for crash in range(2):
                cids = [who.send_soon(joint, f"{crash} {n}") for n in range(10) for who in (helen, mateo)]
                await helen.answer(cids[0])
                await asyncio.to_thread(web.kill9)
                await asyncio.to_thread(web.start)
                for cid, who in zip(cids, (helen, mateo) * 10, strict=True):
                    assert (await who.answer(cid, within=20))["t"] == "ack"
            logs = [await one.reached(joint, 41, within=20) for one in (helen, mateo)]
            assert logs[0] == logs[1]
            assert [event["seq"] for event in logs[0]] == list(range(1, 42))

    try:
        tell(story)
    finally:
        web.stop()
