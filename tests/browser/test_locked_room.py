"""An open page in arbitration: its fields close and open by themselves, it says why, and nothing begun is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import expect

from mediation.conversations.actions import files
from tests.browser.axe import violations
from tests.browser.conftest import PHONE
from tests.browser.test_case_journeys import AMOUNT, RoomOf, Story
from tests.cast import Cast

pytestmark = pytest.mark.browser
WHY = "While the arbitrator decides, this room can only be read."


@pytest.fixture
def story(live_cast: Cast) -> Story:
    """Both chose arbitration, and Helen has paid."""
    cast, told = live_cast, Story(live_cast).mediation()
    cast.say(cast.freelancer, "My last word.")
    for party in (cast.client, cast.freelancer):
        told.does(party, "decline_mediation")
    told.does(cast.mediator, "declare_impasse")
    for party in (cast.client, cast.freelancer):
        told.does(party, "elect")
    told.does(cast.client, "pay_share")
    return told


def award(story: Story) -> None:
    cast = story.cast
    paper = SimpleUploadedFile("award.txt", b"So it is.", "text/plain")
    document = files.upload(user=cast.senior, thread_id=cast.id_of("internal"), file=paper)
    sums = {"refund_minor": AMOUNT, "release_minor": 0, "file_id": document.pk}
    story.does(cast.senior, "enter_award", **sums)
    story.does(cast.supervisor, "record_award", **sums)


def test_fields_close_and_open_while_the_page_is_open(live_cast: Cast, story: Story, room_of: RoomOf) -> None:
    cast = live_cast
    helen, ana = room_of(cast.client, cast.room.pk, viewport=PHONE), room_of(cast.mediator, cast.room.pk)
    helen.field.fill("I wanted to add")
    story.does(cast.freelancer, "pay_share")
    closed = helen.page.locator("[data-lane]:not([hidden]) [data-part=locked]")
    expect(closed).to_contain_text(WHY)
    expect(closed).to_be_focused()
    expect(helen.field).to_be_hidden()
    expect(helen.page.locator("#announcer")).to_contain_text("can only be read")
    expect(helen.page.locator("[data-lane]:not([hidden]) .event").last).to_contain_text("can only be read")
    expect(helen.page.locator("[data-act=topic-new]").first).to_have_attribute("hidden", "")
    helen.line("My last word.").hover()
    expect(helen.page.locator("[data-act=reply]:visible, [data-act=pick-reaction]:visible")).to_have_count(0)
    assert violations(helen.page) == []
    notes = ana.page.locator("[data-lane][data-audience=internal]")
    expect(ana.page.locator("[data-lane][data-audience=joint] [data-part=locked]")).to_be_visible()
    notes.locator("[data-part=shut]").click()
    ana.say("Waiting for the award.")
    expect(notes.locator(".msg-body").filter(has_text="Waiting for the award.")).to_have_count(1)
    award(story)
    expect(helen.field).to_be_visible()
    expect(helen.field).to_have_value("I wanted to add")
    expect(helen.page.locator("[data-act=topic-new]").first).not_to_have_attribute("hidden", "")
    helen.field.press("Enter")
    helen.stored("I wanted to add")


def test_a_page_that_is_loaded_meanwhile_opens_too(live_cast: Cast, story: Story, room_of: RoomOf) -> None:
    cast = live_cast
    story.does(cast.freelancer, "pay_share")
    mateo = room_of(cast.freelancer, cast.room.pk)
    expect(mateo.page.locator("[data-lane]:not([hidden]) [data-part=locked]")).to_contain_text(WHY)
    expect(mateo.field).to_be_hidden()
    award(story)
    expect(mateo.field).to_be_visible()
    mateo.say("Thank you.")
    mateo.stored("Thank you.")
