"""The checkers are checked against real servers: each planted fault turns the story of its promise red."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from django.db import connection

from mediation.conversations.models import Message
from mediation.events.models import Event
from tests.cast import Cast
from tests.faults import checkers, planted, test_canary, test_doubles, test_kills, test_two_worlds
from tests.faults.house import a_house
from tests.live.server import LiveServer
from tests.live.stories import present

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]


@contextmanager
def a_server_with(fault: str) -> Iterator[LiveServer]:
    """One web process with the fault."""
    server = LiveServer(planted.program(fault)).start()
    try:
        yield server
    finally:
        server.kill9()


def test_answers_before_the_commit_lose_messages(tmp_path: Path) -> None:
    lost = pytest.raises(AssertionError, match="acknowledged messages are not where")
    with a_house(tmp_path, webs=1, fault="answer before the commit") as (servers, store), lost:
        test_kills.survive(servers, store, tables=1, kills=4, acked=8, seconds=0)


@contextmanager
def without_the_key() -> Iterator[None]:
    """The database lets the same message in again; nothing of it is left afterwards."""
    constraints = Message._meta.constraints
    [key] = [one for one in constraints if one.name == "message_sent_once"]
    Message._meta.constraints = [one for one in constraints if one != key]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Message, key)
    try:
        yield
    finally:
        Event.objects.all().delete()
        Message.objects.all().delete()
        Message._meta.constraints = constraints
        with connection.schema_editor() as editor:
            editor.add_constraint(Message, key)
            if connection.vendor == "sqlite":  # which makes the table anew, without its triggers
                for statement in import_module("mediation.conversations.migrations.0002_search").SQLITE[1:]:
                    editor.execute(statement)


def test_a_missing_key_doubles_messages(tmp_path: Path) -> None:
    # The house falls first: what its servers still store would stand in the way of the key.
    with without_the_key(), a_house(tmp_path, webs=1, fault="no unique key") as (servers, _):
        with pytest.raises(AssertionError, match="the two answers name"):
            asyncio.run(test_doubles.story(servers, pairs=8, tables=1))
        with pytest.raises(AssertionError, match="stored more than once"):
            checkers.check_none_doubled([str(one.client_id) for one in Message.objects.exclude(client_id=None)])


SMALL = {"tables": 1, "in_person": 10, "in_batches": 0, "strangers": ["client"]}


@pytest.mark.parametrize(
    "fault",
    ["no membership check", "wrong group", "cases for all", "texts in logs", "texts in hints", "texts in tasks"],
)
def test_a_leak_is_heard(tmp_path: Path, fault: str) -> None:
    with a_house(tmp_path, fault=fault) as (servers, store):
        house, _, _ = test_canary.listen_everywhere(servers, store.url, [], **SMALL)
    with pytest.raises(AssertionError, match="private words leaked"):
        house.canaries.check()


def test_a_missing_membership_check_tells_the_worlds_apart() -> None:
    with a_server_with("no membership check") as server:
        _, without, with_closed_doors = asyncio.run(test_two_worlds.both(1, server))
    assert without != with_closed_doors


async def seen_elsewhere(here: LiveServer, there: LiveServer, cast: Cast) -> None:
    """What is said at one process is seen at the other, in a few seconds at most."""
    joint = await sync_to_async(cast.id_of)("joint")
    room = cast.room.pk
    async with present(here, room, cast.client) as [helen], present(there, room, cast.freelancer) as [mateo]:
        head = (await helen.send(joint, "Can you see this?"))["seq"]
        for _ in range(50):
            if mateo.seq(joint) == head:
                break
            await asyncio.sleep(0.1)
        checkers.check_complete_view(mateo.seqs(joint), head)


def test_hints_may_be_lost_but_the_poll_may_not(web: LiveServer, live_cast: Cast) -> None:
    with a_server_with("hints lost") as deaf:
        asyncio.run(seen_elsewhere(web, deaf, live_cast))
    with a_server_with("hints lost and no poll") as deaf, pytest.raises(AssertionError, match="not in order"):
        asyncio.run(seen_elsewhere(web, deaf, live_cast))
