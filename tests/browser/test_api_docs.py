"""The API's documentation works under its own policy and can try an endpoint as the reader."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Contexts
from tests.cast import Cast

pytestmark = pytest.mark.browser


def test_the_documentation_shows_and_tries_every_endpoint(context_of: Contexts, live_cast: Cast) -> None:
    page = context_of(live_cast.client).new_page()
    problems, elsewhere = _watch(page, context_of.address)
    page.goto("/api/docs/")
    operations = page.locator(".opblock")
    expect(operations.first).to_be_visible()
    assert operations.count() > 25
    page.locator("#operations-people-me .opblock-summary-control").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table tbody .response-col_status").first).to_contain_text("200")
    expect(page.locator(".live-responses-table")).to_contain_text(live_cast.client.email)
    assert problems == []
    assert elsewhere == []


def _watch(page: Page, address: str) -> tuple[list[str], list[str]]:
    """What the console complains of, and what is asked of anybody else."""
    problems: list[str] = []
    elsewhere: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith((address, "data:", "blob:")) else elsewhere.append(request.url),
    )
    return problems, elsewhere
