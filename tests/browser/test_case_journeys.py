"""Three people and one case in real browsers: what one does, the others see without reloading."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from mediation.conversations.actions import reading
from mediation.conversations.models import Milestone
from mediation.core import clock
from mediation.disputes.actions import claims
from mediation.disputes.actions.transition import transition
from mediation.disputes.models import Dispute
from mediation.disputes.rules.states import Track
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, WIDE, Contexts
from tests.browser.room import RoomPage
from tests.browser.test_room_for_all import rows_of
from tests.cast import Cast
from tests.disputes.funds import held

pytestmark = pytest.mark.browser
RoomOf = Callable[..., RoomPage]
AMOUNT = 90_000
WITHOUT_NEW = "document.querySelectorAll('.newline').forEach((row) => row.remove())"


class Story:
    """A claim of Helen's over nine hundred dollars, and short ways to go on with it."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        User.objects.filter(pk=cast.freelancer.pk).update(language="en")
        milestone = Milestone.objects.create(
            contract=cast.room.contract, position=1, title="Checkout", amount_minor=AMOUNT, status="funded"
        )
        held(milestone)
        case = claims.start_claim(user=cast.client, room_id=cast.room.pk, track=Track.ESCROW, milestone_id=milestone.pk)
        self.id = case.pk
        self.does(
            cast.client, "edit_draft", problem="quality", amount_minor=AMOUNT, claimed_refund_minor=AMOUNT,
            statement="The checkout fails on phones.",
        )  # fmt: skip

    def does(self, actor: User, command: str, **payload: object) -> dict[str, object]:
        return transition(actor=actor, dispute_id=self.id, command=command, payload=payload).data

    @property
    def state(self) -> str:
        return Dispute.objects.get(pk=self.id).state

    def talks(self) -> "Story":
        self.does(self.cast.client, "file")
        self.does(self.cast.freelancer, "decline", reason="disagree", statement="I did my part.")
        return self

    def mediation(self) -> "Story":
        self.talks()
        self.does(self.cast.client, "ask_mediator", note="")
        self.does(self.cast.mediator, "claim")
        return self


@pytest.fixture
def story(live_cast: Cast) -> Story:
    return Story(live_cast)


def press(page: Page, word: str) -> None:
    """The first link or button with exactly that word."""
    page.locator("main, aside").locator("a:visible, button:visible").filter(has_text=word).first.click()


def send(page: Page) -> None:
    """Press the form's last button, in a dialog or on a page of its own, and be back in the room."""
    page.locator(".case-form button").last.click()
    expect(page.locator(".case-form")).to_have_count(0)
    expect(page).to_have_url(re.compile("/rooms/"))


def test_settled_by_offer_and_counter_offer(story: Story, room_of: RoomOf) -> None:
    story.talks()
    helen, mateo = (room_of(who, story.cast.room.pk).page for who in (story.cast.client, story.cast.freelancer))
    press(mateo, "Make an offer")
    mateo.get_by_label("To Helen").or_(mateo.get_by_label("Back to Helen")).first.fill("200.00")
    expect(mateo.locator("[name=release_minor]")).to_have_value("700.00")
    expect(mateo.locator("[data-part=sentence]")).to_have_text(
        "Mateo offers $200.00 back to Helen and $700.00 to Mateo."
    )
    terms = mateo.locator("[data-part=reads-terms] li")
    expect(terms).to_have_count(0)
    mateo.locator("[name=terms]").fill("  Tested on three phones \n\nPaid by Friday")
    expect(terms).to_have_text(["Tested on three phones", "Paid by Friday"])
    expect(mateo.locator("[data-part=sentence]")).to_contain_text("$700.00 to Mateo, on these conditions:")
    mateo.locator("[name=terms]").fill("Tested on three phones")
    expect(terms).to_have_text(["Tested on three phones"])
    send(mateo)
    expect(helen.locator(".offer[data-state=open]").first).to_contain_text("$200.00")
    expect(helen.locator(".event").last).to_contain_text("Mateo offers: $200.00 back to the client")
    helen.locator(".offer .answers").get_by_text("Counter-offer").click()
    helen.locator("[name=refund_minor]").fill("300.00")
    send(helen)
    mateo.goto(f"/rooms/{story.cast.room.pk}/")
    mateo.locator(".offer .answers").get_by_text("Accept").click()
    send(mateo)
    expect(helen.locator("aside .ticks").first).to_be_visible()
    for page in (helen, mateo):
        page.goto(f"/rooms/{story.cast.room.pk}/")
        page.locator("aside .answers").get_by_text("Accept this text").click()
        send(page)
        expect(page.locator(".event").filter(has_text="You accepted the agreement")).to_have_count(1)
    assert story.state == "executing"


