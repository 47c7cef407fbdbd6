"""The ends that nobody wishes for, in the browsers of everybody in them: silence, an hour log, no agreement."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from accounts.models import User
from mediation.conversations.actions import files
from mediation.conversations.models import Contract
from mediation.core import clock
from mediation.disputes.actions import claims, firing, ledger, notices, payments
from mediation.disputes.models import Dispute, Heartbeat
from mediation.disputes.rules.claimable import last_week
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import Track
from tests.browser.conftest import Contexts
from tests.browser.test_case_journeys import AMOUNT, RoomOf, Story, send
from tests.cast import Cast
from tests.disputes.funds import on_a_weekday

pytestmark = pytest.mark.browser


def choose(page: Page, command: str) -> None:
    """Follow what the page offers to do; it has to offer it."""
    link = page.locator(f'a[href*="/do/{command}/"]').first
    expect(link).to_be_attached()
    page.goto(str(link.get_attribute("href")))


def hears(page: Page, line: str, stands: str) -> None:
    """The page says what happened and where the case stands, without being loaded anew."""
    expect(page.locator("[data-lane]:not([hidden]) .event").filter(has_text=line)).to_have_count(1)
    expect(page.locator(".case-bar")).to_contain_text(stands)


def timers_speak() -> None:
    """At the clock's moment, with people able to act until then: the test's own server says so for today only."""
    seen_at = max(clock.now(), datetime.now(UTC))
    Heartbeat.objects.update_or_create(pk=1, defaults={"seen_at": seen_at})
    firing.sweep()


def back_in_room(page: Page, cast: Cast) -> Page:
    page.goto(f"/rooms/{cast.room.pk}/")
    page.wait_for_selector("html[data-live]", state="attached")
    return page


def test_silence_leads_to_notices_a_grace_a_reasoned_default_and_a_stay_before_the_money(
    live_cast: Cast, room_of: RoomOf, context_of: Contexts
) -> None:
    cast, filed_at = live_cast, clock.now() - timedelta(days=9)
    with clock.at(filed_at):
        story = Story(cast)
        story.does(cast.client, "file")
        assert notices.hand_over() == 2, "in the room and by mail"
    helen, mateo = (room_of(who, cast.room.pk).page for who in (cast.client, cast.freelancer))
    expect(mateo.locator(".case-bar")).to_contain_text("You answer the claim")
    with clock.at(filed_at + timedelta(days=5, minutes=1)):
        timers_speak()
        notices.hand_over()
    for page in (helen, mateo):
        expect(page.locator("[data-part=case-panel] .ledger")).to_contain_text("extra time after silence")
    with clock.at(filed_at + timedelta(days=7, minutes=2)):
        timers_speak()
    assert {to for one in mail.outbox for to in one.to} == {cast.freelancer.email}
    for page in (helen, mateo):
        expect(page.locator(".case-bar")).to_contain_text("Upwork looks at what the silence means")
    priya = context_of(cast.agent).new_page()
    priya.goto("/waiting/")
    priya.get_by_role("link", name=re.compile("Website redesign")).click()
    choose(priya, "confirm_default")
    priya.locator("[name=reason]").fill("Two notices, the extra time, and no word.")
    priya.locator(".case-form button").last.click()
    expect(priya).to_have_url(re.compile("/cases/[^/]+/$"))
    for page in (helen, mateo):
        hears(page, "Two notices, the extra time, and no word.", "The money is on its way")
    assert payments.pay_out() == 0, "nothing moves during the stay"
    with clock.at(clock.now() + timedelta(hours=25)):
        timers_speak()
        assert payments.pay_out() == 1
    for page in (helen, mateo):
        expect(page.locator(".case-bar")).to_contain_text("Nobody, the case is closed")
    assert ledger.balance(cast.room.contract_id, "client") == AMOUNT


def hours_in_dispute(cast: Cast) -> Dispute:
    """Helen asks about last week's hours and Mateo sees it differently: the log is to be checked."""
    Contract.objects.filter(pk=cast.room.contract_id).update(kind="hourly", hourly_rate_minor=4_000, amount_minor=0)
    User.objects.filter(pk=cast.freelancer.pk).update(language="en")
    at = on_a_weekday()
    week = last_week(at)
    ledger.pay_hours(contract_id=cast.room.contract_id, week=week, currency="USD", amount_minor=AMOUNT, at=at)
    with clock.at(at):
        case = claims.start_claim(user=cast.client, room_id=cast.room.pk, track=Track.HOURLY, week_starts=week)
    story = object.__new__(Story)
    story.cast, story.id = cast, case.pk
    with clock.at(at):
        story.does(
            cast.client, "edit_draft", problem="hours", amount_minor=AMOUNT, claimed_refund_minor=AMOUNT,
            statement="Tuesday was not worked.",
        )  # fmt: skip
        story.does(cast.client, "file")
        story.does(cast.freelancer, "decline", reason="disagree", statement="It is all in the log.")
    return case


