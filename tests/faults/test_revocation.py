"""S-04 in a lively room: from the commit that ends a right, not one event more is given out."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest

from accounts.models import User
from mediation.conversations.actions import rooms
from mediation.conversations.models import Thread
from tests.cast import Cast, make_contract, person
from tests.live.client import LiveClient
from tests.live.server import LiveServer, sign_in
from tests.live.stories import database, present
from tests.live.test_revocation import WAYS, removed_without_a_word

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults, pytest.mark.alone]
ROUNDS = 4
Way = Callable[[Cast, User, str], None]


def end_and_look(way: Way, cast: Cast, key: str) -> int:
    """End the freelancer's right; returns the head of the thread after that commit."""
    way(cast, cast.freelancer, key)
    return Thread.objects.values_list("head_seq", flat=True).get(pk=cast.id_of("joint"))


async def story(web: LiveServer, cast: Cast, way: Way) -> float:
    """Seconds from the commit to the end of the socket, while two others talk without a pause."""
    joint, is_talking = await database(cast.id_of, "joint"), True

    async def talk(client: LiveClient) -> None:
        while is_talking:
            assert (await client.send(joint, "and on", confirmed=True))["t"] == "ack"

    async with present(web, cast.room.pk, cast.client, cast.mediator) as others:
        key = await database(sign_in, cast.freelancer)
        mateo = await LiveClient(web.url, key, cast.room.pk, autopilot=False).start()
        talking = [asyncio.create_task(talk(one)) for one in others]
        await mateo.until(lambda: mateo.seq(joint) > 20)
        head = await database(end_and_look, way, cast, key)
        begin = asyncio.get_running_loop().time()
        assert await mateo.closed(within=30) in {4001, 4003}
        seconds = asyncio.get_running_loop().time() - begin
        is_talking = False
        await asyncio.gather(*talking)
        assert mateo.seq(joint) <= head, f"{mateo.seq(joint) - head} events after the right had ended"
        await mateo.stop()
    return seconds


def another(cast: Cast) -> Cast:
    """A freelancer who still has every right, and a room with them."""
    mateo = person("Mateo Giraldo", "freelancer", email=f"mateo-{uuid4().hex[:8]}@example.test")
    found = replace(cast, freelancer=mateo, room=rooms.open_room(contract=make_contract(cast.client, mateo)))
    found.mediate()
    return found


@pytest.mark.parametrize("way", [*WAYS, removed_without_a_word])
def test_nothing_is_given_out_after_a_right_ended(
    web: LiveServer, live_cast: Cast, record_property: Callable[[str, object], None], way: Way
) -> None:
    seconds = [asyncio.run(story(web, another(live_cast), way)) for _ in range(ROUNDS)]
    record_property("seconds until the socket was closed", [round(one, 2) for one in seconds])
