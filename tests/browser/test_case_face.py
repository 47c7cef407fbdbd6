"""What shows a claim, what stays readable, and what the mediator previews: by hand, by keyboard, in every look."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import expect

from accounts.models import User
from mediation.conversations.actions.search_index import index_everything
from mediation.core import clock
from mediation.disputes.models import Agreement, Pick
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, WIDE, Contexts
from tests.browser.room import RoomPage
from tests.browser.test_case_journeys import AMOUNT, RoomOf, Story
from tests.browser.test_look import SIDEWAYS
from tests.cast import Cast

pytestmark = pytest.mark.browser
AIR = 4  # pixels above a title of two lines
RADIO = 18
LOOKS = [(WIDE, "light"), (PHONE, "dark"), (PHONE, "light")]


@pytest.fixture
def story(live_cast: Cast) -> Story:
    return Story(live_cast)


def test_what_shows_a_claim_is_chosen_by_keyboard_and_looking_for_it_loses_nothing(
    story: Story, context_of: Contexts
) -> None:
    cast = story.cast
    for text in ("Does it work on phones?", "Thank you!"):
        cast.say(cast.client, text)
    index_everything()
    page = context_of(cast.client).new_page()
    page.goto(f"/rooms/{cast.room.pk}/claim/evidence/")
    page.get_by_label("What does it show?").first.fill("I asked in time")
    page.get_by_label("Find a message of the room").fill("phones")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Messages, the newest first").get_by_role("radio")).to_have_count(1)
    expect(page.get_by_label("What does it show?").first).to_have_value("I asked in time")
    page.get_by_label("What does it show?").first.press("Enter")
    expect(page.locator(".notice[role=alert]")).to_be_focused()
    expect(page.get_by_label("What does it show?").first).to_have_value("I asked in time")
    page.get_by_role("radio", name=re.compile("Does it work on phones")).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Add what you chose").press("Enter")
    expect(page.get_by_role("button", name="Take away: I asked in time")).to_be_visible()
    assert [one.title for one in Pick.objects.all()] == ["I asked in time"]


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_everybody_can_use_the_pages_of_the_case(
    story: Story, context_of: Contexts, size: dict[str, int], theme: str
) -> None:
    cast = story.cast
    story.does(cast.client, "pick_evidence", kind="term", title="The contract", excerpt="Two rounds.")
    looked_at = context_of(cast.client, viewport=size, color_scheme=theme).new_page()
    looked_at.goto(f"/rooms/{cast.room.pk}/claim/evidence/")
    assert violations(looked_at) == []
    assert not looked_at.evaluate(SIDEWAYS)
    story.mediation()
    looked_at = context_of(cast.mediator, viewport=size, color_scheme=theme).new_page()
    for side in ("client", "freelancer"):
        looked_at.goto(f"/cases/{story.id}/as/{side}/")
        assert violations(looked_at) == []
        assert not looked_at.evaluate(SIDEWAYS)


def test_long_words_have_their_place(story: Story, room_of: RoomOf, context_of: Contexts) -> None:
    story.talks()
    cast = story.cast
    contract = cast.room.contract
    type(contract).objects.filter(pk=contract.pk).update(title="Order form for the rental of electric bikes by the day")
    User.objects.filter(pk=cast.client.pk).update(language="es")
    User.objects.filter(pk=cast.freelancer.pk).update(name="Maximiliano-Sebastián Giraldo")
    phone = context_of(cast.client, viewport=PHONE).new_page()
    phone.goto(f"/cases/{story.id}/do/make_offer/")
    tops = [box["y"] for one in phone.locator(".money-split .part input").all() if (box := one.bounding_box())]
    assert len(tops) == 2
    assert tops[0] == tops[1], "the two sums stand side by side"
    phone.goto(f"/cases/{story.id}/file/")
    for button in phone.locator("main .row .btn").all():
        assert button.evaluate("(node) => node.scrollWidth <= node.clientWidth")
    story.does(cast.client, "ask_mediator", note="")
    story.does(cast.mediator, "claim")
    page = room_of(cast.mediator, cast.room.pk, viewport={"width": 1440, "height": 900}).page
    head = page.locator(".room-head").bounding_box()
    title = page.locator(".room-head h1").bounding_box()
    assert head
    assert title
    assert title["y"] - head["y"] >= AIR
    page.locator("aside").get_by_role("link", name="Ask for something").first.click()
    radio = page.locator("dialog .case-form [type=radio]").first
    expect(radio).to_be_visible()
    assert radio.evaluate("(node) => node.offsetWidth") >= RADIO


def test_the_mediator_looks_through_the_eyes_of_either_side(story: Story, room_of: RoomOf) -> None:
    story.mediation()
    cast = story.cast
    cast.say(cast.client, "Only for Ana.", audience="caucus_client")
    page = room_of(cast.mediator, cast.room.pk).page
    expect(page.locator("[data-part=case-head]")).to_contain_text("Hand over")
    expect(page.locator("[data-part=case-head]")).to_contain_text("Recommend")
    page.locator(".standing-line").press("Enter")  # without clocks the way there is behind the one line
    page.get_by_role("link", name="What the parties see").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What Helen sees")
    page.get_by_role("link", name="Private with Ana").click()
    expect(page.locator(".timeline")).to_contain_text("Only for Ana.")
    page.get_by_role("link", name="Mateo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What Mateo sees")
    expect(page.get_by_text("Only for Ana.")).to_have_count(0)
    expect(page.locator("a[href*='/do/']")).to_have_count(0)


def test_shared_words_and_replaced_texts_are_cards_that_stay_as_the_reader_left_them(
    story: Story, room_of: RoomOf
) -> None:
    story.mediation()
    cast = story.cast
    story.does(cast.mediator, "begin_caucus", party=cast.client.pk)
    helen, mateo = (room_of(who, cast.room.pk).page for who in (cast.client, cast.freelancer))
    words = "The 24th matters to me."
    asked = story.does(cast.mediator, "ask_release", party=cast.client.pk, text=words, question="May I share this?")
    story.does(cast.client, "grant_release", release_id=UUID(str(asked["release_id"])))
    for page in (helen, mateo):
        expect(page.locator(".timeline .consent blockquote")).to_have_text(f"“{words}”")
    story.does(cast.mediator, "end_caucus")
    sums = {"refund_minor": 30_000, "release_minor": AMOUNT - 30_000, "terms": ["Tested on phones"]}
    story.does(cast.mediator, "propose_text", **sums)
    story.does(cast.client, "ask_change", reason="The date is missing.")
    story.does(cast.mediator, "propose_text", **sums | {"terms": ["Tested by Friday"]})
    card = mateo.locator(f"[data-card='agreement-{story.id}-2']")
    expect(mateo.locator(f"[data-card='agreement-{story.id}-1']")).to_contain_text("No longer stands")
    card.get_by_text("1 earlier version").click()
    expect(card.get_by_text("Tested on phones")).to_be_visible()
    text = Agreement.objects.get(dispute=story.id, void_at__isnull=True)
    story.does(cast.client, "accept_text", sha256=text.sha256, password_is_fresh=True)
    expect(card.locator(".tick[data-done]")).to_have_count(1)
    expect(card.get_by_text("Tested on phones")).to_be_visible()


def test_a_card_that_came_in_its_line_is_there_when_the_line_is_drawn_anew(story: Story, context_of: Contexts) -> None:
    """The page brings each card once; the parts that would bring it again do not come."""
    cast = story.talks().cast
    told = story.does(
        cast.freelancer, "make_offer", refund_minor=20_000, release_minor=70_000,
        expires_at=clock.now() + timedelta(days=1),
    )  # fmt: skip
    page = context_of(cast.client).new_page()
    page.route("**/case/", lambda route: route.abort())
    RoomPage(page, cast.room.pk).open()
    card = page.locator(f"[data-card='offer-{told['offer_id']}'] .offer")
    expect(card).to_contain_text("$200.00")
    card.evaluate("card => { card.dataset.first = '' }")
    story.does(cast.client, "ask_mediator", note="")
    story.does(cast.mediator, "claim")
    expect(card).not_to_have_attribute("data-first", "")
    expect(card).to_contain_text("$200.00")


def test_the_list_beside_the_talk_says_whose_turn_it_is_as_it_comes(story: Story, room_of: RoomOf) -> None:
    cast = story.mediation().cast
    rows = [room_of(who, cast.room.pk).page.locator(".convo-state") for who in (cast.client, cast.freelancer)]
    for row in rows:
        expect(row).to_contain_text("With Ana, mediator")
    story.does(
        cast.freelancer, "make_offer", refund_minor=20_000, release_minor=70_000,
        expires_at=clock.now() + timedelta(days=1),
    )  # fmt: skip
    hers, his = rows
    expect(hers).to_contain_text("Your turn, by")
    expect(hers).to_have_attribute("data-yours", "")
    expect(his).to_contain_text("With Ana, mediator")
