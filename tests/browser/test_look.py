"""How the pages look and whether everybody can use them: axe, no sideways scrolling, no flash of the wrong theme."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mediation.conversations.actions.search_index import index_everything
from tests.browser.axe import violations
from tests.browser.conftest import WIDE, Contexts, Visit
from tests.cast import Cast

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
# 1280 pixels at 200 %.
ZOOMED = {"width": 640, "height": 400}


@pytest.fixture
def talking(live_cast: Cast) -> Cast:
    """A room in mediation with words in it, and another that waits."""
    live_cast.mediate()
    live_cast.say(live_cast.freelancer, "I can go a step further, and would like to finish the checkout myself.")
    live_cast.say(live_cast.mediator, "What would make this right for you?", audience="caucus_client")
    index_everything()
    return live_cast


PAGES = [
    ("client", "/rooms/"),
    ("outsider", "/rooms/"),
    ("agent", "/rooms/"),
    ("client", "/search/?q=would"),
    ("client", "/search/"),
    ("agent", "/waiting/"),
    ("agent", "/desk/"),
    ("agent", "/desk/?queue=open"),
    ("client", "/nowhere/"),
    (None, "/accounts/login/"),
    (None, "/accounts/signup/"),
]


SIDEWAYS = """() => [document.documentElement, ...document.querySelectorAll("main, nav, .scroll, .frame-body")]
    .filter((part) => part.scrollWidth > part.clientWidth + 1)
    .map((part) => part.className || part.tagName)"""


def each_page(cast: Cast, context_of: Contexts, **options: Any) -> Iterator[tuple[str | None, str, Page]]:
    """One after the other, those of one person in one window."""
    for role, paths in groupby(sorted(PAGES, key=str), key=itemgetter(0)):
        page = context_of(getattr(cast, role) if role else None, **options).new_page()
        for _role, path in paths:
            page.goto(path)
            yield role, path, page
        page.context.close()


# Colours do not follow the width: each of both is seen once with the other.
@pytest.mark.parametrize(("viewport", "theme"), [(WIDE, "light"), (PHONE, "dark")], ids=["wide-light", "phone-dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    talking: Cast, context_of: Contexts, theme: str, viewport: dict[str, int]
) -> None:
    found = {}
    for role, path, page in each_page(talking, context_of, viewport=viewport, color_scheme=theme):
        if wrong := violations(page) + page.evaluate(SIDEWAYS):
            found[role, path] = wrong
    assert found == {}


def test_nothing_scrolls_sideways_at_twice_the_size(talking: Cast, context_of: Contexts) -> None:
    for role, path, page in each_page(talking, context_of, viewport=ZOOMED):
        assert page.evaluate(SIDEWAYS) == [], (role, path)


def test_the_chosen_theme_is_worn_from_the_first_paint_on(talking: Cast, visit: Visit) -> None:
    page = visit(talking.client, "/rooms/", color_scheme="light")
    page.click("[data-theme-toggle]")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.goto(page.url, wait_until="commit")
    page.wait_for_selector("body", state="attached")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_menu_closes_by_key_and_by_a_press_elsewhere(talking: Cast, visit: Visit) -> None:
    page = visit(talking.client, "/rooms/")
    menu = page.locator(".me .menu")
    page.click(".me summary")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(page.locator(".me summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.mouse.click(900, 200)
    expect(menu).to_be_hidden()


def test_the_keyboard_reaches_the_content_first(talking: Cast, visit: Visit) -> None:
    page = visit(talking.client, "/rooms/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


def test_icons_and_the_mark_are_drawn(talking: Cast, visit: Visit) -> None:
    page = visit(talking.client, "/rooms/")
    page.wait_for_load_state("networkidle")
    box = page.locator(".search .icon use").first.bounding_box()
    assert box is not None
    assert box["width"] > 5


def test_a_page_works_without_scripts(talking: Cast, visit: Visit) -> None:
    page = visit(talking.client, "/rooms/", java_script_enabled=False)
    page.fill("[name=q]", "mateo")
    page.press("[name=q]", "Enter")
    assert "q=mateo" in page.url
    page.click(".me summary")
    page.click("text=Nederlands")
    assert page.locator("html").get_attribute("lang") == "nl"


def test_a_page_breaks_no_rule_of_its_own_policy(talking: Cast, visit: Visit) -> None:
    said: list[str] = []
    page = visit(talking.client, "/rooms/")
    page.on("console", lambda message: said.append(message.text))
    page.reload()
    assert [line for line in said if "Content Security Policy" in line] == []
