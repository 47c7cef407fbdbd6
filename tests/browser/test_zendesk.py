"""An agent answers in Zendesk's own page, and it stands in the mediator's room; the parties see nothing of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from accounts.models import User
from mediation.events.dispatch import dispatch
from mediation.zendesk.actions import webhooks, working
from mediation.zendesk.models import Mirror
from tests.browser.test_case_journeys import RoomOf, Story
from tests.cast import Cast
from tests.zendesk_standin import running
from tests.zendesk_standin.running import Standin
from tests.zendesk_standin.running import standin as standin  # noqa: PLC0414

pytestmark = pytest.mark.browser


@pytest.fixture
def in_step(settings: Any, standin: Standin) -> Callable[[], Mirror]:
    """What a worker does: hear what happened here, read what happened there."""
    settings.ZENDESK = replace(
        settings.ZENDESK, url=standin.url, client_id=running.CLIENT_ID, client_secret=running.CLIENT_SECRET,
        requests_per_minute=100_000,
    )  # fmt: skip

    def work() -> Mirror:
        while dispatch():
            pass
        for ticket in Mirror.objects.filter(ticket_id__isnull=False).values_list("ticket_id", flat=True):
            webhooks.wake(ticket)
        working.work_due()
        return Mirror.objects.get()

    return work


def test_an_agent_replies_in_zendesk_and_the_note_is_in_the_room(
    live_cast: Cast, room_of: RoomOf, browser: Browser, standin: Standin, in_step: Callable[[], Mirror]
) -> None:
    User.objects.filter(pk=live_cast.mediator.pk).update(email="ana@parley.example")
    Story(live_cast).mediation()
    helen, ana = room_of(live_cast.client, live_cast.room.pk), room_of(live_cast.mediator, live_cast.room.pk)
    helen.say("The button is under the cookie bar.")
    number = in_step().ticket_id

    ticket = browser.new_context(base_url=standin.url).new_page()
    ticket.goto(f"/agent/tickets/{number}")
    expect(ticket.locator(".conversation")).to_contain_text("The button is under the cookie bar.")
    ticket.get_by_label("As", exact=True).select_option(label="Ana Duarte, agent")
    ticket.get_by_label("Comment").fill("I asked the shop for its logs.")
    ticket.get_by_role("button", name="Send").click()
    expect(ticket.locator(".conversation > li.private").last).to_contain_text("I asked the shop for its logs.")
    in_step()

    expect(ana.page.get_by_role("region", name="Staff notes")).to_contain_text("I asked the shop for its logs.")
    helen.page.reload()
    helen.page.wait_for_selector("html[data-live]", state="attached")
    assert "asked the shop" not in helen.page.content()
    in_step()
    ticket.reload()
    assert ticket.locator(".conversation").inner_text().count("I asked the shop for its logs.") == 1, "an echo"
    ticket.context.close()
