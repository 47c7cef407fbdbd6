"""Staff see which other staff look at a case, who types and who has begun something; a party never hears of it."""

from uuid import UUID

import pytest
from django.db import transaction

from mediation.desk.actions.rows import refresh
from mediation.disputes.actions import claims
from mediation.disputes.actions.transition import transition
from tests.cast import Cast
from tests.live.client import LiveClient
from tests.live.server import LiveServer
from tests.live.stories import present, tell


@pytest.fixture
def case(live_cast: Cast) -> UUID:
    """Helen's call for a mediator, taken by Ana."""
    with transaction.atomic():
        found = claims.ask_without_claim(user=live_cast.client, room_id=live_cast.room.pk).dispute_id
    transition(actor=live_cast.mediator, dispute_id=found, command="claim")
    refresh([found])
    return found


def seen(client: LiveClient) -> list[tuple[str, bool, bool]]:
    """Who else looks, as it was said last: name, types, has begun something."""
    said = client.said("colleagues")
    return [(one["name"], one["types"], one["holds"]) for one in said[-1]["people"]] if said else []


def test_in_the_room_and_at_the_desk_they_see_each_other(web: LiveServer, live_cast: Cast, case: UUID) -> None:
    joint, notes = live_cast.id_of("joint"), live_cast.id_of("internal")

    async def story() -> None:
        room = live_cast.room.pk
        async with (
            present(web, room, live_cast.mediator, live_cast.agent, live_cast.client) as [ana, priya, helen],
            present(web, None, live_cast.senior) as [sam],
        ):
            await ana.until(lambda: seen(ana) == [("Priya Nair", False, False)])
            await sam.say({"t": "look", "case": str(case)})
            await sam.until(lambda: seen(sam) == [("Ana Duarte", False, False), ("Priya Nair", False, False)])
            await ana.until(lambda: ("Sam Okafor", False, False) in seen(ana))
            await ana.say({"t": "typing", "thread": joint, "on": True})
            await ana.say({"t": "holds", "thread": joint, "on": True})
            await sam.until(lambda: ("Ana Duarte", True, True) in seen(sam))
            await priya.say({"t": "typing", "thread": notes, "on": True})
            await ana.until(lambda: ("Priya Nair", True, False) in seen(ana))
            await ana.say({"t": "holds", "thread": joint, "on": False})
            await ana.say({"t": "typing", "thread": joint, "on": False})
            await sam.until(lambda: ("Ana Duarte", False, False) in seen(sam))
            await sam.say({"t": "look", "case": None})
            await ana.until(lambda: [name for name, _, _ in seen(ana)] == ["Priya Nair"])
            await helen.say({"t": "ping"})
            await helen.until(lambda: bool(helen.said("pong")))
            assert helen.said("colleagues") == []

    tell(story)


def test_nobody_outside_learns_that_somebody_types_in_private(web: LiveServer, live_cast: Cast, case: UUID) -> None:
    caucus, joint = live_cast.id_of("caucus_client"), live_cast.id_of("joint")

    async def story() -> None:
        async with present(web, live_cast.room.pk, live_cast.mediator, live_cast.agent) as [ana, priya]:
            await ana.say({"t": "holds", "thread": caucus, "on": True})
            await ana.say({"t": "typing", "thread": caucus, "on": True})
            await ana.say({"t": "holds", "thread": joint, "on": True})
            await priya.until(lambda: ("Ana Duarte", False, True) in seen(priya))
            assert not any(one["types"] for frame in priya.said("colleagues") for one in frame["people"])

    tell(story)


def test_who_may_not_see_a_case_looks_at_nothing(web: LiveServer, live_cast: Cast, case: UUID) -> None:
    people = [live_cast.outsider, live_cast.freelancer, live_cast.analyst]

    async def story() -> None:
        async with present(web, None, *people) as strangers, present(web, None, live_cast.agent) as [priya]:
            for one in strangers:
                await one.say({"t": "look", "case": str(case)})
                await one.until(lambda one=one: bool(one.said("refused") or one.said("error")))
            await priya.say({"t": "look", "case": str(case)})
            await priya.say({"t": "look", "case": str(case)})
            await priya.say({"t": "ping"})
            await priya.until(lambda: bool(priya.said("pong")))
            assert seen(priya) == []
            assert [one.said("colleagues") for one in strangers] == [[], [], []]

    tell(story)


def around(client: LiveClient) -> list[tuple[str, list[tuple[str, bool, bool]]]]:
    """Who is in which case of the open queue, as it was told."""
    return [
        (said["case"], [(one["name"], one["types"], one["holds"]) for one in said["people"]])
        for said in client.said("around")
    ]


def test_an_open_queue_shows_who_is_in_which_case(web: LiveServer, live_cast: Cast, case: UUID) -> None:
    joint, caucus = live_cast.id_of("joint"), live_cast.id_of("caucus_client")

    async def story() -> None:
        async with (
            present(web, live_cast.room.pk, live_cast.mediator) as [ana],
            present(web, None, live_cast.senior, live_cast.agent) as [sam, priya],
        ):
            await sam.say({"t": "watch", "cases": [str(case), str(live_cast.room.pk)]})
            await sam.until(lambda: around(sam) == [(str(case), [("Ana Duarte", False, False)])])
            await ana.say({"t": "holds", "thread": caucus, "on": True})  # typing would end by itself
            await ana.say({"t": "holds", "thread": joint, "on": True})
            await sam.until(lambda: around(sam)[-1][1] == [("Ana Duarte", False, True)])
            await priya.say({"t": "look", "case": str(case)})
            await sam.until(lambda: around(sam)[-1][1] == [("Ana Duarte", False, True), ("Priya Nair", False, False)])
            await priya.until(lambda: seen(priya) == [("Ana Duarte", False, True)])  # who has it in a list is not in it
            assert len(around(sam)) == 3, "what is private is not told, and the same not twice"
            await sam.say({"t": "watch", "cases": []})
            await priya.say({"t": "look", "case": None})
            await ana.until(lambda: bool(ana.said("colleagues")) and seen(ana) == [])
            await sam.say({"t": "watch", "cases": [str(case)]})
            await sam.until(lambda: len(around(sam)) == 4)
            assert [name for name, _, _ in around(sam)[-1][1]] == ["Ana Duarte"]

    tell(story)


def test_who_has_no_desk_is_told_of_nobody(web: LiveServer, live_cast: Cast, case: UUID) -> None:
    people, joint = [live_cast.outsider, live_cast.client, live_cast.analyst], live_cast.id_of("joint")

    async def story() -> None:
        async with (
            present(web, live_cast.room.pk, live_cast.mediator) as [ana],
            present(web, None, *people) as strangers,
            present(web, None, live_cast.agent) as [priya],
        ):
            for one in strangers:
                await one.say({"t": "watch", "cases": [str(case)]})
            await ana.say({"t": "holds", "thread": joint, "on": True})
            await priya.say({"t": "watch", "cases": [str(case)]})
            await priya.until(lambda: bool(around(priya)) and around(priya)[-1][1] == [("Ana Duarte", False, True)])
            for one in strangers:
                await one.say({"t": "ping"})
                await one.until(lambda one=one: bool(one.said("pong")))
            assert [around(one) for one in strangers] == [[], [], []]

    tell(story)
