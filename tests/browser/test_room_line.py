"""R-10: whenever the line breaks, nothing is shown as sent that is not stored; nothing unsent is lost or doubled."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts import actions as accounts
from mediation.conversations.actions import rooms
from mediation.conversations.models import Message
from tests.browser.conftest import Contexts
from tests.browser.room import Line, RoomPage
from tests.cast import Cast
from tests.live.server import LiveServer

RoomOf = Callable[..., RoomPage]
pytestmark = pytest.mark.browser
TEXT = "The checkout works on all three phones."


@pytest.fixture
def helen(live_cast: Cast, web: LiveServer, context_of: Contexts, room_of: RoomOf) -> tuple[RoomPage, Line]:
    page = context_of(live_cast.client).new_page()
    line = Line(page)
    return room_of(live_cast.client, live_cast.room.pk, page), line


def pending(room: RoomPage, state: str):  # type: ignore[no-untyped-def]
    return room.page.locator(f".msg[data-state={state}]")


def stored() -> int:
    return Message.objects.filter(body=TEXT).count()


def until_stored(page: Page) -> None:
    for _try in range(100):
        if stored():
            return
        page.wait_for_timeout(30)
    raise AssertionError("It was never stored.")


def is_there_once(room: RoomPage) -> None:
    room.until_live()
    room.sees(TEXT)
    expect(room.page.locator(".msg[data-state]")).to_have_count(0)
    room.page.reload()
    room.until_live()
    room.sees(TEXT)
    assert stored() == 1


def test_cut_before_it_was_sent(helen: tuple[RoomPage, Line]) -> None:
    room, line = helen
    line.refuse = True
    room.field.fill(TEXT)
    line.sockets[-1].close(code=3000)
    expect(room.page.locator("#composer")).to_have_attribute("data-off", "")
    room.field.press("Enter")
    assert room.field.input_value() == TEXT
    line.refuse = False
    room.until_live()
    room.field.press("Enter")
    is_there_once(room)


def test_cut_after_it_was_sent_and_before_it_was_stored(helen: tuple[RoomPage, Line]) -> None:
    room, line = helen
    line.up = False
    room.say(TEXT)
    expect(pending(room, "sending")).to_have_count(1)
    assert any(TEXT in frame for frame in line.said)
    assert stored() == 0
    line.cut()
    is_there_once(room)


def test_cut_after_it_was_stored_and_before_the_answer(helen: tuple[RoomPage, Line]) -> None:
    room, line = helen
    line.down = False
    room.say(TEXT)
    until_stored(room.page)
    expect(pending(room, "sending")).to_have_count(1)
    line.cut()
    is_there_once(room)


def test_cut_while_catching_up(helen: tuple[RoomPage, Line]) -> None:
    room, line = helen
    line.up = False
    room.say(TEXT)
    line.cut_after = "welcome"
    line.cut()
    is_there_once(room)


def test_cut_and_the_page_reloaded(helen: tuple[RoomPage, Line]) -> None:
    room, line = helen
    line.up = False
    room.say(TEXT)
    expect(pending(room, "sending")).to_have_count(1)
    line.up = True
    room.page.reload()
    is_there_once(room)


def test_a_long_silence_is_shown_as_not_sent_with_a_way_out(helen: tuple[RoomPage, Line]) -> None:
    room, line = helen
    line.up = False
    room.say(TEXT)
    line.refuse = True
    room.page.route("**/api/**", lambda asked: asked.abort())
    line.sockets[-1].close(code=3000)
    failed = pending(room, "failed")
    expect(failed.locator("[data-part=state]")).to_contain_text("Not sent: no connection.")
    expect(failed.get_by_role("button", name="Copy the text")).to_be_visible()
    line.refuse, line.up = False, True
    room.page.unroute("**/api/**")
    failed.get_by_role("button", name="Send again").click()
    is_there_once(room)


def test_without_any_socket_the_room_goes_on_over_http(live_cast: Cast, context_of: Contexts, web: LiveServer) -> None:
    page = context_of(live_cast.client).new_page()
    line = Line(page)
    line.refuse = True
    room = RoomPage(page, live_cast.room.pk)
    page.goto(room.address)
    room.until_live()
    room.say(TEXT)
    room.sees(TEXT)
    live_cast.say(live_cast.freelancer, "And this reaches you too.")
    room.sees("And this reaches you too.")
    assert stored() == 1


def test_a_closed_tab_s_text_is_sent_by_the_one_that_is_left(
    live_cast: Cast, web: LiveServer, room_of: RoomOf, context_of: Contexts
) -> None:
    context = context_of(live_cast.client)
    first, second = context.new_page(), context.new_page()
    line = Line(first)
    closing = room_of(live_cast.client, live_cast.room.pk, first)
    staying = room_of(live_cast.client, live_cast.room.pk, second)
    line.up = False
    closing.say(TEXT)
    expect(pending(closing, "sending")).to_have_count(1)
    first.close()
    is_there_once(staying)


def test_two_tabs_show_each_other_s_lines_once(
    live_cast: Cast, web: LiveServer, room_of: RoomOf, context_of: Contexts
) -> None:
    context = context_of(live_cast.client)
    one, other = (room_of(live_cast.client, live_cast.room.pk, context.new_page()) for _tab in range(2))
    one.say("From the first tab")
    other.say("From the second tab")
    for room in (one, other):
        room.sees("From the first tab")
        room.sees("From the second tab")
    assert Message.objects.filter(kind="text").count() == 2


def test_when_the_session_ends_elsewhere_the_page_says_so_and_keeps_the_text(live_cast: Cast, room_of: RoomOf) -> None:
    room = room_of(live_cast.client, live_cast.room.pk)
    room.field.fill(TEXT)
    accounts.set_password(user=live_cast.client, password="another long pass phrase")
    dialog = room.page.locator("dialog[open]")
    expect(dialog).to_contain_text("Please sign in again")
    expect(dialog.get_by_role("link", name="Sign in")).to_have_attribute("href", re.compile(r"next="))
    assert room.field.input_value() == TEXT


def test_a_mediator_who_left_learns_that_the_private_threads_are_closed(live_cast: Cast, room_of: RoomOf) -> None:
    live_cast.mediate()
    room = room_of(live_cast.mediator, live_cast.room.pk)
    expect(room.page.locator(".dock .lane")).to_have_count(3)
    rooms.leave_room(user=live_cast.mediator, room_id=live_cast.room.pk)
    expect(room.page.locator("[data-lane][data-audience^=caucus]")).to_have_count(0)
