"""The desk while cases come and go: live, under a hand, by keys, and two who take the same case."""

from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from mediation.core import clock
from mediation.desk.actions.rows import refresh
from mediation.desk.actions.taking import claim
from mediation.desk.models import QueueRow
from mediation.disputes.models import Dispute
from tests.browser.conftest import PHONE, Visit
from tests.cast import Cast
from tests.desk.test_taking import waiting

pytestmark = pytest.mark.browser

# As when news came with the focus in the first row.
DRAW_AFRESH = """() => {
  const place = document.querySelector("[data-part=queue]");
  place.replaceChildren(...[...place.childNodes].map((node) => node.cloneNode(true)));
  place.querySelector(".case-title").focus();
}"""


# Of the parts of each party's column, how many begin before the one above them ends.
OVERLAPS = """(sides) => sides.flatMap((side) => [...side.children].map((part) => part.getBoundingClientRect())
  .filter((box, at, all) => at && box.height && box.top < all[at - 1].bottom - 1)).length"""


def due(case: UUID, minutes: int) -> UUID:
    now = clock.now()
    at, begins = now + timedelta(minutes=minutes), now - timedelta(minutes=100)
    marks = {"metric": "CLAIM", "begins_at": begins, "soon_at": begins, "risk_at": at, "due_at": at, "order_at": at}
    QueueRow.objects.filter(pk=case).update(**marks, changed_at=now)
    return case


def titles(page: Page) -> list[str]:
    return [text.removeprefix("Job ") for text in page.locator(".case-title").all_text_contents()]


def desk(visit: Visit, user: User, address: str = "/desk/", **options: object) -> Page:
    page = visit(user, address, **options)
    expect(page.locator(".cases, .empty")).to_be_visible()
    return page


def test_a_case_comes_in_by_itself_and_in_its_place(live_cast: Cast, visit: Visit) -> None:
    due(waiting(live_cast, "later"), 90)
    page = desk(visit, live_cast.agent)
    page.mouse.move(5, 5)
    due(waiting(live_cast, "sooner"), 30)
    expect(page.locator(".case-title")).to_have_text(["Job sooner", "Job later"])
    expect(page.locator(".nav-item[aria-current] .num")).to_have_text("2")


def test_nothing_moves_under_a_hand(live_cast: Cast, visit: Visit) -> None:
    first, second = due(waiting(live_cast, "first"), 30), due(waiting(live_cast, "second"), 60)
    page = desk(visit, live_cast.agent)
    page.locator(f'[data-case="{first}"]').hover()
    due(waiting(live_cast, "urgent"), 3)
    claim(user=live_cast.senior, dispute_id=second)
    gone = page.locator(f'[data-case="{second}"]')
    expect(gone).to_contain_text("No longer in this queue")
    expect(gone.locator("[data-act=claim]")).to_have_count(0)
    assert titles(page) == ["first", "second"]
    news = page.locator("[data-part=news]")
    expect(news).to_be_visible()
    news.get_by_role("button", name="Show it").click()
    expect(page.locator(".case-title")).to_have_text(["Job urgent", "Job first"])
    expect(news).to_be_hidden()


