"""An agent's day with the keyboard alone, beside colleagues: the palette, the team room, who else is here."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Team, User
from mediation.core import clock
from mediation.desk.actions.snoozes import snooze
from mediation.desk.actions.taking import claim
from mediation.desk.actions.team_room import say
from mediation.desk.models import TeamLine
from mediation.disputes.models import Dispute
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, WIDE, Contexts, Visit
from tests.browser.test_desk import desk, due
from tests.browser.test_look import SIDEWAYS
from tests.cast import PASSWORD, Cast
from tests.desk.test_taking import waiting
from tests.desk.test_team_room import hear

pytestmark = pytest.mark.browser


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """The tabulator until the focus is there."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def choose(page: Page, words: str, option: str) -> None:
    """Open the palette, type, and take the option by its beginning."""
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Go to or do")
    expect(field).to_be_focused()
    page.keyboard.type(words)
    expect(page.locator("[data-part=palette-list] [aria-selected=true]")).to_contain_text(option)
    page.keyboard.press("Enter")


def test_from_signing_in_to_a_resolved_case_by_keyboard_alone(live_cast: Cast, visit: Visit) -> None:
    case = due(waiting(live_cast, "one"), 10)
    page = visit(None, "/accounts/login/")
    tab_to(page, "[name=login]")
    page.keyboard.type(live_cast.agent.email)
    tab_to(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/rooms/")
    tab_to(page, "a[href='/desk/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")
    page.keyboard.press("n")
    expect(page.get_by_role("button", name="Take it")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/rooms/*/")
    assert Dispute.objects.get(pk=case).mediator == live_cast.agent
    expect(page.locator("html[data-live]")).to_be_attached()
    page.keyboard.press("j")
    page.keyboard.type("I am Priya. What would help you both?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("I am Priya. What would help you both?").first).to_be_visible()
    choose(page, "helped", "Close: helped without a claim")
    page.wait_for_url("**/do/close_helped/*")
    tab_to(page, ".case-form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rooms/*/")
    assert Dispute.objects.get(pk=case).state == "closed"


def test_next_offers_a_case_and_who_is_slower_is_offered_another(live_cast: Cast, visit: Visit) -> None:
    first, second = (due(waiting(live_cast, name), minutes) for minutes, name in ((10, "first"), (20, "second")))
    pages = [desk(visit, user) for user in (live_cast.agent, live_cast.senior)]
    for page in pages:
        page.keyboard.press("n")
        expect(page.get_by_role("heading", name="Offered to you")).to_be_visible()
        expect(page.locator("[data-part=brief] h2")).to_have_text("Job first")
    assert violations(pages[0]) == []
    pages[0].get_by_role("button", name="Take it").click()
    expect(pages[0]).to_have_url(re.compile("/rooms/"))
    pages[1].get_by_role("button", name="Take it").click()
    expect(pages[1].get_by_text("Priya Nair took this case before you")).to_be_visible()
    pages[1].get_by_role("link", name="Next for me").click()
    pages[1].get_by_text("Not now", exact=True).click()
    pages[1].get_by_role("button", name="Not now, the next one").click()
    expect(pages[1].get_by_text("you said “not now” (1)")).to_be_visible()
    assert [Dispute.objects.get(pk=case).mediator for case in (first, second)] == [live_cast.agent, None]


def test_the_palette_is_a_combobox_that_arrows_move_and_escape_leaves(live_cast: Cast, visit: Visit) -> None:
    page = desk(visit, live_cast.agent)
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Go to or do")
    expect(field).to_have_attribute("aria-expanded", "true")
    options = page.locator("[data-part=palette-list] [role=option]")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.nth(1).get_attribute("id") or "")
    page.keyboard.type("zzzz")
    expect(page.locator("[data-part=palette-said]")).to_have_text("Nothing fits")
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Escape")
    expect(page.locator("[data-dialog=palette]")).to_be_hidden()
    page.set_viewport_size(PHONE)
    page.keyboard.press("Control+k")
    expect(field).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize(("viewport", "theme"), [(WIDE, "light"), (PHONE, "dark")], ids=["wide-light", "phone-dark"])
def test_axe_finds_nothing_on_the_desks_pages(
    live_cast: Cast, context_of: Contexts, viewport: dict[str, int], theme: str
) -> None:
    own, waits = waiting(live_cast, "own"), waiting(live_cast, "waits")
    team = Team.objects.create(name="Mediation")
    team.members.set([live_cast.agent, live_cast.supervisor])
    say(user=live_cast.supervisor, team_id=team.pk, body="Good morning, @Priya Nair.", client_id=uuid4())
    claim(user=live_cast.agent, dispute_id=own)
    hear()
    snooze(user=live_cast.agent, dispute_id=own, until=clock.now() + timedelta(hours=3), on_word=True)
    pages = [
        (live_cast.agent, "/desk/agenda/"),
        (live_cast.agent, "/desk/team/"),
        (live_cast.agent, f"/desk/cases/{own}/ask/"),
        (live_cast.agent, f"/desk/?queue=snoozed&case={own}"),
        (live_cast.supervisor, f"/desk/?case={waits}"),
        (live_cast.supervisor, f"/desk/several/?case={own}&case={waits}"),
        (live_cast.supervisor, f"/cases/{waits}/do/assign/?back=desk"),
    ]
    found = {}
    windows: dict[User, Page] = {}  # one for everything of the same person
    for user, path in pages:
        if user not in windows:
            windows[user] = context_of(user, viewport=viewport, color_scheme=theme).new_page()
        page = windows[user]
        page.goto(path)
        if path.startswith("/desk/?"):
            page.keyboard.press("Control+k")
            expect(page.locator("[data-part=palette-list] [role=option]").first).to_be_visible()
        if wrong := violations(page) + page.evaluate(SIDEWAYS):
            found[path] = wrong
    assert found == {}


@pytest.mark.parametrize(("viewport", "theme"), [(WIDE, "dark"), (PHONE, "light")], ids=["wide-dark", "phone-light"])
def test_what_was_refused_stays_in_its_form(
    live_cast: Cast, visit: Visit, viewport: dict[str, int], theme: str
) -> None:
    own, offered = waiting(live_cast, "own"), waiting(live_cast, "offered")
    claim(user=live_cast.agent, dispute_id=own)
    page = visit(live_cast.agent, f"/desk/?case={offered}&offer=1", viewport=viewport, color_scheme=theme)
    page.get_by_text("Not now", exact=True).click()
    page.get_by_label("Why not now").select_option("other")
    page.get_by_role("button", name="Not now, the next one").click()
    expect(page.locator("main [role=alert]")).to_contain_text("Another reason is said in words")
    expect(page.get_by_label("Why not now")).to_have_value("other")
    assert violations(page) + page.evaluate(SIDEWAYS) == []
    page.get_by_role("link", name="Back to the desk").first.click()
    expect(page.get_by_role("button", name="Take it")).to_be_visible()

    page.goto(page.url.partition("?")[0] + f"?queue=mine&case={own}")
    page.get_by_text("Lay aside", exact=True).first.click()
    page.get_by_label("Lay it aside").select_option("other")
    page.get_by_label("Another moment").fill("2001-02-01T09:30")
    page.get_by_role("button", name="Lay aside").click()
    expect(page.locator("main [role=alert]")).to_contain_text("within the next 30 days")
    expect(page.get_by_label("Another moment")).to_have_value("2001-02-01T09:30")
    assert violations(page) + page.evaluate(SIDEWAYS) == []


def test_colleagues_see_that_somebody_else_looks_and_has_begun_something(live_cast: Cast, visit: Visit) -> None:
    case = waiting(live_cast, "one")
    claim(user=live_cast.senior, dispute_id=case)
    room = Dispute.objects.get(pk=case).room_id
    sam = visit(live_cast.senior, f"/rooms/{room}/")
    expect(sam.locator("html[data-live]")).to_be_attached()
    priya = desk(visit, live_cast.agent, f"/desk/?queue=open&case={case}")
    others = priya.locator("[data-part=brief] [data-part=colleagues]")
    expect(others).to_have_text("Also here: Sam Okafor")
    row = priya.locator(f"[data-case='{case}'] [data-part=around]")
    expect(row).to_have_text("Sam Okafor is reading")
    expect(sam.locator("[data-part=colleagues]")).to_have_text("Also here: Priya Nair")
    sam.keyboard.press("j")
    sam.keyboard.type("Let me")
    expect(others).to_contain_text("Sam Okafor (is writing)")
    expect(row).to_have_text("Sam Okafor is writing")
    sam.keyboard.press("Escape")
    expect(others).to_contain_text("Sam Okafor (has begun something)")
    party = visit(Dispute.objects.get(pk=case).filer, f"/rooms/{room}/")
    expect(party.locator("html[data-live]")).to_be_attached()
    expect(party.locator("[data-part=colleagues]")).to_have_count(0)


def test_the_team_room_follows_and_keeps_what_was_not_sent(live_cast: Cast, visit: Visit) -> None:
    team = Team.objects.create(name="Mediation")
    team.members.set([live_cast.agent, live_cast.senior])
    page = visit(live_cast.agent, "/desk/team/")
    field = page.get_by_label("Write to your team")
    field.fill("Who speaks Dutch, @Sam Okafor?")
    field.press("Control+Enter")
    expect(page.locator("[data-part=lines]")).to_contain_text("Who speaks Dutch")
    expect(field).to_have_value("")
    say(user=live_cast.senior, team_id=team.pk, body="I do, @Priya Nair.", client_id=TeamLine.objects.get().client_id)
    expect(page.locator("[data-part=lines]")).to_contain_text("Meant for you")
    page.context.set_offline(True)
    field.fill("Thank you")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("What you wrote is kept.")).to_be_visible()
    expect(field).to_have_value("Thank you")
    page.context.set_offline(False)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-part=lines]")).to_contain_text("Thank you")
    assert TeamLine.objects.count() == 3
