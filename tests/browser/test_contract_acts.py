"""Money is asked back, refused and given back, and a contract ends: both sides have the room open."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from mediation.conversations.models import Milestone
from tests.browser.axe import violations
from tests.browser.conftest import PHONE
from tests.browser.room import RoomPage
from tests.browser.test_case_journeys import Story
from tests.browser.test_look import SIDEWAYS
from tests.cast import Cast
from tests.disputes.funds import held_milestone

pytestmark = pytest.mark.browser
RoomOf = Callable[..., RoomPage]
LONG = "The launch moved to spring, and " + "nothing of it is needed before then. " * 20


@pytest.fixture
def agreed(live_cast: Cast) -> Cast:
    """Nine hundred dollars are held for Helen's first milestone."""
    User.objects.filter(pk=live_cast.freelancer.pk).update(language="en")
    held_milestone(live_cast.room.contract, 90_000)
    return live_cast


def acts(page: Page) -> Locator:
    return page.locator(".milestone-acts a")


def answer(room: RoomPage, act: str, words: str = "") -> None:
    """Do it on its own page, and be back in the room, live."""
    room.page.get_by_role("link", name=act).click()
    if words:
        room.page.locator(".case-form textarea").fill(words)
    room.page.get_by_role("button", name=act).click()
    room.until_live()


def test_asked_back_refused_and_given_back_all_the_same(agreed: Cast, room_of: RoomOf) -> None:
    helen = room_of(agreed.client, agreed.room.pk)
    mateo = room_of(agreed.freelancer, agreed.room.pk)
    answer(helen, "Ask for the money back", "The launch moved to spring.")
    expect(acts(mateo.page)).to_have_text(["Give the money back", "Do not give it back"])
    widths = [acts(mateo.page).nth(at).evaluate("(one) => one.offsetWidth") for at in (0, 1)]
    assert widths[0] == widths[1]  # answers about money weigh the same
    expect(mateo.page.locator(".event", has_text="The launch moved to spring.")).to_have_count(1)

    answer(mateo, "Do not give it back", "It is done, please look at it.")
    expect(acts(helen.page)).to_have_count(0)  # a no is not asked again at once: the way is a claim
    expect(helen.page.locator(".event", has_text="It is done, please look at it.")).to_have_count(1)

    answer(mateo, "Give the money back")
    expect(acts(mateo.page)).to_have_count(0)
    assert Milestone.objects.get(contract=agreed.room.contract).status == Milestone.Status.REFUNDED


def test_what_was_answered_meanwhile_is_said(agreed: Cast, room_of: RoomOf) -> None:
    helen = room_of(agreed.client, agreed.room.pk)
    mateo = room_of(agreed.freelancer, agreed.room.pk)
    answer(helen, "Ask for the money back", "The launch moved to spring.")
    mateo.page.get_by_role("link", name="Do not give it back").click()
    answer(helen, "No longer ask for it back")
    mateo.page.locator(".case-form textarea").fill("It is done.")
    mateo.page.get_by_role("button", name="Do not give it back").click()
    expect(mateo.page.locator(".errors")).to_contain_text("This money is not asked back")
    expect(mateo.page.locator(".case-form textarea")).to_have_value("It is done.")


def test_the_pages_of_the_acts_are_for_everybody(agreed: Cast, room_of: RoomOf) -> None:
    """On a phone in the dark: the form, its error, the end of the contract. What is too long is kept and said."""
    page = room_of(agreed.client, agreed.room.pk, viewport=PHONE, color_scheme="dark").page
    for path in ("milestones/1/ask_back/", "end/"):
        page.goto(f"/rooms/{agreed.room.pk}/{path}")
        usable(page)
        page.locator(".case-form textarea").fill(LONG)
        page.locator(".case-form button").click()
        expect(page.locator(".errors")).to_be_focused()
        expect(page.locator(".errors")).to_contain_text("at most 500 characters")
        expect(page.locator(".case-form textarea")).to_have_value(LONG)
        usable(page)


def test_the_end_of_a_contract_is_seen_at_once(agreed: Cast, room_of: RoomOf) -> None:
    helen = room_of(agreed.client, agreed.room.pk)
    mateo = room_of(agreed.freelancer, agreed.room.pk)
    answer(helen, "End the contract", "We stop here.")
    expect(mateo.page.locator(".event", has_text="We stop here.")).to_have_count(1)
    expect(mateo.page.get_by_role("link", name="End the contract")).to_have_count(0)
    expect(acts(mateo.page)).to_have_text(["Give the money back"])


def test_a_case_that_begins_while_the_room_is_open_wears_its_styles(live_cast: Cast, room_of: RoomOf) -> None:
    page = room_of(live_cast.freelancer, live_cast.room.pk, viewport=PHONE).page
    Story(live_cast).does(live_cast.client, "file")
    expect(page.locator(".standing-line")).to_have_css("display", "flex")
    expect(page.locator(".case-bar .standing-path")).to_be_hidden()
    expect(page.locator(".case-bar details").first).not_to_have_attribute("open", "")


def usable(page: Page) -> None:
    assert violations(page) + page.evaluate(SIDEWAYS) == []
