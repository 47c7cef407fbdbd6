"""A private talk is asked for, agreed to and read in three browsers, and goes away when its time is over."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from mediation.core import clock
from mediation.disputes.models import BreakGlass
from mediation.disputes.rules.states import State
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, WIDE, Visit
from tests.browser.test_look import SIDEWAYS
from tests.cast import Cast
from tests.disputes.cases import Case
from tests.disputes.ways import case_in

pytestmark = pytest.mark.browser
SECRET = "Between us: I need the site by Friday."


@pytest.fixture
def case(live_cast: Cast) -> Case:
    case = case_in(live_cast, State.MEDIATING)
    live_cast.say(live_cast.client, SECRET, audience="caucus_client")
    return case


def is_fit(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate(SIDEWAYS) == []


def ask(page: Page, case: Case) -> None:
    """By keys alone."""
    page.get_by_role("link", name="Look into a private talk").click()
    page.get_by_label("Helen Marsh").check()
    page.get_by_label("A complaint about the mediator").check()
    page.get_by_label("Why you need to read it").fill("She says that Ana urged her.")
    page.get_by_role("button", name="Ask a second person").press("Enter")
    expect(page.get_by_text("Waits for a second person")).to_be_visible()


@pytest.mark.parametrize(("viewport", "theme"), [(WIDE, "light"), (PHONE, "dark")], ids=["wide-light", "phone-dark"])
def test_from_the_ask_to_the_end(
    live_cast: Cast, case: Case, visit: Visit, viewport: dict[str, int], theme: str
) -> None:
    cast, looks = live_cast, {"viewport": viewport, "color_scheme": theme}
    helen = visit(cast.client, f"/rooms/{cast.room.pk}/")
    sue = visit(cast.supervisor, f"/cases/{case.id}/", **looks)
    ask(sue, case)
    is_fit(sue)
    sam = visit(cast.senior, "/looks/", **looks)
    is_fit(sam)
    sam.get_by_label("A word to it").fill("Only what she complains of.")
    sam.get_by_role("button", name="Agree", exact=True).click()
    expect(sam.get_by_text("Only what she complains of.")).to_be_visible()
    sue.reload()
    sue.get_by_role("button", name="Open and read it").click()
    expect(sue.get_by_text(SECRET)).to_be_visible()
    expect(sue.locator("[data-part=left]")).to_contain_text("min")
    is_fit(sue)
    # A few seconds before the end, whatever the page was opened with.
    BreakGlass.objects.update(ends_at=clock.now() + timedelta(seconds=4))
    sue.reload()
    expect(sue.get_by_text(SECRET)).to_be_visible()
    expect(sue.get_by_text("The time to read this talk is over.")).to_be_visible()
    expect(sue.get_by_text(SECRET)).to_have_count(0)
    sue.go_back()
    expect(sue.get_by_text(SECRET)).to_have_count(0)
    # Whose talk it was has seen nothing of all this, in the room that was open all the time.
    expect(helen.get_by_text("Sue")).to_have_count(0)
    expect(helen.get_by_text("Somebody at Upwork")).to_have_count(0)