def test_everything_is_done_by_keys(live_cast: Cast, visit: Visit) -> None:
    cases = [due(waiting(live_cast, name), 10 * number) for number, name in enumerate("abc", start=1)]
    page = desk(visit, live_cast.agent)
    focused = page.locator(".case-title:focus")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(focused).to_have_text("Job b")
    page.keyboard.press(" ")
    panel = page.locator("[data-part=brief]")
    expect(panel).to_contain_text("Conflict check")
    expect(panel.get_by_role("heading", level=2)).to_have_text("Job b")
    page.keyboard.press("k")
    expect(panel.get_by_role("heading", level=2)).to_have_text("Job a")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    page.keyboard.press("c")
    expect(page.locator("#toasts")).to_contain_text("The case is yours.")
    expect(focused).to_have_text("Job b")
    assert Dispute.objects.get(pk=cases[0]).mediator == live_cast.agent
    page.keyboard.press("?")
    expect(page.locator("[data-dialog=keys]")).to_be_visible()
    page.locator("[data-setting]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.locator("[data-act=keys]").click()
    page.locator("[data-setting]").check()
    page.keyboard.press("Escape")
    assert Dispute.objects.get(pk=cases[1]).mediator is None, "letters were off"
    page.keyboard.press("2")
    page.wait_for_url("**/desk/?queue=mine")
    assert titles(page) == ["a"]
    page.keyboard.press("/")
    page.keyboard.type("cj")
    expect(page.locator("[data-search]")).to_have_value("cj")


def test_rows_that_are_drawn_afresh_while_one_is_taken_keep_the_place(live_cast: Cast, visit: Visit) -> None:
    for number, name in enumerate("abc", start=1):
        due(waiting(live_cast, name), 10 * number)
    page = desk(visit, live_cast.agent)
    page.mouse.move(0, 0)
    page.route("**/claim/", lambda route: (page.evaluate(DRAW_AFRESH), route.continue_()))
    page.keyboard.press("j")
    page.keyboard.press("c")
    expect(page.locator("#toasts")).to_contain_text("The case is yours.")
    expect(page.locator(".case-title:focus")).to_have_text("Job b")


def test_what_one_did_oneself_shows_at_once_and_is_no_news(live_cast: Cast, visit: Visit) -> None:
    first, second, third = (due(waiting(live_cast, name), 10 * number) for number, name in enumerate("abc", start=1))
    page = desk(visit, live_cast.agent)
    news, counts = page.locator("[data-part=news]"), page.locator(".deskbar .num")
    page.locator(f'[data-case="{first}"] [data-act=claim]').click()
    expect(page.locator(f'[data-case="{first}"]')).to_contain_text("Yours now")
    assert titles(page) == ["a", "b", "c"], "the next press would hit another case"
    expect(counts.first).to_have_text("2")
    expect(counts.last).to_have_text("1")
    expect(page.locator("[data-key='2'] .num")).to_have_text("1")
    expect(news).to_be_hidden()
    page.mouse.move(5, 5)
    page.locator(f'[data-case="{second}"] .case-title').focus()
    page.keyboard.press("c")
    expect(page.locator(".case-title")).to_have_text(["Job c"])
    expect(page.locator(".case-title:focus")).to_have_text("Job c")
    expect(counts.last).to_have_text("2")
    expect(news).to_be_hidden()
    claim(user=live_cast.senior, dispute_id=third)
    expect(news).to_contain_text("1 case changed or came in.")
    expect(page.locator(f'[data-case="{third}"]')).to_contain_text("No longer in this queue")


def test_who_takes_a_case_can_go_to_its_room(live_cast: Cast, visit: Visit) -> None:
    first, second = (due(waiting(live_cast, name), 10 * number) for number, name in enumerate("ab", start=1))
    page = desk(visit, live_cast.agent)
    page.locator(f'[data-case="{first}"] [data-act=claim]').click()
    room = f"/rooms/{Dispute.objects.get(pk=first).room_id}/"
    assert page.locator("#toasts").get_by_role("link").get_attribute("href").endswith(room)
    left = page.locator(f'[data-case="{first}"]').get_by_role("link", name="Go to the room")
    expect(left).to_be_visible()
    assert left.get_attribute("href").endswith(room)
    page.mouse.move(5, 5)
    page.locator(f'[data-case="{second}"] .case-title').focus()
    page.keyboard.press("o")
    page.wait_for_url(f"**/rooms/{Dispute.objects.get(pk=second).room_id}/")
    assert Dispute.objects.get(pk=second).mediator == live_cast.agent


def test_a_brief_goes_on_with_the_focus_when_its_case_is_taken(live_cast: Cast, visit: Visit) -> None:
    for number, name in enumerate("ab", start=1):
        due(waiting(live_cast, name), 10 * number)
    page = desk(visit, live_cast.agent)
    heading = page.locator("[data-part=brief]").get_by_role("heading", level=2)
    page.mouse.move(5, 5)
    page.keyboard.press("j")
    page.keyboard.press(" ")
    expect(heading).to_have_text("Job a")
    page.keyboard.press("c")
    expect(page.locator(".case-title:focus")).to_have_text("Job b")
    expect(heading).to_have_text("Job b")
    page.keyboard.press("c")
    expect(page.locator("[data-part=brief]")).to_contain_text("In mediation")
    assert page.locator("[data-part=brief] .side").evaluate_all(OVERLAPS) == 0, "each line has a row of its own"


def test_who_is_late_reads_who_was_first_and_goes_on(live_cast: Cast, visit: Visit) -> None:
    case = due(waiting(live_cast, "wanted"), 10)
    due(waiting(live_cast, "next"), 20)
    page = desk(visit, live_cast.agent)
    page.keyboard.press("j")
    claim(user=live_cast.senior, dispute_id=case)
    QueueRow.objects.filter(pk=case).update(is_unclaimed=True, mediator=None)
    page.keyboard.press("c")
    expect(page.locator("#toasts")).to_contain_text("Sam Okafor took this case before you. Take the next one.")
    expect(page.locator(".case-title:focus")).to_have_text("Job next")


def test_on_a_phone_the_brief_takes_the_place_of_the_queue(live_cast: Cast, visit: Visit) -> None:
    due(waiting(live_cast, "one"), 10)
    page = desk(visit, live_cast.agent, viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("[data-act=brief]").click()
    expect(page.get_by_role("heading", level=2, name="Job one")).to_be_visible()
    expect(page.locator(".cases")).to_be_hidden()
    page.locator("[data-act=close]").click()
    expect(page.locator(".case-title:focus")).to_have_text("Job one")


def test_the_queue_works_without_a_script(live_cast: Cast, visit: Visit) -> None:
    case = waiting(live_cast, "one")
    page = visit(live_cast.agent, "/desk/", java_script_enabled=False)
    page.locator("[data-act=brief]").click()
    expect(page.get_by_role("heading", level=2, name="Job one")).to_be_visible()
    page.locator("[data-act=claim]").click()
    page.wait_for_url("**/rooms/**")
    assert Dispute.objects.get(pk=case).mediator == live_cast.agent


def test_a_desk_that_was_away_catches_up(live_cast: Cast, visit: Visit) -> None:
    case = due(waiting(live_cast, "one"), 10)
    page = desk(visit, live_cast.agent)
    page.context.set_offline(True)
    QueueRow.objects.filter(pk=case).delete()
    refresh([due(waiting(live_cast, "two"), 20)])
    page.context.set_offline(False)
    expect(page.locator(".case-title").filter(has_text="Job two")).to_be_visible()
