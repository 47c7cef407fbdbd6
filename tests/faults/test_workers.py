"""R-08, R-09: nobody needs a worker to talk; what must react happens afterwards, once, however often workers die."""

import asyncio
import io
import itertools
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from mediation.conversations.actions import files, search_index
from mediation.conversations.models import Message
from mediation.events import dispatch
from mediation.events.models import Delivery, Event
from mediation.events.tasks import dispatch as drain
from tests.cast import Cast
from tests.faults import checkers
from tests.faults.crowd import Crowd, gather_crowd
from tests.faults.dying import Point, crash, die_after, die_before
from tests.faults.house import Worker, a_house
from tests.live.server import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
_KEY = {"postgresql": "message_id", "sqlite": "rowid"}[connection.vendor]
WITHIN_SECONDS = 120


def check_everything_is_handled(pictures: int = 0) -> None:
    """Each event handled, none in trouble, each text found once, each picture drawn once."""
    assert not Event.objects.filter(handled_at__isnull=True).exists()
    assert not Delivery.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_KEY} FROM conversations_search ORDER BY 1")
        indexed = [row[0] for row in cursor.fetchall()]
    assert indexed == list(Message.objects.filter(kind="text").order_by("pk").values_list("pk", flat=True))
    assert Event.objects.filter(type="file.ready").count() == pictures


# --- R-08 --------------------------------------------------------------------------------------------------------
async def talk(server: LiveServer, messages: int) -> Crowd:
    """So many messages at each of four tables; none is refused."""
    crowd = await gather_crowd([server.url], 4)
    for number in range(messages):
        text = f"apples {number}"
        said = [table.clients[number % 3].send(table.thread, text, confirmed=True) for table in crowd.tables]
        assert {answer["t"] for answer in await asyncio.gather(*said)} == {"ack"}
    await crowd.settle()
    await crowd.leave()
    return crowd


@pytest.mark.faults
@pytest.mark.alone
def test_sends_need_no_worker(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    with a_house(tmp_path, webs=1) as ((server,), store):
        crowd = asyncio.run(talk(server, 100))
        assert Event.objects.filter(handled_at__isnull=True).count() >= 400
        worker, begin = Worker(store, beat=True).start(), time.monotonic()
        try:
            while Event.objects.filter(handled_at__isnull=True).exists() and time.monotonic() - begin < WITHIN_SECONDS:
                time.sleep(0.05)
        finally:
            worker.kill9()
        seconds = round(time.monotonic() - begin, 1)
    record_property("told", f"{crowd.acked} messages handled {seconds} s after the worker was started")
    crowd.check()
    check_everything_is_handled()


# --- R-09 --------------------------------------------------------------------------------------------------------
# name → where the worker dies.
POINTS: dict[str, Point] = {
    "before it has a turn": (dispatch, "turns", die_before),
    "before the work": (dispatch, "_deliver", die_before),
    "inside the work": (search_index, "_remember", die_before),
    "before the commit of the work": (search_index, "_remember", die_after),
    "after the work of the first": (dispatch, "_deliver", die_after),
    "before a picture is kept": (files, "_keep_thumbnail", die_before),
    "after a picture is kept": (files, "_keep_thumbnail", die_after),
    "before the retries": (dispatch, "retry_due", die_before),
}


def picture() -> SimpleUploadedFile:
    """A small one."""
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(data, "PNG")
    return SimpleUploadedFile("plan.png", data.getvalue(), "image/png")


@pytest.mark.parametrize(
    "kills",
    [len(POINTS), pytest.param(60, marks=pytest.mark.faults), pytest.param(1000, marks=pytest.mark.soak)],
)
def test_a_worker_that_dies_anywhere_loses_nothing_and_doubles_nothing(
    live_cast: Cast, settings: object, tmp_path: Path, kills: int
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]
    joint = live_cast.joint.pk
    for _, point in zip(range(kills), itertools.cycle(POINTS), strict=False):
        file = files.upload(user=live_cast.client, thread_id=joint, file=picture())
        live_cast.say(live_cast.client, f"apples {uuid4()}", files=(file.pk,))
        crash(dispatch.dispatch, POINTS[point], point)
    drain()
    check_everything_is_handled(pictures=kills)
    checkers.check_gapless(joint)
