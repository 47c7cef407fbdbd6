"""The mediator's room in use: keys lead to every lane and column, the columns are live, and everybody can use them."""

from datetime import timedelta
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from mediation.conversations.models import Message
from mediation.core import clock
from mediation.disputes.models import Issue
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, WIDE, Contexts
from tests.browser.room import Line, RoomPage
from tests.browser.test_case_journeys import RoomOf, Story
from tests.browser.test_look import SIDEWAYS
from tests.browser.test_room_for_all import rows_of
from tests.cast import Cast

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement.closest('[data-lane]')?.dataset.audience ?? document.activeElement.id"
HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4")].filter((one) => one.checkVisibility())
    .map((one) => Number(one.tagName[1]))"""


@pytest.fixture
def mediated_case(live_cast: Cast) -> Story:
    """Ana mediates; there is a point, an offer, and nobody has been answered yet."""
    story = Story(live_cast).mediation()
    story.does(live_cast.mediator, "add_issue", title="Checkout on phones")
    story.does(
        live_cast.freelancer, "make_offer", refund_minor=20_000, release_minor=70_000, terms=["Tested on phones"],
        expires_at=clock.now() + timedelta(days=1),
    )  # fmt: skip
    return story


def press(page: Page, key: str) -> str:
    """Where the focus is after leaving the field and pressing a key: the lane's audience, or the part's id."""
    page.keyboard.press("Escape")
    page.keyboard.press(key)
    page.wait_for_timeout(0)
    return str(page.evaluate(FOCUSED))


def test_keys_lead_to_every_lane_and_column_and_write_while_one_writes(mediated_case: Story, room_of: RoomOf) -> None:
    room = room_of(mediated_case.cast.mediator, mediated_case.cast.room.pk)
    page = room.page
    helen, mateo = "caucus_client", "caucus_freelancer"
    lanes = {"n": "internal", "p": helen, "P": mateo, "h": helen, "f": mateo, "j": "joint", "i": "internal"}
    for key, audience in lanes.items():
        assert press(page, key) == audience, key
    page.keyboard.type("onp.[]")
    assert page.locator("#composer textarea").input_value() == "onp.[]"
    assert press(page, ".") == "checklist"
    press(page, "o")
    assert page.evaluate("document.activeElement.matches('.offer[data-state=open]')")
    page.keyboard.press("c")
    expect(page.locator("#panel")).to_be_hidden()
    assert press(page, ".") == "checklist", "the panel opens for what is in it"
    page.keyboard.press("?")
    expect(page.locator("dialog[open] .keys-list")).to_contain_text("The checklist of the phase")


def test_who_waits_and_what_is_done_is_told_as_it_happens(mediated_case: Story, room_of: RoomOf) -> None:
    cast = mediated_case.cast
    page = room_of(cast.mediator, cast.room.pk).page
    helen, mateo = (page.locator(f".side[data-role={side}]") for side in ("client", "freelancer"))
    expect(helen).to_contain_text("answered")
    cast.say(cast.client, "Are you there?")
    expect(helen).to_contain_text("since")
    expect(mateo).to_contain_text("answered")
    page.locator("#checklist").get_by_role("link", name="Next phase").focus()
    mediated_case.does(cast.client, "state_position", issue_id=first_issue(mediated_case), text="It fails.")
    mediated_case.does(cast.client, "confirm_issue", issue_id=first_issue(mediated_case))
    expect(page.locator(".said-so").filter(has_text="Helen confirmed")).to_be_attached()
    assert page.evaluate("document.activeElement.textContent") == "Next phase", "the focus stays where it was"
    page.keyboard.press("Enter")
    page.locator(".case-form button").last.click()
    expect(page.locator("#checklist [aria-current=step]")).to_have_text("Issues")


def test_steps_fold_as_they_come_as_on_a_fresh_page(mediated_case: Story, room_of: RoomOf) -> None:
    cast = mediated_case.cast
    page = room_of(cast.client, cast.room.pk).page
    fold = page.locator(".timeline .fold")
    for number in range(4):
        expect(fold).to_have_count(0)
        mediated_case.does(cast.mediator, "add_issue", title=f"Point {number}")
        expect(page.locator(".event").last).to_contain_text(f"Point {number}")
    summary = fold.locator("summary")
    expect(summary).to_contain_text("3 earlier steps")
    expect(page.get_by_text("added the point “Point 0”")).to_be_hidden()
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("added the point “Point 0”")).to_be_visible()
    mediated_case.does(cast.mediator, "add_issue", title="Point 4")
    expect(summary).to_contain_text("4 earlier steps")
    expect(summary).to_be_focused()
    expect(page.get_by_text("added the point “Point 3”")).to_be_visible()
    cast.say(cast.freelancer, "Five points, then.")
    expect(page.locator(".msg-body").last).to_contain_text("Five points")
    page.evaluate("document.querySelectorAll('.newline').forEach((row) => row.remove())")
    fresh = room_of(cast.client, cast.room.pk).page
    fresh.evaluate("document.querySelectorAll('.newline').forEach((row) => row.remove())")
    assert ["".join(row.split()) for row in rows_of(fresh)] == ["".join(row.split()) for row in rows_of(page)]
    fresh.goto(f"/rooms/{cast.room.pk}/?at={cast.joint.head_seq - 4}")
    expect(fresh.get_by_text("added the point “Point 1”")).to_be_visible()


def first_issue(story: Story) -> object:
    return Issue.objects.get(dispute=story.id).pk


def test_axe_finds_nothing_in_the_mediators_columns(mediated_case: Story, room_of: RoomOf) -> None:
    cast = mediated_case.cast
    page = room_of(cast.mediator, cast.room.pk).page
    for viewport, theme in ((WIDE, "light"), (PHONE, "dark")):
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        press(page, ".")
        expect(page.locator(".sides")).to_be_visible()
        assert violations(page) == [], viewport
        assert page.evaluate(SIDEWAYS) == [], viewport
        levels = page.evaluate(HEADINGS)
        assert all(after - before <= 1 for before, after in pairwise(levels)), levels
        page.keyboard.press("Escape")
    page.goto(f"/rooms/{cast.room.pk}/case/")
    page.emulate_media(media="print")
    expect(page.locator(".side").first).to_be_visible()
    for acts in page.locator(".side-acts, .standing-do").all():
        expect(acts).to_be_hidden()


def test_what_was_written_without_the_newest_words_waits_for_a_decision(mediated: Cast, context_of: Contexts) -> None:
    """Ana does not see that Mateo has written: hers is not sent until she has read his, and nothing of it is lost."""
    page = context_of(mediated.mediator).new_page()
    line = Line(page)
    ana = RoomPage(page, mediated.room.pk).open()
    line.down = False
    mediated.say(mediated.freelancer, "I have just sent the tested checkout.")
    ana.say("Mateo, when can you send it?")
    line.down = True
    notice = page.locator("[data-part=notice]").filter(has_text="I have just sent the tested checkout.")
    expect(notice).to_be_visible()
    expect(ana.field).to_have_value("Mateo, when can you send it?")
    assert not Message.objects.filter(body="Mateo, when can you send it?").exists()
    ana.field.fill("Thank you, Mateo. Helen, does it work?")
    notice.get_by_role("button", name="Send it as it is").click()
    ana.stored("Thank you, Mateo. Helen, does it work?")
    assert not Message.objects.filter(body="Mateo, when can you send it?").exists()
