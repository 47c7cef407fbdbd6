"""Several workers, and workers that are killed: nothing is lost, nothing done twice, streams stay in order."""

import os
import subprocess
import sys
from collections import defaultdict

import pytest
from django.db import close_old_connections, connection

from mediation.conversations.actions import rooms
from mediation.conversations.models import Thread
from mediation.conversations.queries.search import search
from mediation.events.dispatch import dispatch
from mediation.events.models import Delivery, Event
from mediation.events.subscribers import subscriber
from mediation.events.tasks import dispatch as drain
from mediation.events.turns import turns
from tests.at_once import at_once
from tests.cast import Cast, make_contract

INDEXED = """
    SELECT count(*) FROM conversations_message WHERE id IN (SELECT {} FROM conversations_search)
""".format("message_id" if connection.vendor == "postgresql" else "rowid")
KILLED_WORKER = """
import os, django
django.setup()
from django.conf import settings
from django.db import connection
connection.settings_dict["NAME"] = os.environ["TEST_DATABASE"]
from mediation.events import dispatch
from mediation.conversations.actions import search_index
def die(*args, **kwargs):
    os._exit(9)
place = os.environ["DIE_AT"]
if place == "before the work":
    dispatch._deliver = die
elif place == "after the work":
    deliver = dispatch._deliver
    dispatch._deliver = lambda *args: (deliver(*args), die())
elif place == "inside the work":
    search_index._remember = die
dispatch.dispatch()
"""


def more_rooms(cast: Cast, count: int) -> list[Thread]:
    made = [rooms.open_room(contract=make_contract(cast.client, cast.freelancer, f"Job {n}")) for n in range(count)]
    return [Thread.objects.get(room=room) for room in made]


def test_two_workers_share_the_streams_and_keep_each_in_order(live_cast: Cast, nobody: None) -> None:
    heard: dict = defaultdict(list)
    subscriber("slow", "message.sent")(lambda event: heard[event.stream_id].append(event.seq))
    threads = more_rooms(live_cast, 4)
    for number in range(10):
        for thread in threads:
            live_cast.say(live_cast.client, f"Line {number}", thread=thread)

    def work() -> None:
        for _ in range(30):
            dispatch(limit=7)

    assert at_once(work, work, work) == [None] * 3
    drain()
    assert dict(heard) == {thread.room_id: list(range(2, 12)) for thread in threads}
    assert not Event.objects.filter(handled_at__isnull=True).exists()


def test_a_stream_that_another_worker_has_is_left_alone(live_cast: Cast, nobody: None) -> None:
    heard = []
    subscriber("any", "thread.opened")(lambda event: heard.append(event.seq))
    with turns([live_cast.room.pk]) as ours:
        assert ours == {live_cast.room.pk}
        at_once(dispatch)
        assert heard == []
    at_once(dispatch)
    assert heard == [1]


def test_sends_need_no_worker_and_what_must_react_happens_afterwards(live_cast: Cast) -> None:
    for number in range(30):
        live_cast.say(live_cast.client, f"apples {number}")
    assert search(user=live_cast.client, words="apples")["hits"] == []
    drain()
    assert len(search(user=live_cast.client, words="apples", limit=50)["hits"]) == 30


@pytest.mark.parametrize("place", ["before the work", "inside the work", "after the work"])
def test_a_killed_worker_loses_nothing_and_doubles_nothing(live_cast: Cast, place: str) -> None:
    for number in range(3):
        live_cast.say(live_cast.client, f"apples {number}")
    environment = os.environ | {
        "TEST_DATABASE": str(connection.settings_dict["NAME"]),
        "DIE_AT": place,
        "DJANGO_SETTINGS_MODULE": "mediation.config.settings",
    }
    worker = subprocess.run(
        [sys.executable, "-c", KILLED_WORKER], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert worker.returncode == 9, worker.stderr
    close_old_connections()
    assert Event.objects.filter(handled_at__isnull=True).count() == 4
    drain()
    assert not Event.objects.filter(handled_at__isnull=True).exists()
    assert not Delivery.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute(INDEXED)
        assert cursor.fetchone() == (3,)
