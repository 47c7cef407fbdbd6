"""The first visit to a room, with static files as they are served: few requests, few bytes, and it lives."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from tests.browser.conftest import Contexts
from tests.browser.room import RoomPage
from tests.cast import Cast
from tests.live.server import LiveServer

pytestmark = pytest.mark.browser
MOST_REQUESTS = 12
MOST_BYTES = 100_000


@pytest.fixture
def served(live_cast: Cast, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server whose static files are collected, joined and hashed."""
    environment = {"HASHED_STATIC": "1", "STATIC_ROOT": str(tmp_path_factory.mktemp("static"))}
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(command, cwd=settings.BASE_DIR, env=os.environ | environment, check=True)
    server = LiveServer(**environment).start()
    yield server
    server.stop()


def test_a_first_visit_is_small_and_lives(live_cast: Cast, served: LiveServer, browser: Browser) -> None:
    for number in range(50):
        live_cast.say(live_cast.freelancer, f"Message {number} says something about the third milestone of this job.")
    page = Contexts(browser, served.origin)(live_cast.client).new_page()
    network = page.context.new_cdp_session(page)
    sizes: dict[str, float] = {}
    network.on("Network.loadingFinished", lambda done: sizes.update({done["requestId"]: done["encodedDataLength"]}))
    network.send("Network.enable")
    room = RoomPage(page, live_cast.room.pk).open()
    page.wait_for_load_state("networkidle")
    assert len(sizes) <= MOST_REQUESTS
    assert sum(sizes.values()) <= MOST_BYTES
    room.say("It lives")
    room.sees("It lives")
    assert not room.problems
    page.context.close()
