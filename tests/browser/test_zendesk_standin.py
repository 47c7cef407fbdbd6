"""The stand-in's page on a phone and in the dark, by keyboard, without scripts."""

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import violations
from tests.browser.conftest import PHONE
from tests.zendesk_standin.running import Standin
from tests.zendesk_standin.running import standin as standin  # noqa: PLC0414
from tests.zendesk_standin.running import zendesk as zendesk  # noqa: PLC0414
from tests.zendesk_standin.said import make_ticket, say

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_for_everybody(browser: Browser, zendesk: httpx.Client, standin: Standin, scheme: str) -> None:
    made = make_ticket(zendesk, subject="A_subject_without_a_space_" * 8)
    say(zendesk, made["id"], body="For all", public=True)
    standin.faults({"what": "delay", "path": "/nothing"})
    context = browser.new_context(base_url=standin.url, viewport=PHONE, color_scheme=scheme)
    page = context.new_page()
    for path in ("/", f"/agent/tickets/{made['id']}", "/faults", "/requests"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert violations(page) == []
    context.close()


def test_an_agent_replies_by_keyboard_without_scripts(
    browser: Browser, zendesk: httpx.Client, standin: Standin
) -> None:
    made = make_ticket(zendesk)
    context = browser.new_context(base_url=standin.url, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Case 1").click()
    page.get_by_label("Comment").fill("From my phone")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".conversation > li.private").last).to_contain_text("From my phone")
    assert f"/agent/tickets/{made['id']}" in page.url
    context.close()
