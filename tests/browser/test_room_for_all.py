"""The room for everybody: without scripts, on a phone, in three languages, in light and dark, under its own policy."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, WIDE, Contexts
from tests.browser.room import RoomPage
from tests.cast import Cast

pytestmark = pytest.mark.browser
RoomOf = Callable[..., RoomPage]


def rows_of(page: Page) -> list[str]:
    """The lines as a person reads them."""
    script = """() => [...document.querySelectorAll('[data-lane]:not([hidden]) [data-key]')].map((row) => {
        const copy = row.cloneNode(true);
        for (const gone of copy.querySelectorAll('[hidden], .msg-tools, svg')) gone.remove();
        return copy.textContent.replace(/\\s+/g, ' ').trim();
    })"""
    return page.evaluate(script)


@pytest.mark.parametrize("who", ["client", "freelancer"])
def test_scripts_draw_the_lines_as_the_server_does(
    mediated: Cast, context_of: Contexts, room_of: RoomOf, who: str
) -> None:
    reader: User = getattr(mediated, who)
    plain = context_of(reader).new_page()
    plain.route("**/*.js", lambda asked: asked.abort())
    plain.goto(f"/rooms/{mediated.room.pk}/")
    room = room_of(reader, mediated.room.pk)
    by_server = rows_of(plain)
    room.page.evaluate("document.querySelectorAll('[data-key]').forEach((row) => delete row.dataset.version)")
    mediated.say(mediated.mediator, "One more")
    room.sees("One more")
    drawn = [row for row in rows_of(room.page) if "One more" not in row]
    assert drawn == by_server


def test_without_scripts_one_can_read_write_ask_and_join(live_cast: Cast, context_of: Contexts) -> None:
    cast = live_cast
    page = context_of(cast.client, java_script_enabled=False).new_page()
    page.goto(f"/rooms/{cast.room.pk}/")
    page.fill(".composer textarea", "Written without a script")
    page.click(".composer .send")
    expect(page.locator(".msg-body")).to_have_text("Written without a script")
    expect(page.get_by_text("Ask for a mediator", exact=True).filter(visible=True)).to_have_count(1)
    note = page.locator("noscript textarea, .section textarea").first
    expect(note).to_be_hidden()
    page.locator("summary").filter(has_text="Ask for a mediator").click()
    expect(page.locator("details").get_by_role("button", name="Not now")).to_have_count(0)
    note.fill("Please help")
    page.get_by_role("button", name="Ask for a mediator").last.click()
    expect(page.locator(".event").last).to_contain_text("You asked for a mediator")
    agent = context_of(cast.mediator, java_script_enabled=False).new_page()
    agent.goto("/waiting/")
    agent.locator("form button").filter(has_text="Join").first.click()
    expect(agent.locator(".joincard h2")).to_contain_text("Ana Duarte")


def wrong(room: RoomPage) -> list[tuple[str, str]]:
    found = violations(room.page)
    room.problems.clear()  # axe tries an inline style, which the policy refuses
    return found


@pytest.mark.parametrize("who", ["client", "mediator"])
def test_axe_finds_nothing_in_the_room(mediated: Cast, room_of: RoomOf, who: str) -> None:
    room = room_of(getattr(mediated, who), mediated.room.pk)
    for viewport in (WIDE, PHONE):
        room.page.set_viewport_size(viewport)
        for theme in ("light", "dark"):
            room.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # colours stand at once
            assert wrong(room) == [], (viewport, theme)
    if who == "client":
        room.tab("Private with Ana")
        room.line("What would make this right for you?").focus()
        assert wrong(room) == []


@pytest.mark.parametrize("language", ["es", "nl"])
def test_longer_languages_fit(mediated: Cast, room_of: RoomOf, language: str) -> None:
    User.objects.filter(pk=mediated.client.pk).update(language=language)
    room = room_of(mediated.client, mediated.room.pk)
    assert room.page.locator("html").get_attribute("lang") == language
    for width in (390, 640, 1440):
        room.page.set_viewport_size({"width": width, "height": 800})
        wide = room.page.evaluate(
            """() => [...document.querySelectorAll("html, main, .timeline, .composer, .standing, .frame-panel")]
                .filter((part) => part.scrollWidth > part.clientWidth + 1)
                .map((part) => part.className || part.tagName)"""
        )
        assert wide == [], width


def test_the_policy_is_kept(mediated: Cast, context_of: Contexts) -> None:
    page = context_of(mediated.client).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    room = RoomPage(page, mediated.room.pk).open()
    room.say("<img src=x onerror=alert(1)> **bold**")
    room.line("<img src=x onerror=alert(1)> bold").hover()
    assert [text for text in said if "Content Security Policy" in text or "Refused" in text] == []
