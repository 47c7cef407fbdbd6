"""What was done and leaves no trace where one looks is said at the edge; what went wrong is not, it stays."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import PHONE, WIDE, Contexts
from tests.browser.room import RoomPage
from tests.browser.test_case_journeys import RoomOf, Story
from tests.browser.test_look import SIDEWAYS
from tests.cast import Cast

pytestmark = pytest.mark.browser
LATER_MS = 60_000  # longer than any toast stays


def change_a_setting(page: Page) -> None:
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Single-letter keys").click()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_a_toast_goes_by_itself_but_not_from_under_a_hand_or_an_eye(mediated: Cast, context_of: Contexts) -> None:
    page = context_of(mediated.client).new_page()
    page.clock.install()
    RoomPage(page, mediated.room.pk).open()
    toast = page.locator("#toasts .toast")
    page.locator(".timeline").first.focus()
    change_a_setting(page)
    expect(toast).to_have_text("Kept on this device.")
    assert page.locator("#toasts").get_attribute("role") == "status"
    toast.hover()
    page.clock.fast_forward(LATER_MS)
    expect(toast).to_be_visible()
    page.mouse.move(2, 2)
    page.clock.fast_forward(LATER_MS)
    expect(toast).to_have_count(0)


def test_the_keyboard_reaches_and_closes_a_toast(mediated: Cast, context_of: Contexts) -> None:
    page = context_of(mediated.client).new_page()
    page.clock.install()
    RoomPage(page, mediated.room.pk).open()
    toast = page.locator("#toasts .toast")
    page.locator(".timeline").first.focus()
    change_a_setting(page)
    toast.get_by_role("button", name="Close").focus()
    page.clock.fast_forward(LATER_MS)
    expect(toast).to_be_visible()
    page.keyboard.press("Escape")
    expect(toast).to_have_count(0)
    assert page.evaluate("document.activeElement.matches('.timeline')"), "the focus is where it was"


def test_evidence_from_a_message_far_up_is_confirmed_in_every_look(live_cast: Cast, room_of: RoomOf) -> None:
    story = Story(live_cast).talks()
    live_cast.say(live_cast.client, "It fails on phones.")
    room = room_of(live_cast.client, live_cast.room.pk)
    page = room.page
    room.line("It fails on phones.").hover()
    page.get_by_role("button", name="Use as evidence").click()
    page.locator("dialog[open] [name=title]").fill("What the customers say")
    page.locator("dialog[open] .case-form button").last.click()
    toast = page.locator("#toasts .toast")
    expect(toast).to_have_text("Added to the evidence. Everyone in the room sees it.")
    toast.get_by_role("button", name="Close").focus()  # it stays while it is looked at
    for viewport, theme in ((WIDE, "light"), (PHONE, "dark")):
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        assert violations(page) == [], viewport
        assert not page.evaluate(SIDEWAYS)
        room.problems.clear()  # axe tries an inline style, which the policy refuses
    assert story.state == "negotiating"


def test_what_was_refused_is_no_toast_and_stays(mediated: Cast, room_of: RoomOf) -> None:
    room = room_of(mediated.client, mediated.room.pk)
    page = room.page
    page.route("**/reactions/**", lambda route: route.abort())
    room.line("A lot, honestly.").hover()
    page.locator(".msg-tools [data-act=pick-reaction]").click()
    page.locator(".msg-tools [data-reaction=heart]").click()
    notice = page.get_by_role("alert").filter(has_text="That did not work")
    expect(notice).to_be_visible()
    expect(page.locator("#toasts .toast")).to_have_count(0)
    notice.get_by_role("button", name="Close").click()
    expect(notice).to_have_count(0)
