"""A claim is written step by step: with the keyboard, on a phone, after a reload, and without scripts."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from mediation.conversations.models import Milestone
from mediation.disputes.models import Dispute
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, WIDE, Contexts
from tests.browser.test_look import SIDEWAYS
from tests.cast import Cast
from tests.disputes.funds import held

pytestmark = pytest.mark.browser
HEADING = "#step"


@pytest.fixture
def address(live_cast: Cast) -> str:
    milestone = Milestone.objects.create(
        contract=live_cast.room.contract, position=1, title="Checkout", amount_minor=90_000, status="funded"
    )
    held(milestone)
    return f"/rooms/{live_cast.room.pk}/claim/"


def stands_at(page: Page, number: int) -> None:
    """The step, with its heading in focus."""
    expect(page.locator(HEADING)).to_contain_text(f"Step {number} of 7")
    expect(page.locator(HEADING)).to_be_focused()


def goes_on(page: Page) -> None:
    page.get_by_role("button", name="Go on").press("Enter")


def test_by_keyboard_with_an_error_a_reload_and_a_way_back(live_cast: Cast, address: str, context_of: Contexts) -> None:
    page = context_of(live_cast.client, viewport=WIDE).new_page()
    page.goto(address)
    stands_at(page, 1)
    page.get_by_role("radio").check()
    goes_on(page)
    stands_at(page, 2)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("radio").first).to_be_checked()
    goes_on(page)
    stands_at(page, 3)
    page.get_by_label("Amount in dispute").fill("900.01")
    page.keyboard.press("Enter")
    expect(page.locator(".notice[role=alert]")).to_be_focused()
    expect(page.locator(".notice[role=alert]")).to_contain_text("more than is held in escrow")
    expect(page.get_by_label("Amount in dispute")).to_have_value("900.01")
    page.get_by_label("Amount in dispute").fill("900")
    page.keyboard.press("Enter")
    stands_at(page, 4)
    page.get_by_label("Of this, back to the client").fill("450")
    page.get_by_label("What would settle this for you?").fill("A checkout")
    page.reload()
    expect(page.get_by_label("What would settle this for you?")).to_have_value("A checkout")
    expect(page.get_by_label("Of this, back to the client")).to_have_value("450")
    goes_on(page)
    stands_at(page, 5)
    page.get_by_label("What happened").fill("It fails on phones.")
    page.get_by_role("button", name="Back", exact=True).press("Enter")
    stands_at(page, 4)
    expect(page.get_by_label("Of this, back to the client")).to_have_value("450.00")
    goes_on(page)
    expect(page.get_by_label("What happened")).to_have_value("It fails on phones.")
    goes_on(page)
    stands_at(page, 6)
    page.get_by_role("link", name="Go on").press("Enter")
    stands_at(page, 7)
    page.get_by_role("button", name="File the claim").press("Enter")
    page.wait_for_url(f"**/rooms/{live_cast.room.pk}/")
    case = Dispute.objects.get()
    assert (case.state, case.claimed_refund_minor) == ("awaiting_response", 45_000)


@pytest.mark.parametrize(
    ("size", "theme", "language"), [(WIDE, "light", "en"), (PHONE, "dark", "nl"), (PHONE, "light", "es")]
)
def test_everybody_can_use_each_step_also_without_scripts(
    live_cast: Cast, address: str, context_of: Contexts, size: dict[str, int], theme: str, language: str
) -> None:
    plain = context_of(live_cast.client, java_script_enabled=False).new_page()
    plain.goto(address)
    plain.get_by_role("radio").check()
    plain.get_by_role("button", name="Go on").click()
    plain.get_by_role("radio", name="The work came too late").check()
    plain.get_by_role("button", name="Go on").click()
    expect(plain.locator(HEADING)).to_contain_text("Step 3 of 7")
    User.objects.filter(pk=live_cast.client.pk).update(language=language)
    page = context_of(live_cast.client, viewport=size, color_scheme=theme).new_page()
    for step in ("problem", "money", "wants", "statement", "review"):
        page.goto(f"{address}?step={step}")
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert violations(page) == []
        assert not page.evaluate(SIDEWAYS)