def test_caucus_consent_and_a_refusal_that_leaves_no_trace(story: Story, room_of: RoomOf) -> None:
    story.mediation()
    cast = story.cast
    helen, mateo, ana = (room_of(who, cast.room.pk).page for who in (cast.client, cast.freelancer, cast.mediator))
    story.does(cast.mediator, "begin_caucus", party=cast.client.pk)
    expect(mateo.locator(".event").last).to_contain_text("The mediator and Helen begin a private talk")
    before = rows_of(mateo)
    expect(mateo.locator("[data-part=case-panel]")).to_contain_text("Ana offers you a private talk")
    panel = mateo.locator("[data-part=case-panel]").inner_text()
    secret = "I could live with four hundred."
    story.does(cast.mediator, "ask_release", party=cast.client.pk, text=secret, question="May I share this?")
    ask = helen.locator("aside .case-private")
    for panel_of in (ask, ana.locator("aside .case-private")):
        expect(panel_of).to_contain_text(secret)
    ask.get_by_role("link", name="Keep them private").click()
    send(helen)
    for page in (helen, ana):
        expect(page.locator(".case-private")).to_have_count(0)
    assert rows_of(mateo) == before, "nothing came while the page was open"
    mateo.reload()
    mateo.wait_for_selector("html[data-live]", state="attached")
    assert rows_of(mateo) == before
    assert mateo.locator("[data-part=case-panel]").inner_text() == panel
    story.does(cast.mediator, "ask_release", party=cast.client.pk, text=secret, question="Then this way?")
    helen.locator("aside .case-private").get_by_role("link", name="Share them").click()
    send(helen)
    expect(mateo.locator(".event").last).to_contain_text(secret)


def test_blind_bids_meet_in_the_middle(story: Story, room_of: RoomOf) -> None:
    story.mediation()
    cast = story.cast
    helen, mateo = (room_of(who, cast.room.pk).page for who in (cast.client, cast.freelancer))
    story.does(cast.mediator, "open_bidding")
    for page in (helen, mateo):
        page.locator("aside").get_by_text("Agree to this rule").click()
        send(page)
    for page, bid in ((helen, "600"), (mateo, "500")):
        page.goto(f"/rooms/{cast.room.pk}/")
        page.locator("aside").get_by_text("Make a sealed bid").click()
        page.locator("[name=release_minor]").fill(bid)
        send(page)
    expect(helen.locator(".event").filter(has_text="The sealed bids meet")).to_have_count(1)
    expect(helen.locator("aside .part-sum").nth(1)).to_have_text("$550.00")


def test_a_recommendation_with_sealed_answers(story: Story, room_of: RoomOf) -> None:
    story.mediation()
    cast = story.cast
    story.does(cast.mediator, "add_issue", title="Checkout on phones")
    story.does(cast.client, "submit_evidence", kind="term", title="Section 4", excerpt="It works on phones.")
    story.does(cast.mediator, "begin_caucus", party=cast.client.pk)
    story.does(cast.mediator, "end_caucus")
    story.does(cast.mediator, "begin_caucus", party=cast.freelancer.pk)
    story.does(cast.mediator, "end_caucus")
    story.does(cast.mediator, "close_evidence")
    ana = room_of(cast.mediator, cast.room.pk).page
    ana.goto(f"/cases/{story.id}/do/draft_recommendation/")
    ana.locator("[name=refund_minor]").fill("450.00")
    ana.locator("textarea[name^=finding_]").fill("It fails on small screens.")
    ana.locator("input[name^=refund_][data-finding]").fill("450")
    ana.locator("input[name^=cited_]").check()
    send(ana)
    ana.goto(f"/cases/{story.id}/do/issue_recommendation/")
    helen, mateo = (room_of(who, cast.room.pk).page for who in (cast.client, cast.freelancer))
    send(ana)
    for page in (helen, mateo):
        page.locator("aside .answers").get_by_text("Agree", exact=True).click()
        send(page)
    expect(helen.locator(".event").filter(has_text="Both agreed to the recommendation")).to_have_count(1)
    assert story.state == "settling"


