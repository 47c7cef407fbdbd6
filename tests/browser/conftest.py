"""A real browser before a real server. One browser for this folder; every person has a context of their own.

Only while the folder's tests run: its loop would be in the way of every test after them.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from accounts.models import User
from tests.browser.room import RoomPage
from tests.browser.statics import collected
from tests.cast import Cast
from tests.live.conftest import running
from tests.live.server import LiveServer, sign_in

# The headless shell draws the same pages with half the work of the whole browser.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 20_000


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps a loop running in this thread; Django would take that for async code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        expect.set_options(timeout=PATIENCE_MS)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def web(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[LiveServer]:
    """A server of this folder's own, with static files as people are served them."""
    with running(django_db_blocker, HASHED_STATIC="1", STATIC_ROOT=str(collected())) as server:
        yield server


@dataclass
class Contexts:
    """`contexts(user, **options)`: a browser window of that person, signed in; of nobody for None."""

    browser: Browser
    address: str

    def __call__(self, user: User | None = None, **options: Any) -> BrowserContext:
        context = self.browser.new_context(**{"base_url": self.address, "viewport": WIDE} | options)
        context.set_default_timeout(PATIENCE_MS)
        if user is not None:
            session = {"name": settings.SESSION_COOKIE_NAME, "value": sign_in(user), "url": self.address}
            context.add_cookies([session])
        return context


@pytest.fixture
def context_of(browser: Browser, web: LiveServer) -> Iterator[Contexts]:
    yield Contexts(browser, web.origin)
    for context in browser.contexts:
        context.close()


@dataclass
class Visit:
    """Opens pages of the running server as somebody."""

    context_of: Contexts

    def __call__(self, user: User | None, path: str, **options: Any) -> Page:
        page = self.context_of(user, **options).new_page()
        page.goto(path)
        return page


@pytest.fixture
def visit(context_of: Contexts) -> Visit:
    return Visit(context_of)


@pytest.fixture
def room_of(context_of: Contexts) -> Iterator[Callable[..., RoomPage]]:
    """`room_of(user, room)`: the room's page of that person, live. No page may have failed when the test ends."""
    opened: list[RoomPage] = []

    def make(user: User, room_id: object, page: Page | None = None, **options: Any) -> RoomPage:
        page = page or context_of(user, **options).new_page()
        opened.append(RoomPage(page, room_id).open())
        return opened[-1]

    yield make
    problems = [problem for room in opened for problem in room.problems]
    assert not problems, problems


@pytest.fixture
def mediated(live_cast: Cast) -> Cast:
    """Helen, Mateo and Ana have talked, jointly and in private."""
    live_cast.mediate()
    live_cast.say(live_cast.freelancer, "I can go a step **further**, see https://example.test/checkout")
    live_cast.say(live_cast.mediator, "What would a tested checkout be worth to you?")
    live_cast.say(live_cast.client, "A lot, honestly.", reply_to_seq=live_cast.joint.head_seq)
    live_cast.say(live_cast.mediator, "What would make this right for you?", audience="caucus_client")
    return live_cast
