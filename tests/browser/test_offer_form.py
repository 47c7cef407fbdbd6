"""Two sums that do not add up are told while they are typed, by how much; and the time is named by its place."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import PHONE, WIDE, Contexts
from tests.browser.test_case_journeys import Story
from tests.cast import Cast

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("size", "theme"), [(WIDE, "light"), (PHONE, "dark")])
def test_sums_that_do_not_add_up_are_told_while_they_are_typed(
    live_cast: Cast, context_of: Contexts, size: dict[str, int], theme: str
) -> None:
    story = Story(live_cast).talks()
    page = context_of(live_cast.freelancer, viewport=size, color_scheme=theme).new_page()
    page.goto(f"/cases/{story.id}/do/make_offer/")
    adds, refund = page.locator("[data-part=adds]"), page.locator("[name=refund_minor]")
    expect(adds).to_have_text("The two must add up to $900.00.")
    refund.fill("100")
    expect(page.locator("[name=release_minor]")).to_have_value("800.00")
    refund.fill("1,000.50")
    expect(adds).to_have_text("Together they are $900.50 too much: the two must add up to $900.00.")
    assert violations(page) == []
    page.get_by_label("A word to the other side").fill("Take it")
    page.get_by_role("button", name="Make an offer").click()
    expect(page.locator(".notice[role=alert]")).to_contain_text("$900.50 too much")
    expect(refund).to_have_value("1,000.50")
    expect(page.locator("[name=release_minor]")).to_have_value("800.00")
    expect(page.get_by_label("A word to the other side")).to_have_value("Take it")
    expect(page.locator("#f-expires_at-help")).to_contain_text("In your time,")
    refund.fill("lots")
    page.get_by_role("button", name="Make an offer").click()
    expect(adds).to_contain_text("Write the sum like")
    refund.fill("200")
    expect(adds).to_have_text("The two must add up to $900.00.")
