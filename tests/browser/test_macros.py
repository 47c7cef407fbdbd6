"""Saying what one often says: "/", a few letters, Enter; read it, complete it, send it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from mediation.desk.actions.macros import add_defaults
from tests.browser.room import RoomPage
from tests.cast import Cast

pytestmark = pytest.mark.browser

RoomOf = Callable[..., RoomPage]


def test_an_agent_says_it_with_a_few_keys_and_sends_nothing_unread(mediated: Cast, room_of: RoomOf) -> None:
    add_defaults()
    ana = room_of(mediated.mediator, mediated.room.pk)
    field, menu = ana.page.locator("#composer textarea"), ana.page.locator("#composer .macros")
    field.press_sequentially("/")
    expect(menu.get_by_role("option")).to_have_count(6)
    expect(menu).to_contain_text("will be read by Everyone")
    field.press_sequentially("opt")
    expect(menu.get_by_role("option")).to_have_count(1)
    expect(menu.get_by_role("option")).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(menu).to_be_hidden()
    expect(field).to_have_value(
        "Before you answer: what would … be worth to you, and what could you do without?\n\n"
        "Antes de responder: ¿cuánto valdría para usted … y de qué podría prescindir?"
    )
    expect(ana.page.locator(".msg-body", has_text="Before you answer")).to_have_count(0)
    field.press_sequentially("calm")  # the first … is selected
    field.press("Tab")
    field.press_sequentially("la calma")
    field.press("Tab")
    expect(field).not_to_be_focused()
    field.press("Enter")
    said = ana.page.locator(".msg-body", has_text="what would calm be worth to you")
    expect(said).to_contain_text("¿cuánto valdría para usted la calma y")


def test_escape_leaves_the_slash_a_letter_and_parties_have_no_macros(mediated: Cast, room_of: RoomOf) -> None:
    add_defaults()
    ana = room_of(mediated.mediator, mediated.room.pk)
    field, menu = ana.page.locator("#composer textarea"), ana.page.locator("#composer .macros")
    field.press_sequentially("/no such thing")
    expect(menu).to_be_hidden()
    field.fill("")
    field.press_sequentially("/a")
    expect(menu).to_be_visible()
    field.press("Escape")
    expect(menu).to_be_hidden()
    expect(field).to_have_value("/a")
    helen = room_of(mediated.client, mediated.room.pk)
    helen.page.locator("#composer textarea").press_sequentially("/a")
    expect(helen.page.locator(".macros")).to_have_count(0)
