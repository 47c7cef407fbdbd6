"""What takes long in one socket holds up nobody else (PostgreSQL: on SQLite there is one writer at a time)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from mediation.conversations.models import Thread
from tests.cast import Cast
from tests.live.server import LiveServer
from tests.live.stories import present, tell


@contextmanager
def locked(thread: UUID) -> Iterator[None]:
    """Somebody else holds the thread's row."""
    has_it, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Thread.objects.select_for_update().get(pk=thread)
            has_it.set()
            let_go.wait(20)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    has_it.wait(10)
    try:
        yield
    finally:
        let_go.set()
        holder.join()


@pytest.fixture(autouse=True)
def _needs_row_locks(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no row locks")


def test_others_are_answered_while_one_waits_for_a_row(web: LiveServer, live_cast: Cast) -> None:
    live_cast.mediate()
    joint, private = live_cast.id_of("joint"), live_cast.id_of("caucus_freelancer")

    async def story() -> None:
        people = (live_cast.client, live_cast.freelancer, live_cast.mediator)
        async with present(web, live_cast.room.pk, *people) as [helen, mateo, ana]:
            with locked(joint):
                waiting = [helen.send_soon(joint, "First"), helen.send_soon(joint, "Second")]
                await ana.say({"t": "topic.resolve", "cid": str(uuid4()), "thread": str(joint)})
                for number in range(10):
                    ack = await mateo.send(private, str(number))
                    assert ack["t"] == "ack"
                    await ana.reached(private, ack["seq"])
                assert helen.acks == {}
            answers = [await helen.answer(cid) for cid in waiting]
            assert [answer["t"] for answer in answers] == ["ack", "ack"]
            log = await mateo.reached(joint, answers[1]["seq"])
            assert [event["message"]["text"] for event in log[-2:]] == ["First", "Second"]

    tell(story)