def test_the_log_of_the_hours_is_checked_slot_by_slot(live_cast: Cast, room_of: RoomOf, context_of: Contexts) -> None:
    cast = live_cast
    case = hours_in_dispute(cast)
    helen, mateo = (room_of(who, cast.room.pk).page for who in (cast.client, cast.freelancer))
    for page in (helen, mateo):
        expect(page.locator(".case-bar")).to_contain_text("Upwork checks the time log")
    priya = context_of(cast.agent).new_page()
    priya.goto("/waiting/")
    priya.get_by_role("link", name=re.compile("Website redesign")).click()
    choose(priya, "record_log_review")
    for day, begin, end in ((1, "09:00", "14:00"), (2, "09:00", "18:00")):
        priya.locator(".log-day > summary").nth(day).press("Enter")
        priya.locator(f"[name=from_{day}_0]").fill(begin)
        priya.locator(f"[name=to_{day}_0]").fill(end)
    priya.locator("[name=upheld_2_0]").check()
    priya.locator(".case-form button").last.click()
    expect(priya).to_have_url(re.compile("/cases/[^/]+/$"))
    for page in (helen, mateo):
        expect(page.locator(".case-bar")).to_contain_text("The money is on its way")
    assert payments.pay_out() == 1
    for page in (helen, mateo):
        expect(page.locator(".case-bar")).to_contain_text("Nobody, the case is closed")
    case.refresh_from_db()
    assert (case.outcome, case.settled_refund_minor) == ("log_review", 20_000)


def test_no_agreement_leads_to_arbitration_and_to_an_award_that_four_eyes_have_seen(
    live_cast: Cast, room_of: RoomOf
) -> None:
    cast, story = live_cast, Story(live_cast).mediation()
    for party in (cast.client, cast.freelancer):
        story.does(party, "decline_mediation")
    people = (cast.client, cast.freelancer, cast.mediator)
    helen, mateo, ana = (room_of(who, cast.room.pk).page for who in people)
    choose(ana, "declare_impasse")
    send(ana)
    for page in (helen, mateo):
        expect(page.locator(".case-bar")).to_contain_text("choose arbitration")
    for page, other, name in ((helen, mateo, "Helen"), (mateo, helen, "Mateo")):
        for command, line in (("elect", f"{name} chose arbitration"), ("pay_share", f"{name} paid")):
            choose(page, command)
            send(page)
            expect(other.locator(".event").filter(has_text=line)).to_have_count(1)
        back_in_room(other, cast)
    for page in (helen, mateo, ana):
        expect(page.locator(".case-bar")).to_contain_text("The arbitrator decides")
    award = SimpleUploadedFile("award.txt", b"700 to Helen, 200 to Mateo.", "text/plain")
    notes = cast.thread("internal")
    document = files.upload(user=cast.mediator, thread_id=notes.pk, file=award)
    cast.say(cast.mediator, "The award has come.", audience="internal", files=(document.pk,))
    sam, sue = (room_of(who, cast.room.pk).page for who in (cast.senior, cast.supervisor))
    choose(sam, "enter_award")
    sam.locator("[name=refund_minor]").fill("700.00")
    sam.locator("[name=file_id]").first.check()
    send(sam)
    assert story.state == "in_arbitration", "one pair of eyes is not enough"
    choose(back_in_room(sue, cast), "record_award")
    send(sue)
    for page in (helen, mateo):
        expect(page.locator(".case-bar")).to_contain_text("The money is on its way")
    assert payments.pay_out() == 1
    for page in (helen, mateo, ana):
        expect(page.locator(".case-bar")).to_contain_text("Nobody, the case is closed")
    accounts = {who: ledger.balance(cast.room.contract_id, who) for who in ("client", "freelancer")}
    share = Terms().arbitration_share_minor
    assert accounts == {"client": 70_000 - share, "freelancer": 20_000 - share}
