"""Everything but sending: each command is an action, and its news comes as an event."""

import asyncio
from uuid import UUID

from mediation.conversations.actions import rooms
from mediation.conversations.models import Draft, ReadMark
from mediation.core import clock
from mediation.desk.actions import rows, taking
from mediation.desk.models import QueueRow
from mediation.disputes.actions import claims
from tests.cast import Cast
from tests.live.server import LiveServer
from tests.live.stories import database, present, tell


def test_a_message_is_edited_reacted_to_and_removed_before_everyones_eyes(web: LiveServer, live_cast: Cast) -> None:
    joint = live_cast.id_of("joint")

    async def story() -> None:
        async with present(web, live_cast.room.pk, live_cast.client, live_cast.freelancer) as [helen, mateo]:
            at = {"thread": joint, "seq": (await helen.send(joint, "Helo"))["seq"]}
            assert (await helen.do("edit", **at, text="Hello", rev=1))["t"] == "ack"
            assert (await mateo.do("react", **at, reaction="heart", on=True))["t"] == "ack"
            assert (await mateo.do("edit", **at, text="Mine"))["t"] == "refused"
            assert (await helen.do("remove", **at, reason="Wrong room"))["t"] == "ack"
            log = await mateo.reached(joint, at["seq"] + 3)
            assert [event["type"] for event in log[-4:]] == [
                "message.sent", "message.edited", "message.reacted", "message.removed",
            ]  # fmt: skip
            assert {event["message"]["seq"] for event in log[-4:]} == {at["seq"]}
            assert log[-1]["message"]["text"] == ""
            assert log[-1]["message"]["removed"]["reason"] == "Wrong room"

    tell(story)


def test_a_topic_lives_from_opening_to_reopening(web: LiveServer, live_cast: Cast) -> None:
    async def story() -> None:
        async with present(web, live_cast.room.pk, live_cast.client, live_cast.freelancer) as [helen, mateo]:
            opened = await helen.do("topic.open", room=live_cast.room.pk, audience="joint", title="The logo")
            topic = opened["thread"]
            assert (await helen.do("topic.rename", thread=topic, title="The new logo"))["t"] == "ack"
            assert (await helen.do("topic.resolve", thread=topic))["t"] == "ack"
            assert (await mateo.do("topic.reopen", thread=topic))["t"] == "ack"
            assert (await mateo.send(topic, "I like it"))["t"] == "ack"
            log = await helen.reached(topic, 5)
            assert [event["type"] for event in log] == [
                "thread.opened", "thread.renamed", "thread.resolved", "thread.reopened", "message.sent",
            ]  # fmt: skip

    tell(story)


def test_help_is_asked_for_taken_back_asked_for_again_and_left(web: LiveServer, live_cast: Cast) -> None:
    room, joint = live_cast.room.pk, live_cast.id_of("joint")

    async def story() -> None:
        async with present(web, room, live_cast.client) as [helen]:
            await helen.do("help.ask", room=room)
            await helen.do("help.cancel", room=room)
            await helen.do("help.ask", room=room, note="Now really")
            async with present(web, room, live_cast.mediator) as [ana]:
                assert (await ana.do("join", room=room))["t"] == "ack"
                assert (await ana.do("leave", room=room))["t"] == "ack"
            await helen.until(lambda: helen.log[str(joint)][-1]["type"] == "dispute.close_helped")
            types = [event["type"] for event in helen.log[str(joint)]]
            assert types[-6:-4] == ["help.cancelled", "help.asked"] or "help.cancelled" in types
            assert {"help.asked", "help.taken", "member.joined", "member.left"} <= set(types)

    tell(story)


def test_reading_is_seen_by_the_thread_and_kept(web: LiveServer, live_cast: Cast) -> None:
    live_cast.mediate()
    private = live_cast.id_of("caucus_client")
    seq = live_cast.say(live_cast.mediator, "How are you?", audience="caucus_client").seq

    async def story() -> None:
        people = (live_cast.client, live_cast.freelancer, live_cast.mediator)
        async with present(web, live_cast.room.pk, *people) as [helen, mateo, ana]:
            await helen.say({"t": "read", "thread": private, "seq": seq})
            await ana.until(lambda: ana.said("read"))
            assert ana.said("read") == [
                {"t": "read", "thread": str(private), "user": str(live_cast.client.pk), "seq": seq}
            ]
            await mateo.send(live_cast_joint, "Anybody?")
            assert mateo.said("read") == []

    live_cast_joint = live_cast.id_of("joint")
    tell(story)
    assert ReadMark.objects.get(user=live_cast.client, thread=private).seq == seq


def test_a_draft_is_kept_and_comes_with_the_next_welcome(web: LiveServer, live_cast: Cast) -> None:
    joint = live_cast.id_of("joint")

    async def story() -> None:
        async with present(web, live_cast.room.pk, live_cast.client) as [helen]:
            await helen.say({"t": "draft", "thread": joint, "text": "Dear Ma"})
            await helen.say({"t": "draft", "thread": joint, "text": "Dear Mateo"})
            await _until_in_database(lambda: Draft.objects.filter(body="Dear Mateo").exists())
            await helen.drop()
            await helen.until(lambda: helen.is_synced)
            [thread] = helen.state["threads"]
            assert thread["draft"]["body"] == "Dear Mateo"
            await helen.say({"t": "draft", "thread": joint, "text": ""})
            await _until_in_database(lambda: not Draft.objects.exists())

    tell(story)


