"""Three people in one live room."""

import asyncio
from uuid import uuid4

from mediation.conversations.models import Message
from tests.cast import Cast
from tests.live.client import LiveClient
from tests.live.server import LiveServer, sign_in
from tests.live.stories import database, present, tell


def test_three_people_talk_and_everyone_hears_everything_in_order(web: LiveServer, live_cast: Cast) -> None:
    live_cast.mediate()
    joint = live_cast.id_of("joint")

    async def story() -> None:
        async with present(web, live_cast.room.pk, live_cast.client, live_cast.freelancer, live_cast.mediator) as three:
            begin = three[0].seq(joint)
            for turn in range(4):
                answers = await asyncio.gather(*(one.send(joint, f"{turn}: hello") for one in three))
                assert [answer["t"] for answer in answers] == ["ack"] * 3
            logs = [await one.reached(joint, begin + 12) for one in three]
            assert logs[0] == logs[1] == logs[2]
            for one in three:
                assert one.seqs(joint) == list(range(1, begin + 13))
                assert (one.gaps, one.repeats) == (0, 0)

    tell(story)


def test_an_ack_says_where_the_message_is(web: LiveServer, live_cast: Cast) -> None:
    joint = live_cast.id_of("joint")

    async def story() -> None:
        async with present(web, live_cast.room.pk, live_cast.client) as [helen]:
            ack = await helen.send(joint, "Hello")
            assert ack["id"] == f"{joint}:{ack['seq']}"
            [*_, event] = await helen.reached(joint, ack["seq"])
            assert event["message"]["cid"] == ack["cid"]
            assert event["message"]["text"] == "Hello"
            assert event["at"] == ack["at"]

    tell(story)


def test_the_same_client_id_twice_is_one_message(web: LiveServer, live_cast: Cast) -> None:
    joint, cid = live_cast.id_of("joint"), str(uuid4())

    async def story() -> None:
        async with present(web, live_cast.room.pk, live_cast.client) as [helen]:
            frame = {"t": "send", "cid": cid, "thread": joint, "text": "Once"}
            for _ in range(5):
                await helen.say(frame)
            await helen.until(lambda: len(helen.said("ack")) == 5)
            assert len({ack["seq"] for ack in helen.said("ack")}) == 1

    tell(story)
    assert Message.objects.filter(client_id=cid).count() == 1


def test_a_burst_of_one_person_keeps_its_order(web: LiveServer, live_cast: Cast) -> None:
    joint = live_cast.id_of("joint")

    async def story() -> None:
        async with present(web, live_cast.room.pk, live_cast.client, live_cast.freelancer) as [helen, mateo]:
            begin = helen.seq(joint)
            for number in range(60):
                await helen.say({"t": "send", "cid": str(uuid4()), "thread": joint, "text": str(number)})
            log = await mateo.reached(joint, begin + 60)
            assert [event["message"]["text"] for event in log[begin:]] == [str(number) for number in range(60)]

    tell(story)


def test_whoever_comes_from_any_age_ends_with_everything_once(web: LiveServer, live_cast: Cast) -> None:
    joint = live_cast.id_of("joint")
    for number in range(230):
        live_cast.say(live_cast.freelancer, str(number))

    async def story() -> None:
        key = await database(sign_in, live_cast.client)
        async with present(web, live_cast.room.pk, live_cast.freelancer) as [mateo]:
            for age in (0, 1, 100, 229, 230):
                late = LiveClient(web.url, key, live_cast.room.pk)
                late.log[str(joint)] = list(mateo.log[str(joint)][:age])
                await late.start()
                assert late.seqs(joint) == list(range(1, 232))
                assert (late.gaps, late.repeats) == (0, 0)
                await late.stop()

    tell(story)


