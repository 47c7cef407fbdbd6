"""Several workers at one ticket, and a worker that dies between the mark and the answer: each line is there once."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import UTC

import pytest
import time_machine
from django.conf import settings
from django.db import connection

from mediation.zendesk.actions import leases, working
from mediation.zendesk.models import Request
from tests.live.server import database_url
from tests.zendesk.conftest import Sides
from tests.zendesk_standin import running

WORKERS, LINES = 4, 12
DELAY = 3  # seconds in which the worker is killed; Zendesk goes on with what it was asked, or does not
WORK = "from mediation.zendesk.tasks import work; work()"

pytestmark = pytest.mark.django_db(transaction=True)


def together(jobs: int) -> list[BaseException]:
    """So many threads that do at once what a worker does; what went wrong in them."""
    start, wrong = threading.Barrier(jobs), []

    def work() -> None:
        try:
            start.wait()
            working.work_due()
        except BaseException as problem:
            wrong.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def words_there(sides: Sides, words: list[str]) -> Counter[str]:
    there = sides.said_there()
    return Counter({word: there.count(word) for word in words})


def test_of_real_threads_one_holds_the_ticket_and_every_line_is_there_once(sides: Sides) -> None:
    words = [f"Line-{number:02}." for number in range(LINES)]
    for word in words:
        sides.write(sides.cast.client, word)
        sides.hear()
        assert together(WORKERS) == []
        sides.pass_time(seconds=20)
    sides.until_in_step()
    assert words_there(sides, words) == dict.fromkeys(words, 1)
    there = sides.said_there()
    assert sorted(words, key=there.index) == words


def test_of_real_threads_one_gets_the_lease(sides: Sides) -> None:
    start, held, ticket = threading.Barrier(WORKERS), [], sides.mirror.pk

    def take() -> None:
        start.wait()
        held.append(leases.take(ticket))
        connection.close()

    threads = [threading.Thread(target=take) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(held) == WORKERS
    assert len([one for one in held if one is not None]) == 1


def killed_under_way(sides: Sides) -> None:
    """A worker process of its own, ended by SIGKILL when it has marked its request and Zendesk has it in hand."""
    zendesk = {
        "ZENDESK_URL": sides.standin.url,
        "ZENDESK_CLIENT_ID": running.CLIENT_ID,
        "ZENDESK_CLIENT_SECRET": running.CLIENT_SECRET,
        "ZENDESK_WEBHOOK_SECRET": running.WEBHOOK_SECRET,
        "ZENDESK_WEBHOOK_ID": running.WEBHOOK_ID,
        "ZENDESK_ACCOUNT_ID": str(running.ACCOUNT_ID),
    }
    asked = len(sides.standin.requests(method="PUT"))
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "shell", "-c", WORK]
    worker = subprocess.Popen(command, env=os.environ | {"DATABASE_URL": database_url()} | zendesk)
    try:
        marked = Request.objects.filter(settled_at__isnull=True, tried_at__isnull=False)
        sides.standin.wait(lambda: worker.poll() is not None or marked.exists(), seconds=60)
        assert worker.poll() is None, "the worker ended before it could be killed"
        sides.standin.wait(lambda: len(sides.standin.requests(method="PUT")) > asked)
    finally:
        worker.send_signal(signal.SIGKILL)
        assert worker.wait() == -signal.SIGKILL


@pytest.mark.faults
@pytest.mark.parametrize("is_applied", [True, False], ids=["applied after its death", "never applied"])
def test_a_worker_killed_between_mark_and_answer_leaves_each_line_once(sides: Sides, is_applied: bool) -> None:
    # The worker goes by the machine's clock, so both sides do from here on.
    moment = time_machine.escape_hatch.datetime.datetime.now(UTC)
    sides.traveller.move_to(moment, tick=False)
    sides.standin.set_clock(moment.isoformat())
    sides.until_in_step()
    words = ["Before-the-kill.", "After-the-kill."]
    sides.write(sides.cast.client, words[0])
    sides.hear()
    sides.standin.faults({"what": "delay", "method": "PUT", "path": "tickets", "seconds": DELAY})
    if not is_applied:
        sides.standin.faults({"what": "refuse_before", "method": "PUT", "path": "tickets"})
    killed_under_way(sides)
    if is_applied:
        sides.standin.wait(lambda: words[0] in sides.said_there())
    assert Request.objects.get(settled_at__isnull=True).tried_at is not None
    sides.write(sides.cast.freelancer, words[1])
    sides.later(seconds=1)
    assert words_there(sides, words)[words[1]] == 0, "the dead worker's lease still holds"
    sides.until_in_step()
    assert words_there(sides, words) == dict.fromkeys(words, 1)
    there = sides.said_there()
    assert there.index(words[0]) < there.index(words[1])
