"""Where a keyboard stands when a form has taken away what opened it."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from mediation.core import clock
from mediation.disputes.models import Offer
from tests.browser.test_case_journeys import RoomOf, Story
from tests.browser.test_case_journeys import story as story  # noqa: PLC0414

pytestmark = pytest.mark.browser


def test_a_form_that_took_its_own_opener_away_leaves_the_keyboard_at_how_the_case_stands(
    story: Story, room_of: RoomOf
) -> None:
    story.talks()
    cast = story.cast
    until = clock.now() + timedelta(days=1)
    story.does(cast.freelancer, "make_offer", refund_minor=20_000, release_minor=70_000, terms=[], expires_at=until)
    helen = room_of(cast.client, cast.room.pk).page
    by_keyboard(helen, helen.locator(".timeline .offer .answers").get_by_role("link", name="Counter-offer"), "300.00")
    taken = Offer.objects.get(dispute=story.id, status="open")
    story.does(cast.freelancer, "accept_offer", offer_id=taken.pk, offer_version=taken.version)
    by_keyboard(helen, helen.locator("aside .answers").get_by_role("link", name="Accept this text"))
    story.does(cast.freelancer, "ask_change", reason="The date is missing.")
    story.does(cast.client, "ask_mediator", note="")
    story.does(cast.mediator, "claim")
    ana = room_of(cast.mediator, cast.room.pk).page
    by_keyboard(ana, ana.locator("aside").get_by_role("link", name="Begin a private talk").first)


def by_keyboard(page: Page, opener: Locator, sum_of: str = "") -> None:
    """Open a form by its link, say it, and find the focus on the bar when the link has gone."""
    address = opener.get_attribute("href")
    opener.press("Enter")
    if sum_of:
        page.locator("dialog [name=refund_minor]").fill(sum_of)
    page.locator("dialog .case-form button").last.press("Enter")
    expect(page.locator(f"a[href='{address}']:visible")).to_have_count(0)
    expect(page.locator(".case-bar:focus, .case-bar summary:focus")).to_have_count(1)
