"""Three people sign in, ask for help, talk, and lose nothing when the server dies mid-sentence."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import User
from mediation.conversations.models import Message
from tests.browser.conftest import Contexts
from tests.browser.room import RoomPage
from tests.cast import PASSWORD, Cast
from tests.live.server import LiveServer

pytestmark = pytest.mark.browser


def sign_in_by_form(context: BrowserContext, user: User) -> Page:
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/rooms/")
    return page


def test_three_people_talk_and_lose_nothing_when_the_server_dies_mid_sentence(
    live_cast: Cast, web: LiveServer, context_of: Contexts
) -> None:
    cast = live_cast
    room_id = cast.room.pk
    people = [cast.client, cast.freelancer, cast.mediator]
    helen, mateo, ana = (RoomPage(sign_in_by_form(context_of(locale="en"), person), room_id) for person in people)
    helen.page.locator(".convo").first.click()
    helen.until_live()
    mateo.open()

    helen.page.locator('[data-act="ask"]').click()
    helen.page.locator("#ask textarea").fill("We disagree about the third milestone.")
    helen.page.locator("#ask [data-kind=main]").click()
    expect(helen.page.locator('[data-help="waiting"]')).to_be_visible()

    ana.page.goto("/waiting/")
    ana.page.locator("form button").filter(has_text="Join").first.click()
    ana.until_live()
    for party in (helen, mateo):
        expect(party.page.locator(".joincard h2")).to_contain_text("Ana Duarte")
        expect(party.page.locator(".tab[data-audience^=caucus]")).to_be_visible()

    ana.page.evaluate("localStorage.setItem('parley.settings', JSON.stringify({hold_seconds: 0}))")
    ana.open()
    helen.say("Good morning Ana.")
    mateo.say("Good morning, both of you.")
    for words in ("Good morning Ana.", "Good morning, both of you."):
        ana.sees(words)  # what an agent writes before that is refused, with what was said meanwhile
    ana.say("Good morning Helen, good morning Mateo.")
    for page in (helen, mateo, ana):
        for said in ("Good morning Ana.", "Good morning, both of you.", "Good morning Helen, good morning Mateo."):
            page.sees(said)

    mateo.field.fill("I was going to say that")
    helen.field.fill("A word that was on its way")
    web.kill9()
    helen.field.press("Enter")
    expect(mateo.page.locator("[data-part=connection]")).to_be_visible()
    assert helen.page.locator(".msg[data-state=sent]").count() == 0
    web.start()
    for page in (helen, mateo, ana):
        page.until_live()
    if helen.field.input_value():  # the line was known to be dead before Enter: the text stayed in the field
        helen.field.press("Enter")
    for page in (helen, mateo, ana):
        page.sees("A word that was on its way")
    assert mateo.field.input_value() == "I was going to say that"
    mateo.field.press("Enter")
    for page in (helen, mateo, ana):
        page.sees("I was going to say that")

    said = list(Message.objects.filter(thread=cast.joint, kind="text").order_by("seq").values_list("body", flat=True))
    assert len(said) == len(set(said)) == 5
    for page in (helen, mateo, ana):
        joint = page.page.locator('[data-lane][data-audience="joint"] .msg-body:not([hidden])')
        expect(joint).to_have_count(5)
        assert [text.strip() for text in joint.all_inner_texts()] == said
        assert not page.problems
