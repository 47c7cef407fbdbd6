"""What was written in a form that was over before it was sent."""

from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import expect

from mediation.core import clock
from tests.browser.test_case_journeys import RoomOf, Story, press
from tests.cast import Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def story(live_cast: Cast) -> Story:
    return Story(live_cast)


def test_a_form_that_is_over_shows_its_words_lets_go_and_brings_them_back(story: Story, room_of: RoomOf) -> None:
    story.talks()
    cast, until = story.cast, clock.now() + timedelta(days=2)
    sums = {"refund_minor": 20_000, "release_minor": 70_000, "terms": [], "expires_at": until}
    offered = UUID(str(story.does(cast.freelancer, "make_offer", **sums)["offer_id"]))
    helen = room_of(cast.client, cast.room.pk).page
    dialog = helen.locator("dialog[data-dialog=act]")
    press(helen, "Counter-offer")
    dialog.locator("[name=note]").fill("For the sake of peace.")
    story.does(cast.freelancer, "withdraw_offer", offer_id=offered)
    dialog.locator(".case-form button").last.click()
    expect(dialog).to_contain_text("What you wrote was not sent")
    expect(dialog).to_contain_text("For the sake of peace.")
    expect(dialog).not_to_contain_text("will read this")
    dialog.get_by_role("link", name="See where it stands").click()
    expect(dialog).to_be_hidden()
    story.does(cast.freelancer, "make_offer", **sums)
    press(helen, "Counter-offer")
    expect(dialog.locator("[name=note]")).to_have_value("For the sake of peace.")
