"""The first visit to a room: few requests, few bytes, and it lives, also where no static file was collected."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from accounts.models import User
from mediation.core import clock
from tests.browser.conftest import Contexts
from tests.browser.room import RoomPage
from tests.browser.test_case_journeys import Story
from tests.cast import Cast
from tests.live.server import LiveServer

pytestmark = pytest.mark.browser
MOST_REQUESTS = 12
MOST_BYTES = 100_000


def talk(cast: Cast, lines: int) -> None:
    for number in range(lines):
        cast.say(cast.freelancer, f"Message {number} says something about the third milestone of this job.")


def a_full_case(cast: Cast) -> None:
    """A case in mediation with what one has by then: points, offers one after the other, and talk between them."""
    story = Story(cast).mediation()
    for number in range(4):
        story.does(cast.mediator, "add_issue", title=f"Point {number}: whether the checkout works on phones")
    for number in range(6):
        who = (cast.freelancer, cast.client)[number % 2]
        story.does(
            who, "make_offer", refund_minor=10_000 * number, release_minor=90_000 - 10_000 * number,
            terms=[f"Tested on {number} phones before money moves"], expires_at=clock.now() + timedelta(days=2),
        )  # fmt: skip
        talk(cast, 6)


def visit(context_of: Contexts, who: User, room_id: object) -> tuple[RoomPage, dict[str, float]]:
    """The live page, and the bytes of everything it loaded."""
    page = context_of(who).new_page()
    network = page.context.new_cdp_session(page)
    sizes: dict[str, float] = {}
    network.on("Network.loadingFinished", lambda done: sizes.update({done["requestId"]: done["encodedDataLength"]}))
    network.send("Network.enable")
    room = RoomPage(page, room_id).open()
    page.wait_for_load_state("load")
    return room, sizes


def check(room: RoomPage, sizes: dict[str, float], text: str = "It lives") -> None:
    assert len(sizes) <= MOST_REQUESTS
    assert sum(sizes.values()) <= MOST_BYTES
    room.say(text)
    room.sees(text)
    assert not room.problems
    room.page.context.close()


def test_a_first_visit_is_small_and_lives(live_cast: Cast, context_of: Contexts) -> None:
    talk(live_cast, 50)
    check(*visit(context_of, live_cast.client, live_cast.room.pk))


def test_so_is_one_to_a_room_with_a_case(live_cast: Cast, context_of: Contexts) -> None:
    a_full_case(live_cast)
    for who in (live_cast.client, live_cast.mediator):
        check(*visit(context_of, who, live_cast.room.pk), f"It lives for {who.name}")


def test_it_lives_by_each_script_where_it_lies(live_cast: Cast, browser: Browser) -> None:
    """As a developer's server gives them out: every module by itself, under its own name."""
    server = LiveServer().start()
    try:
        page = Contexts(browser, server.origin)(live_cast.client).new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(server.origin)))
        room = RoomPage(page, live_cast.room.pk).open()
        assert "/static/js/room/main.js" in asked
        room.say("It lives")
        room.stored("It lives")
        assert not room.problems
        page.context.close()
    finally:
        server.stop()
