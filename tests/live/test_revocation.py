"""A right that ends while the socket is open: nothing said afterwards is delivered, and the socket is closed."""

from collections.abc import Callable
from importlib import import_module

import pytest
from django.conf import settings

from accounts import actions as accounts
from accounts.models import User
from mediation.conversations.models import Member
from mediation.core import clock
from tests.cast import Cast
from tests.live.client import LiveClient
from tests.live.server import LiveServer, sign_in
from tests.live.stories import database, present, tell


def removed_without_a_word(cast: Cast, user: User, key: str) -> None:
    Member.objects.filter(room=cast.room, user=user).update(left_at=clock.now())


def deactivated(cast: Cast, user: User, key: str) -> None:
    accounts.deactivate(user=user)


def signed_out(cast: Cast, user: User, key: str) -> None:
    engine = import_module(settings.SESSION_ENGINE)
    accounts.sign_out(user=user, session=engine.SessionStore(key))


def password_changed(cast: Cast, user: User, key: str) -> None:
    accounts.set_password(user=user, password="another horse battery")


def role_changed(cast: Cast, user: User, key: str) -> None:
    accounts.change_role(user=user, role="analyst")


WAYS = [deactivated, signed_out, password_changed, role_changed]


@pytest.mark.parametrize("way", WAYS)
def test_nothing_said_after_a_right_ended_is_delivered(
    web: LiveServer, live_cast: Cast, way: Callable[[Cast, User, str], None]
) -> None:
    live_cast.mediate()
    joint, private = live_cast.id_of("joint"), live_cast.id_of("caucus_client")

    async def story() -> None:
        key = await database(sign_in, live_cast.mediator)
        ana = await LiveClient(web.url, key, live_cast.room.pk, autopilot=False).start()
        async with present(web, live_cast.room.pk, live_cast.client) as [helen]:
            before = await helen.send(joint, "Before")
            await ana.reached(joint, before["seq"])
            await database(way, live_cast, live_cast.mediator, key)
            secrets = [await helen.send(thread, "Afterwards") for thread in (joint, private, joint)]
            assert await ana.closed() == 4001
            for said in secrets:
                await helen.reached(said["thread"], said["seq"])
            assert "Afterwards" not in str(ana.log) + str(ana.frames)
        await ana.stop()

    tell(story)


def test_a_membership_that_ends_without_an_event_ends_delivery_all_the_same(web: LiveServer, live_cast: Cast) -> None:
    joint = live_cast.id_of("joint")

    async def story() -> None:
        async with present(web, live_cast.room.pk, live_cast.client) as [helen]:
            key = await database(sign_in, live_cast.freelancer)
            mateo = await LiveClient(web.url, key, live_cast.room.pk, autopilot=False).start()
            await database(removed_without_a_word, live_cast, live_cast.freelancer, key)
            said = await helen.send(joint, "Afterwards")
            await helen.reached(joint, said["seq"])
            assert await mateo.closed() == 4003
            assert "Afterwards" not in str(mateo.log) + str(mateo.frames)
            await mateo.stop()

    tell(story)


def test_a_mediator_who_left_hears_no_private_word_more(web: LiveServer, live_cast: Cast) -> None:
    live_cast.mediate()
    joint, private = live_cast.id_of("joint"), live_cast.id_of("caucus_client")

    async def story() -> None:
        async with present(web, live_cast.room.pk, live_cast.client, live_cast.mediator) as [helen, ana]:
            assert (await ana.do("leave", room=live_cast.room.pk))["t"] == "ack"
            secret = await helen.send(private, "Not for Ana")
            open_word = await helen.send(joint, "For all who may read along")
            await helen.reached(private, secret["seq"])
            await ana.reached(joint, open_word["seq"])
            assert ana.seq(private) < secret["seq"]
            assert (await ana.send(private, "But I …"))["code"] == "not_found"

    tell(story)


def test_another_session_of_the_same_person_stays_when_one_signs_out(web: LiveServer, live_cast: Cast) -> None:
    joint = live_cast.id_of("joint")

    async def story() -> None:
        async with present(web, live_cast.room.pk, live_cast.client, live_cast.client) as [laptop, phone]:
            phone.autopilot = False
            await database(signed_out, live_cast, live_cast.client, phone.session)
            assert await phone.closed() == 4001
            ack = await laptop.send(joint, "Still here")
            await laptop.reached(joint, ack["seq"])
            assert laptop.closes == []

    tell(story)


def test_a_command_of_a_closed_account_is_not_done(web: LiveServer, live_cast: Cast) -> None:
    joint = live_cast.id_of("joint")

    async def story() -> None:
        async with present(web, live_cast.room.pk, live_cast.client, autopilot=False) as [helen]:
            await database(User.objects.filter(pk=live_cast.client.pk).update, is_active=False)
            helen.send_soon(joint, "May I?")
            await helen.until(lambda: bool(helen.refusals or helen.closes))
            assert helen.acks == {}

    tell(story)
    assert not live_cast.room.threads.get(audience="joint").messages.filter(body="May I?").exists()
