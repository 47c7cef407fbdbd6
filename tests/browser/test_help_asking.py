"""A question that is solved, and one that a person takes over: by keyboard, in three languages, also on a phone and in
the dark, with and without scripts.
"""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from mediation.conversations.models import HelpRequest
from mediation.help_center.models import Ask, HelpSession
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, WIDE, Contexts
from tests.browser.test_look import SIDEWAYS
from tests.cast import Cast
from tests.help_center.pages import published

pytestmark = pytest.mark.browser
ARTICLES = {
    "en": ("Who pays the mediator?", "The house pays the mediator. Nobody else does."),
    "es": ("¿Quién paga la mediación?", "La casa paga la mediación. Nadie más la paga."),
    "nl": ("Wie betaalt de mediator?", "Het huis betaalt de mediator. Niemand anders doet dat."),
}
WORDS = {
    "en": {
        "ask": "Ask",
        "solved": "This solved it",
        "thanks": "Good. Thank you for telling us.",
        "person": "a person",
        "go": "Go on with a person",
        "take": "Take it there",
        "along": "This goes along",
        "call": "Ask for a mediator",
    },
    "es": {
        "ask": "Preguntar",
        "solved": "Sí, resuelto",
        "thanks": "Bien. Gracias por decírnoslo.",
        "person": "una persona",
        "go": "Seguir con una persona",
        "take": "Llevarlo allí",
        "along": "Esto se transmite",
        "call": "Pedir mediación",
    },
    "nl": {
        "ask": "Vragen",
        "solved": "Ja, opgelost",
        "thanks": "Mooi. Bedankt dat je het laat weten.",
        "person": "een mens",
        "go": "Verder met een mens",
        "take": "Neem het mee daarheen",
        "along": "Dit gaat mee",
        "call": "Een mediator vragen",
    },
}
LOOKS = [("en", WIDE, "light"), ("es", PHONE, "dark"), ("nl", PHONE, "light")]


def is_fit(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate(SIDEWAYS) == []


@pytest.fixture
def reader(live_cast: Cast) -> User:
    for language, (title, body) in ARTICLES.items():
        published("who-pays", title, body, language=language)
    return live_cast.client


def speak(user: User, language: str) -> None:
    User.objects.filter(pk=user.pk).update(language=language)


@pytest.mark.parametrize(("language", "size", "theme"), LOOKS)
def test_a_question_is_solved(
    reader: User, context_of: Contexts, language: str, size: dict[str, int], theme: str
) -> None:
    speak(reader, language)
    words, (title, body) = WORDS[language], ARTICLES[language]
    page = context_of(reader, viewport=size, color_scheme=theme).new_page()
    page.goto("/help/ask/")
    is_fit(page)
    page.locator("#question").press_sequentially(title)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=words["ask"], exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=title).press("Enter")
    expect(page.locator("blockquote")).to_have_text(body)
    is_fit(page)
    page.get_by_role("button", name=words["solved"]).press("Enter")
    expect(page.get_by_role("status").filter(has_text=words["thanks"])).to_be_visible()
    is_fit(page)
    assert Ask.objects.get().verdict == "solved"


@pytest.mark.parametrize(("language", "size", "theme"), LOOKS)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_the_assistant_hands_over(
    live_cast: Cast,
    reader: User,
    context_of: Contexts,
    language: str,
    size: dict[str, int],
    theme: str,
    *,
    scripts: bool,
) -> None:
    speak(reader, language)
    words, (title, _body) = WORDS[language], ARTICLES[language]
    page = context_of(reader, viewport=size, color_scheme=theme, java_script_enabled=scripts).new_page()
    page.goto("/help/assistant/")
    for number, said in enumerate((title, words["person"]), start=1):
        page.locator("#question").fill(said)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("log").locator(".turn")).to_have_count(number)
        expect(page.locator("#question")).to_have_value("")
    if scripts:
        expect(page.locator("#question")).to_be_focused()
        is_fit(page)
    page.get_by_role("link", name=words["go"]).press("Enter")
    page.get_by_role("radio").press("Space")
    if scripts:
        is_fit(page)
    page.get_by_role("button", name=words["take"]).press("Enter")
    expect(page.get_by_role("heading", name=words["along"])).to_be_visible()
    if scripts:
        is_fit(page)
    page.get_by_role("button", name=words["call"]).press("Enter")
    page.wait_for_url(f"**/rooms/{live_cast.room.pk}/")
    session = HelpSession.objects.get()
    assert (session.room_id, session.person_id) == (live_cast.room.pk, reader.pk)
    assert HelpRequest.objects.filter(room=live_cast.room, asked_by=reader).exists()


def test_before_a_claim_the_question_is_one_click_from_the_way_on(
    live_cast: Cast, reader: User, context_of: Contexts
) -> None:
    page = context_of(reader, viewport=PHONE).new_page()
    page.goto(f"/help/rooms/{live_cast.room.pk}/")
    is_fit(page)
    page.locator("#question").fill("Who pays the mediator?")
    page.get_by_role("button", name="Ask", exact=True).press("Enter")
    expect(page.get_by_role("link", name="Go on to the claim")).to_be_visible()
    is_fit(page)
    page.get_by_role("link", name="Go on to the claim").press("Enter")
    page.wait_for_url(f"**/rooms/{live_cast.room.pk}/claim/")
    is_fit(page)