def test_typing_is_seen_inside_one_audience_only(web: LiveServer, live_cast: Cast) -> None:
    live_cast.mediate()
    joint, private = live_cast.id_of("joint"), live_cast.id_of("caucus_client")

    async def story() -> None:
        people = (live_cast.client, live_cast.freelancer, live_cast.mediator)
        async with present(web, live_cast.room.pk, *people) as [helen, mateo, ana]:
            for thread in (private, joint):
                await helen.say({"t": "typing", "thread": thread, "on": True})
            await mateo.until(lambda: mateo.said("typing"))
            await ana.until(lambda: len(ana.said("typing")) == 2)
            assert [frame["thread"] for frame in mateo.said("typing")] == [str(joint)]
            assert helen.said("typing") == []
            await mateo.say({"t": "typing", "thread": private, "on": True})
            await helen.stop()
            await ana.until(lambda: len(ana.said("typing")) == 4)
            assert {(frame["user"], frame["on"]) for frame in ana.said("typing")[2:]} == {
                (str(live_cast.client.pk), False)
            }

    tell(story)


def test_everybody_sees_who_is_here_and_nobody_sees_strangers_look_in(web: LiveServer, live_cast: Cast) -> None:
    live_cast.mediate()
    room = live_cast.room.pk
    helen_and_mateo = sorted([str(live_cast.client.pk), str(live_cast.freelancer.pk)])

    async def story() -> None:
        async with present(web, room, live_cast.client) as [helen]:
            async with present(web, room, live_cast.freelancer):
                await helen.until(lambda: helen.said("presence")[-1]["here"] == helen_and_mateo)
                async with present(web, room, live_cast.supervisor) as [stranger]:
                    assert stranger.said("presence")[-1]["here"] == helen_and_mateo
                    await helen.send(live_cast_joint, "Hello")
            await helen.until(lambda: helen.said("presence")[-1]["here"] == [str(live_cast.client.pk)])
            assert str(live_cast.supervisor.pk) not in str(helen.frames)

    live_cast_joint = live_cast.id_of("joint")
    tell(story)


def test_who_looks_elsewhere_gets_a_notice(web: LiveServer, live_cast: Cast) -> None:
    joint = live_cast.id_of("joint")

    async def story() -> None:
        async with present(web, None, live_cast.freelancer, live_cast.outsider) as [mateo, olga]:
            async with present(web, live_cast.room.pk, live_cast.client) as [helen]:
                ack = await helen.send(joint, "Have you **seen** this?")
                await mateo.until(lambda: mateo.said("inbox"))
                [notice] = mateo.said("inbox")
                assert notice == {
                    "t": "inbox", "room": str(live_cast.room.pk), "thread": str(joint), "seq": ack["seq"],
                    "at": ack["at"], "author": str(live_cast.client.pk), "author_name": "Helen Marsh",
                    "preview": "Have you seen this?", "unread": 1,
                }  # fmt: skip
                assert helen.said("inbox") == []
            assert olga.said("inbox") == []
            assert mateo.log == {}

    tell(story)


def test_lists_of_staff_hear_that_other_rooms_wait(web: LiveServer, live_cast: Cast) -> None:
    async def story() -> None:
        people = (live_cast.agent, live_cast.qa, live_cast.analyst, live_cast.outsider)
        async with present(web, None, *people) as [agent, qa, analyst, olga]:
            await agent.until(lambda: agent.said("waiting"))
            for act, who in ((rooms.ask_for_mediator, live_cast.client), (rooms.join_as_mediator, live_cast.mediator)):
                heard = len(agent.said("waiting"))
                await database(act, user=who, room_id=live_cast.room.pk)
                await agent.until(lambda heard=heard: len(agent.said("waiting")) > heard)
                await qa.until(lambda heard=heard: len(qa.said("waiting")) >= heard)
            assert agent.said("waiting")[-1] == {"t": "waiting"}
            assert analyst.said("waiting") == olga.said("waiting") == []

    tell(story)


def _change(case: UUID) -> int:
    """A clock of the case is another one; the first look of a process does not know what was there before."""
    return QueueRow.objects.filter(pk=case).update(changed_at=clock.now())


async def _until_in_database(condition: object) -> None:
    async with asyncio.timeout(5):
        while not await database(condition):  # noqa: ASYNC110 (the database tells nobody)
            await asyncio.sleep(0.02)


def test_staff_in_a_room_hear_that_its_case_has_other_clocks(web: LiveServer, live_cast: Cast) -> None:
    case = claims.ask_without_claim(user=live_cast.client, room_id=live_cast.room.pk).dispute_id
    rows.refresh([case])
    taking.claim(user=live_cast.mediator, dispute_id=case)

    async def story() -> None:
        async with present(web, live_cast.room.pk, live_cast.mediator, live_cast.client) as [ana, helen]:
            await _until_in_database(lambda: _change(case) and ana.said("desk"))
            assert {case for said in ana.said("desk") for case in said["cases"]} == {str(case)}
            assert helen.said("desk") == ana.said("team") == []

    tell(story)


def test_desks_hear_which_cases_changed_and_whose_they_are(web: LiveServer, live_cast: Cast) -> None:
    case = claims.ask_without_claim(user=live_cast.client, room_id=live_cast.room.pk).dispute_id

    async def story() -> None:
        people = (live_cast.agent, live_cast.qa, live_cast.analyst, live_cast.outsider)
        async with present(web, None, *people) as [agent, qa, analyst, olga]:
            await agent.until(lambda: agent.said("waiting"))
            await database(rows.refresh, [case])
            await agent.until(lambda: agent.said("desk"))
            assert agent.said("desk") == [{"t": "desk", "cases": [str(case)], "mediators": [], "is_unclaimed": True}]
            await database(taking.claim, user=live_cast.mediator, dispute_id=case)
            await qa.until(lambda: len(qa.said("desk")) == 2)
            assert qa.said("desk")[-1]["mediators"] == [str(live_cast.mediator.pk)]
            assert analyst.said("desk") == olga.said("desk") == []

    tell(story)
