"""R-05: a process that dies at any step of a send leaves nothing half done, and a retry makes one message."""

import itertools
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection

from mediation.conversations.actions.send import Send, send_message
from mediation.conversations.actions.sending import rows, store
from mediation.events import actions as events
from tests.cast import Cast
from tests.faults import checkers
from tests.faults.dying import Point, crash, die_after, die_before

# name → where the process dies; the last one is after the commit, so its retry must find the message.
POINTS: dict[str, Point] = {
    "before the threads are locked": (rows, "lock_threads", die_before),
    "after the threads are locked": (rows, "lock_threads", die_after),
    "after the rights are read": (store, "_rights", die_after),
    "after the message is written": (rows, "insert_messages", die_after),
    "after the event is written": (events, "record", die_after),
    "after the head has moved": (rows, "move_heads", die_after),
    "before the commit": (connection, "_commit", die_before),
    "after the commit": (connection, "_commit", die_after),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "cycles",
    [24, pytest.param(2000, marks=pytest.mark.faults), pytest.param(10_000, marks=pytest.mark.soak)],
)
def test_a_crash_at_any_step_is_safe(live_cast: Cast, cycles: int) -> None:
    topic = live_cast.joint.pk
    for number, point in zip(range(cycles), itertools.cycle(POINTS), strict=False):
        send = Send(author_id=live_cast.client.pk, thread_id=topic, client_id=uuid4(), body=f"message {number}")
        crash(partial(send_message, send), POINTS[point], point)
        retried = send_message(send)
        assert retried.repeated == (point == "after the commit"), point
        assert retried.seq == number + 2, point
    checkers.check_gapless(topic)
    checkers.check_one_event_each(topic)
