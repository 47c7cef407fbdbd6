"""What was chosen to go with a claim, and not sent, is there again after a look at another step."""

import pytest
from playwright.sync_api import expect

from mediation.disputes.actions import claims
from mediation.disputes.rules.states import Track
from tests.browser.conftest import WIDE, Contexts
from tests.cast import Cast
from tests.disputes.ways import money_for

pytestmark = pytest.mark.browser


def test_what_was_chosen_and_not_sent_is_there_when_one_comes_back(live_cast: Cast, context_of: Contexts) -> None:
    about = money_for(live_cast, Track.ESCROW)
    draft = claims.start_claim(user=live_cast.client, room_id=live_cast.room.pk, track=Track.ESCROW, milestone_id=about)
    live_cast.say(live_cast.freelancer, "The first draft is here.")
    live_cast.say(live_cast.freelancer, "The second draft is here.")
    page = context_of(live_cast.client, viewport=WIDE).new_page()
    page.goto(f"/rooms/{draft.room_id}/claim/evidence/")
    chosen = page.get_by_role("radio").nth(1)
    chosen.check()
    value = chosen.get_attribute("value")
    title = page.locator("#f-title")
    title.fill("It came late")
    page.get_by_role("link", name="Back", exact=True).click()
    page.wait_for_url("**/claim/?step=statement")
    page.goto(f"/rooms/{draft.room_id}/claim/evidence/")
    expect(page.locator(f'[name=source][value="{value}"]')).to_be_checked()
    expect(title).to_have_value("It came late")
    page.get_by_role("button", name="Add what you chose").click()
    expect(page.locator(".picks")).to_contain_text("It came late")
    expect(title).to_have_value("")
    expect(page.locator("[name=source]:checked")).to_have_count(0)