def test_scripts_draw_the_lines_of_a_case_as_the_server_does(
    story: Story, context_of: Contexts, room_of: RoomOf
) -> None:
    cast = story.cast
    story.talks()
    story.does(
        cast.freelancer, "make_offer", refund_minor=20_050, release_minor=69_950, terms=[],
        expires_at=clock.now() + timedelta(days=1),
    )  # fmt: skip
    for language in ("en", "es", "nl"):
        User.objects.filter(pk=cast.client.pk).update(language=language)
        for thread in cast.room.threads.filter(audience__in=("joint", "caucus_client")):  # new lines begin anew
            reading.mark_read(user=cast.client, thread_id=thread.pk, seq=thread.head_seq)
        plain = context_of(cast.client).new_page()
        plain.route("**/*.js", lambda asked: asked.abort())
        plain.goto(f"/rooms/{cast.room.pk}/")
        by_server = rows_of(plain)
        room = room_of(cast.client, cast.room.pk)
        room.page.evaluate("document.querySelectorAll('[data-key]').forEach((row) => delete row.dataset.version)")
        cast.say(cast.freelancer, f"One more {language}")
        room.sees(f"One more {language}")
        room.page.evaluate(WITHOUT_NEW)
        assert [row for row in rows_of(room.page) if f"One more {language}" not in row] == by_server


def test_without_scripts_one_can_accept_and_upload(story: Story, context_of: Contexts) -> None:
    cast = story.cast
    story.does(cast.client, "file")
    page = context_of(cast.freelancer, java_script_enabled=False).new_page()
    page.goto(f"/cases/{story.id}/do/submit_evidence/")
    page.locator("[name=kind][value=file]").check()
    page.locator("[name=title]").fill("The hand-over")
    page.locator("[name=upload]").set_input_files(
        {"name": "hand-over.txt", "mimeType": "text/plain", "buffer": b"Ten product texts."}
    )
    send(page)
    expect(page.locator("aside")).to_contain_text("The hand-over")
    page.goto(f"/cases/{story.id}/do/accept_full/")
    send(page)
    expect(page.locator(".case-bar")).to_contain_text("The money is on its way")


def test_axe_finds_nothing_in_a_case(story: Story, context_of: Contexts) -> None:
    story.mediation()
    cast = story.cast
    story.does(cast.mediator, "add_issue", title="Checkout on phones")
    story.does(
        cast.freelancer, "make_offer", refund_minor=20_000, release_minor=70_000, terms=["Tested on phones"],
        expires_at=clock.now() + timedelta(days=1),
    )  # fmt: skip
    page = context_of(cast.client).new_page()
    for path in (
        f"/rooms/{cast.room.pk}/", f"/rooms/{cast.room.pk}/case/", f"/cases/{story.id}/do/make_offer/",
        f"/cases/{story.id}/do/submit_evidence/",
    ):  # fmt: skip
        page.goto(path)
        for viewport, theme in ((WIDE, "light"), (PHONE, "dark")):
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            assert violations(page) == [], (path, viewport, theme)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, viewport)


def test_a_form_in_the_room_loses_nothing(story: Story, room_of: RoomOf) -> None:
    story.talks()
    mateo = room_of(story.cast.freelancer, story.cast.room.pk).page
    dialog = mateo.locator("dialog[data-dialog=act]")
    for choice in ("Go on writing", "Leave it unsaid"):
        if dialog.is_hidden():
            press(mateo, "Make an offer")
        expect(dialog).to_contain_text("will read this")
        dialog.locator("[name=terms]").fill("Tested on three phones")
        mateo.keyboard.press("Escape")
        expect(dialog).to_contain_text("What you wrote here is not kept")
        dialog.get_by_role("button", name=choice).click()
    expect(mateo.locator(":focus")).to_have_attribute("href", re.compile("/do/make_offer/$"))

    press(mateo, "Make an offer")
    dialog.locator("[name=terms]").fill("Tested on three phones")
    offer(dialog, "a lot", "Something in this is not right yet")
    story.does(story.cast.client, "make_offer", refund_minor=50_000, release_minor=40_000, terms=[],
               expires_at=clock.now() + timedelta(days=1))  # fmt: skip
    offer(dialog, "200.00", "Somebody acted just before you")
    Dispute.objects.filter(pk=story.id).update(respondent=story.cast.outside_freelancer)
    offer(dialog, "200.00", "There is nothing here")


def offer(dialog: Locator, refund: str, refusal: str) -> None:
    """It is refused, says so where it is read first, and the rest stays as it was written."""
    dialog.locator("[name=refund_minor]").fill(refund)
    dialog.locator(".case-form button").last.click()
    expect(dialog.get_by_role("alert").first).to_contain_text(refusal)
    expect(dialog.get_by_role("alert").first).to_be_focused()
    expect(dialog.locator("[name=terms]")).to_have_value("Tested on three phones")
