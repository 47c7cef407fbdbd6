"""The executive desk in a browser: a referral on its way, without a script too, for everybody, on every width."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from mediation.core import clock
from mediation.escalations.models import Case
from mediation.escalations.rules.states import State
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, WIDE, Visit
from tests.browser.test_look import SIDEWAYS
from tests.cast import Cast
from tests.escalations.referrals import brought_to, referred

pytestmark = pytest.mark.browser

# Names that stand in a column of letters, because what is beside them takes the width.
SQUEEZED = (
    "() => [...document.querySelectorAll('.ee-name')].filter((one) => one.offsetWidth < 150).map((one) => one.id)"
)
PAGES = ("", "overview/", "mine/", "rules/", "refer/")


def later(days: int) -> str:
    return f"{timezone.localtime(clock.now() + timedelta(days=days)):%Y-%m-%dT%H:%M}"


def fill(page: Page, **said: str) -> None:
    for name, words in said.items():
        page.locator(f"main [name={name}]").first.fill(words)
    page.locator("main form .btn[data-kind=main]").first.click()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_from_the_referral_to_a_call(live_cast: Cast, visit: Visit, has_scripts: bool) -> None:
    window = {"java_script_enabled": has_scripts}
    agent = visit(live_cast.agent, "/escalations/", **window)
    agent.get_by_role("link", name="Refer a client").first.click()
    agent.locator("[name=segment]").select_option("MB")
    fill(agent, name="Nora Quist", email="nora@quist.test", reason="She looks for a team.", time_zone="Asia/Tokyo")
    expect(agent.get_by_role("heading", name="Nora Quist")).to_be_visible()

    eva = visit(live_cast.ee, "/escalations/", **window)
    eva.get_by_role("link", name="Nora Quist").click()
    eva.get_by_role("button", name="Take the case").click()
    eva.get_by_role("link", name="Reply to the referrer").click()
    fill(eva, text="I call her today.")
    eva.get_by_role("link", name="Enter it in the tracker").click()
    fill(eva, next_step="Open the ticket", follow_up_at=later(1))
    eva.get_by_role("link", name="Note the ticket").click()
    fill(eva, ticket="4711")
    eva.get_by_role("link", name="Set the call").first.click()
    fill(eva, starts_at=later(2))
    expect(eva.get_by_role("button", name="Begin the call")).to_be_visible()
    expect(eva.get_by_text("In the client's time (Asia/Tokyo)")).to_be_visible()

    eva.goto("/escalations/")
    eva.locator("summary", has_text="Change the next step").click()
    eva.locator(".cards [name=next_step]").fill("Read her job post")
    eva.get_by_role("button", name="Keep").click()
    expect(eva).to_have_url(re.compile("/escalations/$"))
    expect(eva.get_by_text("Read her job post").first).to_be_visible()

    agent.reload()
    expect(agent.get_by_text("I call her today.")).to_be_visible()
    assert Case.objects.get().state == State.CALL_SCHEDULED


def addresses(cast: Cast) -> list[str]:
    waiting, helped = referred(cast, email=""), brought_to(cast, State.ASSISTING)
    cases = [f"{case.pk}/{rest}" for case in (waiting, helped) for rest in ("", "do/note/", "do/correct/")]
    return [f"/escalations/{path}" for path in (*PAGES, *cases, f"{helped.pk}/do/refer_talent/")]


@pytest.mark.parametrize(
    ("role", "theme", "language"), [("supervisor", "light", "en"), ("ee", "dark", "es"), ("ee", "light", "nl")]
)
def test_every_page_is_for_everybody_on_a_phone_and_wide(
    live_cast: Cast, visit: Visit, role: str, theme: str, language: str
) -> None:
    user = getattr(live_cast, role)
    User.objects.filter(pk=user.pk).update(language=language)
    paths = addresses(live_cast)
    for viewport in (PHONE, WIDE):
        page = visit(user, "/escalations/", viewport=viewport, color_scheme=theme)
        for path in paths:
            page.goto(path)
            assert page.evaluate(SIDEWAYS) == [], path
            assert page.evaluate(SQUEEZED) == [], path
            assert violations(page) == [], path
        page.context.close()