def test_what_was_said_during_an_absence_comes_with_the_return(web: LiveServer, live_cast: Cast) -> None:
    joint = live_cast.id_of("joint")

    async def story() -> None:
        async with present(web, live_cast.room.pk, live_cast.client, live_cast.freelancer) as [helen, mateo]:
            for turn in range(3):
                await mateo.drop()
                mine = mateo.send_soon(joint, f"from the tunnel {turn}")
                ack = await helen.send(joint, f"are you there? {turn}")
                await mateo.reached(joint, ack["seq"])
                await mateo.answer(mine)
            last = max(ack["seq"] for ack in [*mateo.acks.values(), *helen.acks.values()])
            assert await mateo.reached(joint, last) == await helen.reached(joint, last)
            assert mateo.seqs(joint) == list(range(1, last + 1))
            assert mateo.welcomes == 4

    tell(story)


def test_a_private_thread_is_heard_by_its_two_people_only(web: LiveServer, live_cast: Cast) -> None:
    live_cast.mediate()
    private, joint, other = (live_cast.id_of(audience) for audience in ("caucus_client", "joint", "caucus_freelancer"))

    async def story() -> None:
        people = (live_cast.client, live_cast.freelancer, live_cast.mediator)
        async with present(web, live_cast.room.pk, *people) as [helen, mateo, ana]:
            ack = await helen.send(private, "Between us")
            await ana.reached(private, ack["seq"])
            refused = await mateo.send(private, "May I?")
            assert refused["code"] == "not_found"
            absent = await mateo.send(uuid4(), "May I?")
            assert {**refused, "cid": ""} == {**absent, "cid": ""}
            after = await helen.send(joint, "To everyone")
            await mateo.reached(joint, after["seq"])
            assert set(mateo.log) == {str(joint), str(other)}
            assert "Between us" not in str(mateo.frames) + str(mateo.log)

    tell(story)


def test_a_mediator_who_joins_gets_the_private_threads_from_their_beginning(web: LiveServer, live_cast: Cast) -> None:
    async def story() -> None:
        room, ana = live_cast.room.pk, live_cast.mediator
        async with present(web, room, live_cast.client, live_cast.freelancer) as [helen, mateo]:
            assert (await helen.do("help.ask", room=room, note="Please help"))["t"] == "ack"
            async with present(web, room, ana) as [guest]:
                assert (await guest.do("join", room=room))["t"] == "ack"
                for audience in ("caucus_client", "caucus_freelancer", "internal"):
                    thread = await database(live_cast.id_of, audience)
                    assert (await guest.reached(thread, 1))[0]["type"] == "thread.opened"
                await helen.reached(await database(live_cast.id_of, "caucus_client"), 1)
                await mateo.reached(await database(live_cast.id_of, "caucus_freelancer"), 1)
                assert len(helen.log) == len(mateo.log) == 2
                assert len(guest.log) == 4

    tell(story)


def test_an_agent_who_missed_a_message_is_asked_to_read_it_first(web: LiveServer, live_cast: Cast) -> None:
    live_cast.mediate()
    joint = live_cast.id_of("joint")

    async def story() -> None:
        async with present(web, live_cast.room.pk, live_cast.client, live_cast.mediator) as [helen, ana]:
            seen = ana.seq(joint)
            await helen.send(joint, "One more thing")
            refused = await ana.send(joint, "So we agree", seen=seen)
            assert (refused["code"], refused["retry"]) == ("message.stale", False)
            assert refused["detail"]["newest"]["text"] == "One more thing"
            assert (await ana.send(joint, "So we agree", seen=seen, confirmed=True))["t"] == "ack"

    tell(story)


def test_a_bad_message_among_good_ones_is_refused_alone(web: LiveServer, live_cast: Cast) -> None:
    joint = live_cast.id_of("joint")

    async def story() -> None:
        async with present(web, live_cast.room.pk, live_cast.client) as [helen]:
            cids = [helen.send_soon(joint, text) for text in ("first", "   ", "third")]
            answers = [await helen.answer(cid) for cid in cids]
            assert [answer["t"] for answer in answers] == ["ack", "refused", "ack"]
            assert answers[1]["retry"] is False
            assert answers[1]["message"]

    tell(story)
