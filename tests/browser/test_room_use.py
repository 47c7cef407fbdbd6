"""The room in use, by hand and by keyboard."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from mediation.conversations.models import Draft, Message
from tests.browser.conftest import Contexts
from tests.browser.room import RoomPage
from tests.cast import Cast

pytestmark = pytest.mark.browser
RoomOf = Callable[..., RoomPage]


def test_the_keyboard_alone_is_enough(mediated: Cast, room_of: RoomOf) -> None:
    room = room_of(mediated.client, mediated.room.pk)
    keys = room.page.keyboard
    room.page.evaluate("document.body.focus()")
    keys.press("Tab")
    keys.press("Enter")  # the skip link leads to the field
    keys.press("Tab") if room.page.evaluate("document.activeElement.tagName") != "TEXTAREA" else None
    room.field.focus()
    keys.type("First line")
    keys.press("Shift+Enter")
    keys.type("second line")
    keys.press("Enter")
    expect(room.page.locator(".msg-body", has_text="second line")).to_have_count(1)
    keys.press("Escape")
    assert "msg" in room.page.evaluate("document.activeElement.className")
    keys.press("ArrowUp")
    keys.press("r")
    expect(room.page.locator("#composer [data-part=reply]")).to_be_visible()
    assert room.page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    keys.type("rn?p/")
    assert room.field.input_value() == "rn?p/", "single letters write while one writes"
    keys.press("Escape")
    keys.press("Escape")
    keys.press("g")
    keys.press("2")
    expect(room.page.locator(".tab[data-audience=caucus_client]")).to_have_attribute("aria-selected", "true")
    expect(room.page.locator("#composer [data-part=send-label]")).to_have_text("Send only to Ana")
    keys.press("Escape")
    keys.press("?")
    expect(room.page.locator("dialog[open]")).to_be_visible()
    keys.press("Escape")
    expect(room.page.locator("dialog[open]")).to_have_count(0)


def test_a_tab_says_which_panel_is_its_own_and_space_opens_it(mediated: Cast, room_of: RoomOf) -> None:
    room = room_of(mediated.client, mediated.room.pk)
    tabs = room.page.get_by_role("tab")
    for index in (0, 1):
        tabs.nth(index).focus()
        room.page.keyboard.press("Space")
        expect(tabs.nth(index)).to_have_attribute("aria-selected", "true")
        panel = tabs.nth(index).get_attribute("aria-controls")
        expect(room.page.get_by_role("tabpanel")).to_have_attribute("id", panel)


def test_a_reply_in_private_stays_private(mediated: Cast, room_of: RoomOf) -> None:
    room = room_of(mediated.client, mediated.room.pk)
    room.tab("Private with Ana")
    room.line("What would make this right for you?").hover()
    room.page.locator("[data-act=reply]").click()
    expect(room.page.locator("#composer")).to_have_attribute("data-audience", "caucus_client")
    room.page.keyboard.type("That shoppers can pay.")
    room.page.keyboard.press("Enter")
    room.stored("That shoppers can pay.")
    assert Message.objects.get(body="That shoppers can pay.").thread.audience == "caucus_client"


def test_the_mediator_writes_in_one_lane_at_a_time(mediated: Cast, room_of: RoomOf) -> None:
    room = room_of(mediated.mediator, mediated.room.pk)
    fields = room.page.locator("textarea.composer-text:visible")
    expect(fields).to_have_count(1)
    room.page.locator(".dock [data-audience=caucus_client] [data-part=shut]").click()
    expect(fields).to_have_count(1)
    expect(room.page.locator("#composer [data-part=send-label]")).to_have_text("Send only to Helen")
    expect(room.page.locator("#composer [data-part=who]")).to_have_text("Mateo does not see this")
    expect(room.page.locator("#announcer")).to_contain_text("Only Helen Marsh")


def test_what_is_held_back_can_be_undone_and_survives_a_reload(mediated: Cast, room_of: RoomOf) -> None:
    room = room_of(mediated.mediator, mediated.room.pk)
    room.say("Too early")
    expect(room.page.locator("[data-state=held]")).to_contain_text("Goes to everyone in")
    room.page.keyboard.press("Control+z")
    expect(room.page.locator("[data-state=held]")).to_have_count(0)
    assert room.field.input_value() == "Too early"
    room.say("On its way")
    room.page.reload()
    room.until_live()
    room.stored("On its way")
    assert Message.objects.filter(body="On its way").count() == 1
    assert not Message.objects.filter(body="Too early").exists()


def hasty_page(context_of: Contexts, user: User) -> Page:
    """A page of somebody who set the time that words are held back to one second."""
    context = context_of(user)
    context.add_init_script("localStorage.setItem('parley.settings', JSON.stringify({hold_seconds: 1}))")
    return context.new_page()


def test_an_agent_who_has_not_seen_the_newest_message_decides_again(
    mediated: Cast, room_of: RoomOf, context_of: Contexts
) -> None:
    room = room_of(mediated.mediator, mediated.room.pk, page=hasty_page(context_of, mediated.mediator))
    room.say("Mateo, could you go further?")
    mediated.say(mediated.freelancer, "I can agree to $500 back.")
    notice = room.page.locator(".composer-notice").filter(has_text="Mateo wrote while you were typing.")
    expect(notice).to_contain_text("I can agree to $500 back.")
    assert not Message.objects.filter(body="Mateo, could you go further?").exists()
    notice.get_by_role("button", name="Send it as it is").click()
    room.stored("Mateo, could you go further?")
    assert Message.objects.filter(body="Mateo, could you go further?").count() == 1


def test_what_an_agent_sent_another_way_does_not_come_back(
    mediated: Cast, room_of: RoomOf, context_of: Contexts
) -> None:
    room = room_of(mediated.mediator, mediated.room.pk, page=hasty_page(context_of, mediated.mediator))
    room.say("Mateo, could you go further?")
    mediated.say(mediated.freelancer, "I can agree to $500 back.")
    expect(room.page.locator(".composer-notice").filter(has_text="Mateo wrote")).to_be_visible()
    room.say("Thank you, Mateo.")
    room.sees("Thank you, Mateo.")
    expect(room.page.locator(".msg[data-state]")).to_have_count(0)
    room.page.reload()
    room.until_live()
    assert room.field.input_value() == ""


def test_history_grows_upwards_without_a_jump(live_cast: Cast, room_of: RoomOf) -> None:
    for number in range(130):
        live_cast.say(live_cast.client, f"line {number}")
    room = room_of(live_cast.client, live_cast.room.pk)
    timeline = room.page.locator("[data-part=timeline]").first
    anchor = room.line("line 90")
    anchor.scroll_into_view_if_needed()
    room.page.mouse.move(700, 400)
    for _turn in range(40):
        before = anchor.bounding_box()["y"] if room.line("line 40").count() else None
        room.page.mouse.wheel(0, -300)
        room.page.wait_for_timeout(40)
        if room.line("line 3").count():
            break
    assert room.line("line 3").count() == 1, before
    expect(room.page.locator("[data-part=jump]").first).to_be_visible()
    live_cast.say(live_cast.freelancer, "news")
    expect(room.page.locator("[data-part=jump]").first).to_contain_text("1 new message")
    at = timeline.evaluate("(list) => list.scrollTop")
    assert at < timeline.evaluate("(list) => list.scrollHeight") / 2
    room.page.locator("[data-part=jump]").first.click()
    expect(room.line("news")).to_be_in_viewport()


def test_what_is_loaded_above_moves_nothing_on_the_screen(live_cast: Cast, room_of: RoomOf) -> None:
    for number in range(130):
        live_cast.say(live_cast.client, f"line {number}")
    room = room_of(live_cast.client, live_cast.room.pk)
    moved = room.page.evaluate("""async () => {
        const list = document.querySelector('[data-part=timeline]');
        const count = () => list.querySelectorAll('[data-seq]').length;
        const before = count();
        list.scrollTop = 450;
        const edge = list.getBoundingClientRect().top + 50;
        const item = [...list.querySelectorAll('[data-seq]')].find((each) => each.getBoundingClientRect().top > edge);
        const top = item.getBoundingClientRect().top;
        const pause = () => new Promise((done) => setTimeout(done, 50));
        for (let wait = 0; wait < 100 && count() === before; wait += 1) await pause();
        return [count() > before, Math.abs(item.getBoundingClientRect().top - top)];
    }""")
    assert moved[0]
    assert moved[1] < 2


def test_an_address_leads_to_one_line_however_old(live_cast: Cast, room_of: RoomOf) -> None:
    old = live_cast.say(live_cast.client, "the old line")
    for number in range(90):
        live_cast.say(live_cast.client, f"line {number}")
    room = room_of(live_cast.client, live_cast.room.pk)
    room.open(f"?at={old.seq}")
    expect(room.line("the old line")).to_be_in_viewport()
    room.page.locator("[data-part=jump]").first.click()
    expect(room.line("line 89")).to_be_in_viewport()


def test_a_room_opens_at_the_first_unread_line(live_cast: Cast, room_of: RoomOf) -> None:
    for number in range(40):
        live_cast.say(live_cast.freelancer, f"news {number}\n\nwith two paragraphs")
    room = room_of(live_cast.client, live_cast.room.pk)
    expect(room.page.locator(".newline")).to_be_in_viewport()
    expect(room.page).to_have_title(re.compile(r"^\(\d+\) "))


def test_a_draft_waits_on_the_server_for_another_device(live_cast: Cast, room_of: RoomOf) -> None:
    room = room_of(live_cast.client, live_cast.room.pk)
    with room.page.expect_response("**/draft/"):
        room.field.fill("Half a thought")
    assert Draft.objects.get().body == "Half a thought"
    elsewhere = room_of(live_cast.client, live_cast.room.pk)
    assert elsewhere.field.input_value() == "Half a thought"
    with elsewhere.page.expect_response("**/draft/"):
        elsewhere.field.press("Enter")
    elsewhere.sees("Half a thought")
    assert not Draft.objects.exists()


def test_a_topic_is_opened_renamed_and_settled(live_cast: Cast, room_of: RoomOf) -> None:
    room = room_of(live_cast.client, live_cast.room.pk)
    other = room_of(live_cast.freelancer, live_cast.room.pk)
    room.page.locator("#panel [data-act=topic-new]").click()
    room.page.locator("dialog[open] [name=title]").fill("Delivery date")
    room.page.keyboard.press("Enter")
    expect(room.page.locator(".tab[aria-selected=true]")).to_contain_text("Delivery date")
    room.page.locator("[data-act=topic-rename]").click()
    room.page.locator("dialog[open] [name=title]").fill("Delivery day")
    room.page.keyboard.press("Enter")
    expect(other.page.locator(".tab", has_text="Delivery day")).to_be_visible()
    room.page.locator("[data-act=topic-resolve]").click()
    expect(other.page.locator(".tab[data-resolved]")).to_contain_text("Delivery day")


def test_a_message_is_changed_and_removed_before_everybody_s_eyes(mediated: Cast, room_of: RoomOf) -> None:
    room, other = (room_of(person, mediated.room.pk) for person in (mediated.client, mediated.freelancer))
    room.say("Posted once")
    room.stored("Posted once")
    room.line("Posted once").hover()
    room.page.locator("[data-act=edit]").click()
    room.field.fill("Posted twice")
    room.field.press("Enter")
    other.sees("Posted twice")
    other.line("Posted twice").locator("[data-act=versions]").click()
    expect(other.page.locator("dialog[open]")).to_contain_text("Posted once")
    other.page.keyboard.press("Escape")
    room.stored("Posted twice")
    room.line("Posted twice").hover()
    room.page.locator("[data-act=remove]").click()
    room.page.locator("dialog[open] [name=reason]").fill("posted twice")
    room.page.keyboard.press("Enter")
    expect(other.page.locator(".event").last).to_contain_text("posted twice")
    other.sees("Posted twice", times=0)


@pytest.mark.parametrize("who", ["mediator", "supervisor"])
def test_the_mediator_and_supervisors_remove_what_others_wrote(mediated: Cast, room_of: RoomOf, who: str) -> None:
    mediated.say(mediated.freelancer, "Call me: 555 0100")
    room = room_of(getattr(mediated, who), mediated.room.pk)
    room.line("Call me: 555 0100").hover()
    expect(room.page.locator("[data-act=edit]")).to_be_hidden()
    expect(room.page.locator(".msg-tools [data-act=reply]")).to_be_visible(visible=who == "mediator")
    room.page.locator("[data-act=remove]").click()
    room.page.locator("dialog[open] [name=reason]").fill("a phone number")
    room.page.keyboard.press("Enter")
    expect(room.page.locator(".event", has_text="a phone number")).to_be_visible()
    room.sees("Call me: 555 0100", times=0)


def test_nothing_a_stranger_sends_twice_is_there_twice(live_cast: Cast, room_of: RoomOf) -> None:
    room = room_of(live_cast.client, live_cast.room.pk)
    cid = uuid4()
    for _time in range(2):
        token = room.page.evaluate("document.querySelector('meta[name=csrf-token]').content")
        room.page.request.post(
            f"/api/threads/{live_cast.joint.pk}/messages/",
            data={"cid": str(cid), "text": "Once"},
            headers={"X-CSRFToken": token},
        )
    room.sees("Once")


def test_who_reads_the_end_stays_there_when_the_bar_above_grows_as_a_line_comes(
    mediated: Cast, room_of: RoomOf
) -> None:
    for number in range(40):
        mediated.say(mediated.freelancer, f"Line {number}")
    page = room_of(mediated.client, mediated.room.pk).page
    list_ = page.locator("[data-lane]:not([hidden]) [data-part=timeline]").first
    two_frames = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
    end = "list => Math.round(list.scrollHeight - list.scrollTop - list.clientHeight)"
    list_.evaluate("list => { list.scrollTop = list.scrollHeight; }")
    page.evaluate(two_frames)
    grow = """list => {
        list.scrollTop -= 1; // its own event comes after the list has become lower
        list.style.marginBlockEnd = "100px";
    }"""
    before = list_.evaluate("list => list.clientHeight")
    list_.evaluate(grow)
    page.evaluate(two_frames)
    assert list_.evaluate("list => list.clientHeight") < before, "the list became lower"
    assert list_.evaluate(end) <= 1
    list_.evaluate("list => { list.scrollTop -= 300; }")
    page.evaluate(two_frames)
    assert list_.evaluate(end) == 300, "who scrolls up is left there"
