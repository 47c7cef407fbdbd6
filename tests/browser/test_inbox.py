"""The list of rooms while others write."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, Route, expect

from mediation.conversations.actions import rooms
from mediation.conversations.models import Room
from mediation.core import clock
from mediation.disputes.actions import claims
from mediation.events.dispatch import dispatch
from mediation.sla.models import Clock, ClockFact, StepMail
from mediation.sla.tasks import sweep
from tests.browser.conftest import Visit
from tests.cast import Cast, make_contract, person

pytestmark = pytest.mark.browser


def another_room(cast: Cast) -> Room:
    return rooms.open_room(contract=make_contract(cast.client, person("Ifeoma Eze", "freelancer"), "Spring photos"))


def write(page: Page, text: str) -> None:
    """Through the plain form, and so through the running server."""
    page.fill("textarea[name=text]", text)
    page.click("#composer button[type=submit], #composer button:not([type])")


def test_news_shows_at_once_with_its_count_and_in_the_title(live_cast: Cast, visit: Visit) -> None:
    page = visit(live_cast.client, "/rooms/")
    mateo = visit(live_cast.freelancer, f"/rooms/{live_cast.room.pk}/", java_script_enabled=False)
    row = page.locator(f'[data-room="{live_cast.room.pk}"]')
    write(mateo, "The draft costs $& and $1")
    expect(row.locator(".convo-last")).to_have_text("Mateo: The draft costs $& and $1")
    expect(row.locator(".count")).to_contain_text("1 unread")
    expect(page).to_have_title("(1) Your rooms · Parley")
    write(mateo, "It is ready")
    expect(row.locator(".count")).to_contain_text("2 unread")


def test_the_newest_room_comes_first_but_not_under_a_hand(live_cast: Cast, visit: Visit) -> None:
    another_room(live_cast)
    page = visit(live_cast.client, "/rooms/")
    mateo = visit(live_cast.freelancer, f"/rooms/{live_cast.room.pk}/", java_script_enabled=False)
    titles = page.locator(".convo-title")
    expect(titles).to_have_text(["Spring photos", "Website redesign"])
    titles.first.hover()
    write(mateo, "Good morning")
    expect(page.locator(".count:not([hidden])")).to_have_count(1)
    expect(titles).to_have_text(["Spring photos", "Website redesign"])
    page.mouse.move(900, 500)
    expect(titles).to_have_text(["Website redesign", "Spring photos"])


def test_a_room_that_is_not_in_the_list_comes_into_it(live_cast: Cast, visit: Visit) -> None:
    page = visit(live_cast.outsider, "/rooms/")
    expect(page.locator(".convo")).to_have_count(0)
    room = rooms.open_room(contract=make_contract(live_cast.outsider, live_cast.outside_freelancer, "New job"))
    oscar = visit(live_cast.outside_freelancer, f"/rooms/{room.pk}/", java_script_enabled=False)
    write(oscar, "Hello")
    expect(page.locator(".convo-title")).to_have_text(["New job"])
    expect(page.locator(".convo-last")).to_have_text("Oscar: Hello")


def test_a_room_that_asks_for_a_mediator_comes_before_the_eyes_of_staff(live_cast: Cast, visit: Visit) -> None:
    page = visit(live_cast.agent, "/waiting/")
    expect(page.locator("[data-waiting] .empty")).to_be_visible()
    rooms.ask_for_mediator(user=live_cast.client, room_id=live_cast.room.pk, note="The third milestone")
    expect(page.locator(".ask-note")).to_have_text("The third milestone")
    rooms.join_as_mediator(user=live_cast.mediator, room_id=live_cast.room.pk)
    expect(page.locator(".ask")).to_have_count(0)


def only_visits(route: Route) -> None:
    """What the page asks for by itself is not answered."""
    if route.request.is_navigation_request():
        route.continue_()
    else:
        route.abort()


def test_a_clock_is_at_risk_then_breached_and_the_lead_is_told(live_cast: Cast, visit: Visit) -> None:
    """The page counts on by itself; what the desk is told does not depend on any page."""
    claims.ask_without_claim(user=live_cast.client, room_id=live_cast.room.pk)
    dispatch()
    timed = Clock.objects.get(metric="CLAIM")
    begun = clock.now() - timedelta(minutes=10)
    ClockFact.objects.filter(clock=timed).update(at=begun, calendar=None)
    call_command("rebuild_clocks")
    page = visit(live_cast.agent, "/waiting/")
    shown = page.locator(".clock")
    expect(shown).to_have_attribute("data-state", "ok")
    expect(shown.get_by_role("timer")).to_have_text(re.compile("^1 h (49|50) min$"))
    page.clock.install()
    page.route("**/waiting/", only_visits)  # the server's time is not the page's in this test
    page.reload()
    page.clock.run_for(100 * 60_000)
    expect(shown).to_have_attribute("data-state", "risk")
    expect(shown).to_contain_text("At risk")
    page.clock.run_for(12 * 60_000)
    expect(shown).to_have_attribute("data-state", "late")
    expect(shown).to_contain_text(re.compile("Breached.* over"))
    ClockFact.objects.filter(clock=timed).update(at=begun - timedelta(hours=2))
    call_command("rebuild_clocks")
    sweep()
    told = StepMail.objects.filter(step__clock=timed, step__percent=100).values_list("to__name", flat=True)
    assert live_cast.supervisor.name in told
