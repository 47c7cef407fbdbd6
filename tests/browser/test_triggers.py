"""A lead builds a trigger in the admin without code, tries it, and reads in the log why it fired."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from mediation.desk.models import CaseTag, Trigger
from mediation.disputes.actions import claims
from mediation.disputes.actions.transition import transition
from mediation.disputes.models import Dispute
from mediation.events.dispatch import dispatch
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, Visit
from tests.cast import Cast
from tests.desk.rules import trigger

pytestmark = pytest.mark.browser
ADD = "/admin/desk/trigger/add/"


@pytest.fixture
def lead(live_cast: Cast) -> Iterator[User]:
    """Their admin keeps a journal by numbers of models, which are others after the tables were emptied."""
    ContentType.objects.clear_cache()
    User.objects.filter(pk=live_cast.supervisor.pk).update(is_staff=True)
    yield User.objects.get(pk=live_cast.supervisor.pk)
    ContentType.objects.clear_cache()


def row(page: Page, group: str, number: int) -> Locator:
    return page.locator(f"[data-rows={group}] tbody tr").nth(number)


def choose(where: Locator, part: str, word: str) -> None:
    where.locator(f"select[name$=-{part}]").select_option(label=word)


def test_a_lead_builds_one_tries_it_and_its_log_explains_it(live_cast: Cast, lead: User, visit: Visit) -> None:
    claims.ask_without_claim(user=live_cast.client, room_id=live_cast.room.pk, note="Please help.")
    page = visit(lead, ADD)
    page.get_by_label("Name").fill("Help was asked for")
    first = row(page, "all", 0)
    choose(first, "field", "What happened")
    expect(first.locator("select[name=all-operator] option")).to_have_text(["–", "is", "is not"])
    choose(first, "operator", "is")
    choose(first, "value", "a mediator was asked for")
    second = row(page, "all", 1)
    choose(second, "field", "Assignee")
    choose(second, "operator", "is not there")
    expect(second.locator("[data-value] select, [data-value] input:not([type=hidden])")).to_have_count(0)
    page.locator("[data-rows=all] .rule-add").click()
    third = row(page, "all", 2)
    expect(third.locator("select[name=all-field]")).to_be_focused()
    choose(third, "field", "Tags")
    choose(third, "operator", "does not include")
    third.locator("input[name=all-value]").fill("seen")
    row(page, "any", 1).get_by_role("button", name="Remove this row").click()
    act = row(page, "actions", 0)
    choose(act, "action", "Set the priority to")
    choose(act, "value", "Urgent")
    act = row(page, "actions", 1)
    choose(act, "action", "Add the tags")
    act.locator("input[name=actions-value]").fill("seen")

    while dispatch():
        pass
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Try it on the newest events").click()
    tried = opened.value
    expect(tried.get_by_text("It would have fired on 1 of the newest 1 events.")).to_be_visible()
    expect(tried.get_by_text("Assignee is not there: yes")).to_be_visible()
    assert not Trigger.objects.exists()
    assert not CaseTag.objects.exists()
    tried.close()

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    ask_again(live_cast)
    while dispatch():
        pass
    assert CaseTag.objects.get().name == "seen"
    page.get_by_role("link", name="Log", exact=True).click()
    fired = page.locator("#result_list tbody tr", has=page.get_by_alt_text("True"))
    expect(fired).to_have_count(1)
    expect(fired).to_contain_text("What happened is a mediator was asked for: yes")
    expect(fired).to_contain_text("Tags does not include seen: yes")
    page.goto("/admin/desk/trigger/")
    page.get_by_role("link", name="Help was asked for").click()
    expect(row(page, "all", 1).locator("select[name=all-operator]")).to_have_value("not_present")
    expect(row(page, "actions", 0).locator("select[name=actions-value]")).to_have_value("urgent")


def ask_again(cast: Cast) -> None:
    """Helen takes it back and asks once more."""
    transition(actor=cast.client, dispute_id=Dispute.objects.get().pk, command="cancel_ask", payload={})
    claims.ask_without_claim(user=cast.client, room_id=cast.room.pk, note="Once more.")


def test_it_works_without_script(lead: User, visit: Visit) -> None:
    page = visit(lead, ADD, java_script_enabled=False)
    page.get_by_label("Name").fill("Plain")
    choose(row(page, "all", 0), "field", "State")
    choose(row(page, "all", 0), "operator", "is")
    row(page, "all", 0).locator("[name=all-value]").fill("In mediation")
    choose(row(page, "actions", 0), "action", "Add the tags")
    row(page, "actions", 0).locator("[name=actions-value]").fill("plain")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("“In mediation” is none of the values of this field.")).to_be_visible()
    page.locator("[data-rows=all] summary").click()
    expect(page.locator("[data-rows=all] dl")).to_contain_text("mediating In mediation")
    row(page, "all", 0).locator("[name=all-value]").fill("mediating")
    # Tried and not saved: the admin's own journal remembers numbers that are gone after each test.
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Try it on the newest events").click()
    expect(opened.value.get_by_text("It would have fired on 0 of the newest 0 events.")).to_be_visible()


def test_a_number_that_was_typed_is_kept_by_an_arrow_and_by_enter(lead: User, visit: Visit) -> None:
    for name, at in (("First", 10), ("Second", 20), ("Third", 30)):
        trigger(name, ("due", "present"), do=(("add_tags", "x"),), position=at)
    page = visit(lead, "/admin/desk/trigger/")
    names, numbers = page.locator("#result_list .field-name"), page.locator("#result_list input[type=number]")
    numbers.nth(0).fill("25")
    page.get_by_role("button", name="Move “Third” up").click()
    expect(page.get_by_text("“Third” is number 2 of 3.")).to_be_visible()
    expect(names).to_have_text(["Second", "Third", "First"])
    expect(page.get_by_role("button", name="Move “Third” up")).to_be_in_viewport()
    numbers.nth(2).fill("5")
    numbers.nth(2).press("Enter")
    expect(page.get_by_text("1 trigger was changed successfully.")).to_be_visible()
    expect(names).to_have_text(["First", "Second", "Third"])


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, {"viewport": PHONE}])
def test_nothing_is_cut_off_and_no_policy_is_broken(lead: User, visit: Visit, options: dict[str, Any]) -> None:
    page = visit(lead, "/admin/", **options)
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda problem: problems.append(str(problem)))
    page.goto(ADD)
    choose(row(page, "all", 0), "field", "Mediator")
    choose(row(page, "all", 0), "operator", "is")
    expect(row(page, "all", 0).locator("select[name=all-value] option")).not_to_have_count(1)
    wide = page.locator("[data-rows=all]").evaluate("rows => rows.scrollWidth - rows.clientWidth")
    assert wide <= 1
    assert problems == []  # before axe, which tries styles of its own
    for part in ("[data-rows=all]", "[data-rows=actions]", ".rule-try"):
        assert violations(page, part) == []
