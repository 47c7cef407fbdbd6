"""What the other side did with a milestone is news: the room comes to the top of the list, unread, and needs them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import translation

from accounts.models import User
from mediation.conversations.actions import reading, rooms
from mediation.conversations.models import Milestone, Thread
from mediation.conversations.queries.inbox import inbox
from mediation.conversations.queries.room import room_state
from mediation.core import clock
from mediation.disputes.actions import auto_release, milestones
from mediation.disputes.rules.milestones import Act
from mediation.web.lists import Row, room_list
from tests.cast import Cast, make_contract
from tests.disputes.conftest import milestone as milestone  # noqa: PLC0414

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def another(cast: Cast, milestone: Milestone) -> Thread:
    """A second room, in which somebody has written since; in the first nothing was asked back."""
    Milestone.objects.update(refund_asked_at=None, refund_answered_at=None)
    cast.freelancer.language = "en"
    cast.freelancer.save(update_fields=["language"])
    room = rooms.open_room(contract=make_contract(cast.client, cast.freelancer, "Second shop"))
    thread = Thread.objects.get(room=room)
    cast.say(cast.freelancer, "Good morning.", thread=thread)
    return thread


def do(cast: Cast, who: User, act: Act) -> None:
    with clock.at(clock.now() + timedelta(minutes=1)):
        milestones.act(
            user=who, room_id=cast.room.pk, position=3, act=act, command_id=uuid4(), note="It is *not* tested & <so>."
        )


def rows(person: User) -> list[Row]:
    with translation.override("en"):
        return [row for group in room_list(person, QueryDict()).groups for row in group["rows"]]


def first(person: User) -> tuple[str, str, int]:
    row = rows(person)[0]
    return row.title, row.group, row.unread


def test_what_one_side_does_comes_first_for_the_other_until_it_is_read(cast: Cast) -> None:
    title = cast.room.contract.title
    assert rows(cast.client)[0].title == "Second shop"
    do(cast, cast.freelancer, Act.SUBMIT)
    assert first(cast.client) == (title, "needs_you", 1)
    assert (
        rows(cast.client)[0].last == "Mateo submitted “Checkout and launch”. Without an answer it is paid in 14 days."
    )
    assert first(cast.freelancer) == (title, "open", 0)
    assert rows(cast.freelancer)[0].last.startswith("You submitted “Checkout and launch”")
    reading.mark_read(user=cast.client, thread_id=cast.joint.pk, seq=Thread.objects.get(pk=cast.joint.pk).head_seq)
    assert first(cast.client) == (title, "open", 0)
    do(cast, cast.client, Act.RETURN)
    assert first(cast.freelancer) == (title, "needs_you", 1)
    assert rows(cast.freelancer)[0].last.endswith("“Checkout and launch”: “It is *not* tested & <so>.”")


def test_every_way_to_count_says_the_same(cast: Cast) -> None:
    do(cast, cast.client, Act.ASK_BACK)
    room = next(one for one in inbox(user=cast.freelancer)["rooms"] if one["id"] == str(cast.room.pk))
    assert (room["unread"], room["last"] and room["last"]["code"]) == (1, "milestone.asked_back")
    assert room["unread_by"] == {str(cast.joint.pk): 1}
    threads = room_state(user=cast.freelancer, room_id=cast.room.pk)["threads"]
    assert [one["unread"] for one in threads if one["id"] == str(cast.joint.pk)] == [1]


def test_what_is_paid_by_itself_is_news_for_both(cast: Cast, milestone: Milestone) -> None:
    auto_release.start(milestone, due_at=clock.now() + timedelta(days=1))
    with clock.at(clock.now() + timedelta(days=2)):
        assert auto_release.release_due() == 1
        for person in (cast.client, cast.freelancer):
            assert first(person) == (cast.room.contract.title, "needs_you", 1)
            assert "went to the freelancer" in rows(person)[0].last


def test_the_page_and_the_api_show_it(client: Client, cast: Cast) -> None:
    do(cast, cast.freelancer, Act.SUBMIT)
    client.force_login(cast.client)
    assert "Needs you" in client.get("/rooms/").content.decode()
    last = client.get("/api/rooms/").json()["rooms"][0]["last"]
    assert (last["code"], last["preview"]) == ("milestone.submitted", "")
    assert last["params"]["title"] == "Checkout and launch"
