"""The figures of the help centre and the articles for a case in a browser: widths, themes, and without a script."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from mediation.core import clock
from mediation.desk.actions import reasons
from mediation.desk.models import CaseReason
from mediation.disputes.models import Dispute
from mediation.help_center.models import Lesson
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, WIDE, Visit
from tests.browser.test_case_journeys import Story
from tests.browser.test_look import SIDEWAYS
from tests.cast import Cast
from tests.help_center.pages import published
from tests.help_center.test_figures import asked

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, WIDE])
def test_figures_lead_to_their_questions(live_cast: Cast, visit: Visit, scheme: str, size: dict[str, int]) -> None:
    version, at = published("who-pays"), clock.now() - timedelta(hours=100)
    asked(live_cast.client, at, shown=version, verdict="solved", question="Who pays the zebra?")
    asked(None, at, shown=None, place="bot", question="What is a gnu?")
    page = visit(live_cast.analyst, "/help/figures/", viewport=size, color_scheme=scheme)
    assert violations(page) == []
    assert not page.evaluate(SIDEWAYS)
    table = page.get_by_role("region", name="By place")
    confirmed = table.get_by_role("row", name="Help centre").get_by_role("link", name="1", exact=True)
    confirmed.last.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Who pays the zebra?")).to_be_visible()
    expect(page.get_by_text("What is a gnu?")).to_have_count(0)
    assert violations(page) == []
    assert not page.evaluate(SIDEWAYS)


@pytest.mark.parametrize(
    ("has_scripts", "size", "scheme"), [(True, WIDE, "light"), (False, WIDE, "dark"), (True, PHONE, "dark")]
)
def test_a_mediator_puts_an_article_and_says_the_reason(
    live_cast: Cast, visit: Visit, has_scripts: bool, size: dict[str, int], scheme: str
) -> None:
    reasons.add_defaults()
    Story(live_cast).mediation()
    published("redesign", "What does a website redesign cost?")
    case = Dispute.objects.get(room=live_cast.room)
    page = visit(
        live_cast.mediator, f"/cases/{case.pk}/articles/", viewport=size, color_scheme=scheme,
        java_script_enabled=has_scripts,
    )  # fmt: skip
    if has_scripts:
        assert violations(page) == []
        assert not page.evaluate(SIDEWAYS)
    page.get_by_label("Another reason").select_option(label="Deadline missed")
    page.get_by_role("button", name="Say so").click()
    expect(page.get_by_text("The work: Deadline missed")).to_be_visible()
    assert CaseReason.objects.get().said_by == live_cast.mediator
    page.get_by_role("button", name="“What does a website redesign cost?” fits").click()
    expect(page.get_by_text("Thank you.")).to_be_visible()
    assert Lesson.objects.get().person == live_cast.mediator
    page.get_by_role("button", name="into my message to everyone").click()
    field = page.locator("#composer textarea")
    expect(field).to_have_value(re.compile(r"^What does a website redesign cost\?\nhttp://.*/help/articles/redesign/$"))
