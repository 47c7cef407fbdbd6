"""The case file, the brief, the page that checks a file, and the workflow, in a real browser."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from playwright.sync_api import expect

from mediation.conversations.models import Milestone
from mediation.core import clock
from mediation.disputes.actions import claims
from mediation.disputes.actions.transition import transition
from mediation.disputes.models import Dispute
from mediation.disputes.rules.states import Track
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, WIDE, Contexts, Visit
from tests.cast import Cast
from tests.disputes.funds import held

pytestmark = pytest.mark.browser
AMOUNT = 220_000
SIDEWAYS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"


@pytest.fixture
def case(live_cast: Cast) -> Dispute:
    """Filed, declined, with an offer on the table; committed, so that the server sees it."""
    cast = live_cast
    milestone = Milestone.objects.create(
        contract=cast.room.contract, position=1, title="Launch", amount_minor=AMOUNT, status="funded"
    )
    held(milestone)
    made = claims.start_claim(user=cast.client, room_id=cast.room.pk, track=Track.ESCROW, milestone_id=milestone.pk)

    def say(actor: Any, command: str, **payload: Any) -> None:
        transition(actor=actor, dispute_id=made.pk, command=command, payload=payload)

    say(cast.client, "edit_draft", problem="quality", claimed_refund_minor=AMOUNT, statement="It fails on phones.")
    say(cast.client, "file")
    say(cast.freelancer, "decline", reason="disagree", statement="It works on mine.")
    until = clock.now() + timedelta(days=2)
    sums = {"refund_minor": 40_000, "release_minor": AMOUNT - 40_000}
    say(cast.freelancer, "make_offer", terms=["Tested by Friday"], expires_at=until, **sums)
    return Dispute.objects.get(pk=made.pk)


def test_a_party_takes_the_file_away_and_has_it_checked(
    live_cast: Cast, case: Dispute, visit: Visit, tmp_path: Path
) -> None:
    page = visit(live_cast.client, f"/cases/{case.pk}/file/")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Case file {case.number}")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download with proof").click()
    taken = tmp_path / "case.json"
    waiting.value.save_as(taken)
    page.get_by_role("link", name="Check a file you have").click()
    page.get_by_label("Case file").set_input_files(taken)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", name="This file is whole and unchanged")).to_be_visible()
    document = orjson.loads(taken.read_bytes())
    document["chains"][0]["entries"][1]["content"]["state"] = "closed"
    taken.write_bytes(orjson.dumps(document))
    page.get_by_label("Case file").set_input_files(taken)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", name="This is not the file that we wrote")).to_be_visible()
    expect(page.get_by_text("number 2 of the list")).to_be_visible()


def test_on_paper_there_are_no_buttons(live_cast: Cast, case: Dispute, visit: Visit) -> None:
    page = visit(live_cast.client, f"/cases/{case.pk}/file/")
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Download as PDF")).to_be_hidden()
    expect(page.get_by_text("It works on mine.")).to_be_visible()


@pytest.mark.parametrize(("theme", "viewport"), [("light", WIDE), ("dark", PHONE)], ids=["light", "dark phone"])
def test_axe_finds_nothing_and_the_page_does_not_scroll_sideways(
    live_cast: Cast, case: Dispute, context_of: Contexts, theme: str, viewport: dict[str, int]
) -> None:
    page = context_of(live_cast.client, viewport=viewport, color_scheme=theme, reduced_motion="reduce").new_page()
    found = {}
    for path in (f"/cases/{case.pk}/file/", f"/cases/{case.pk}/brief/", "/cases/verify/", "/help/workflow/"):
        page.goto(path)
        broken = violations(page)
        if broken or page.evaluate(SIDEWAYS):
            found[path] = broken or "sideways"
    assert found == {}
