"""The inbox and the waiting rooms, for every role, without a script."""

import re
from functools import partial

import pytest
from django.test import Client

from accounts import actions as accounts
from accounts.models import User
from mediation.conversations.actions import rooms
from mediation.conversations.actions.search_index import index_everything
from mediation.conversations.models import Contract
from mediation.web import lists
from tests.cast import Cast, make_contract, person


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user: User, address: str = "/rooms/") -> str:
    answer = as_(user).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_who_is_not_signed_in_is_asked_to(client: Client, db: None) -> None:
    for address in ("/rooms/", "/waiting/", "/search/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")


def test_the_home_page_is_the_inbox(cast: Cast) -> None:
    assert as_(cast.client).get("/")["Location"] == "/rooms/"


def test_a_party_finds_the_room_with_its_last_line(cast: Cast) -> None:
    cast.say(cast.freelancer, "The draft is ready")
    html = page(cast.client)
    assert "Website redesign" in html
    assert "Mateo: The draft is ready" in html
    assert "1 unread" in html
    assert "You: The draft is ready" in page(cast.freelancer) or "Tú" in page(cast.freelancer)


def test_an_outsider_finds_an_empty_list(cast: Cast) -> None:
    html = page(cast.outsider)
    assert "Website redesign" not in html
    assert "No rooms yet" in html


@pytest.mark.parametrize("role", ["agent", "senior", "ee", "supervisor", "qa", "analyst", "admin"])
def test_staff_see_no_room_that_did_not_ask(cast: Cast, role: str) -> None:
    assert "Website redesign" not in page(getattr(cast, role))


@pytest.mark.parametrize(
    ("role", "sees"), [("agent", True), ("supervisor", True), ("qa", True), ("analyst", False), ("admin", False)]
)
def test_staff_see_a_room_that_asked(cast: Cast, role: str, sees: bool) -> None:
    rooms.ask_for_mediator(user=cast.client, room_id=cast.room.pk)
    assert ("Website redesign" in page(getattr(cast, role))) is sees


def test_private_words_are_in_nobody_elses_list(cast: Cast) -> None:
    cast.mediate()
    cast.say(cast.client, "I would settle for less", audience="caucus_client")
    assert "I would settle for less" in page(cast.mediator)
    for other in (cast.freelancer, cast.agent, cast.supervisor, cast.outsider):
        assert "I would settle for less" not in page(other)


def test_the_filters_are_in_the_address(cast: Cast) -> None:
    cast.say(cast.freelancer, "Hello")
    assert "Website redesign" in page(cast.client, "/rooms/?show=unread")
    assert "Nothing ended yet" in page(cast.client, "/rooms/?show=ended")
    Contract.objects.update(status="ended")
    assert "Website redesign" in page(cast.client, "/rooms/?show=ended")
    assert "Nothing for “tax”" in page(cast.client, "/rooms/?q=tax")
    assert "Website redesign" in page(cast.client, "/rooms/?q=mateo")


def test_an_address_that_no_page_gave_leads_to_the_first_page(cast: Cast) -> None:
    assert as_(cast.client).get("/rooms/?after=nonsense")["Location"] == "/rooms/"


def test_a_room_in_mediation_with_news_needs_its_reader(cast: Cast) -> None:
    cast.mediate()
    assert 'data-group="open"' in page(cast.client)
    cast.say(cast.mediator, "Good morning, both")
    assert 'data-group="needs_you"' in page(cast.client)


def test_a_room_that_asked_needs_a_mediator_and_nobody_else(cast: Cast) -> None:
    rooms.ask_for_mediator(user=cast.client, room_id=cast.room.pk)
    assert 'data-group="needs_you"' in page(cast.agent)
    assert 'data-group="needs_you"' not in page(cast.supervisor)


def test_the_script_gets_the_rows_alone(cast: Cast) -> None:
    html = as_(cast.client).get("/rooms/", headers={"X-Part": "rooms"}).content.decode()
    assert "Website redesign" in html
    assert "<html" not in html


def test_the_waiting_rooms_say_who_what_and_why(cast: Cast) -> None:
    rooms.ask_for_mediator(user=cast.client, room_id=cast.room.pk, note="We disagree about the last milestone.")
    html = page(cast.agent, "/waiting/")
    for words in (
        "Website redesign",
        "Helen Marsh",
        "Mateo Giraldo",
        "$4,800.00",
        "Helen asked",
        "about the last milestone",
    ):
        assert words in html
    assert f"/rooms/{cast.room.pk}/join/" in html
    assert f"/rooms/{cast.room.pk}/join/" not in page(cast.supervisor, "/waiting/")


def test_nobody_waits_once_a_mediator_has_joined(cast: Cast) -> None:
    cast.mediate()
    assert "Nobody is waiting" in page(cast.agent, "/waiting/")


@pytest.mark.parametrize("role", ["client", "freelancer", "outsider", "analyst", "admin"])
def test_the_waiting_rooms_are_not_for_everybody(cast: Cast, role: str) -> None:
    assert as_(getattr(cast, role)).get("/waiting/").status_code == 404


@pytest.mark.parametrize(
    ("who", "address"), [("client", "/rooms/"), ("agent", "/rooms/"), ("agent", "/waiting/"), ("client", "/search/")]
)
def test_pages_carry_no_style_and_no_script_of_their_own(cast: Cast, who: str, address: str) -> None:
    rooms.ask_for_mediator(user=cast.client, room_id=cast.room.pk, note="Please")
    html = page(getattr(cast, who), address)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", html)
    for script in re.findall(r"<script[^>]*>", html):
        assert "src=" in script or 'type="application/json"' in script


@pytest.mark.parametrize(("who", "address"), [("client", "/rooms/"), ("agent", "/rooms/"), ("agent", "/waiting/")])
def test_more_rooms_are_not_more_queries(
    cast: Cast, who: str, address: str, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        other = person(f"Lucie Number {number}", "freelancer")
        room = rooms.open_room(contract=make_contract(cast.client, other, f"Job {number}"))
        rooms.ask_for_mediator(user=cast.client, room_id=room.pk)
    signed_in = as_(getattr(cast, who))
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        signed_in.get(address)


def test_the_cards_of_the_waiting_rooms_can_be_asked_for_alone(cast: Cast) -> None:
    rooms.ask_for_mediator(user=cast.client, room_id=cast.room.pk, note="The third milestone")
    answer = as_(cast.agent).get("/waiting/", headers={"X-Part": "waiting"}).content.decode()
    assert "The third milestone" in answer
    assert "1 room waits" in answer
    assert "<html" not in answer


def test_a_hit_leads_to_its_place_in_the_room(cast: Cast) -> None:
    sent = cast.say(cast.freelancer, "The cookie banner covers the button")
    index_everything()
    html = page(cast.client, "/search/?q=cookie")
    assert "<mark>cookie</mark>" in html
    assert f"/rooms/{cast.room.pk}/?thread={sent.thread_id}&amp;at={sent.seq}" in html


def test_the_filters_of_a_search_are_in_the_address(cast: Cast) -> None:
    cast.say(cast.freelancer, "The cookie banner covers the button")
    index_everything()
    assert "<mark>" in page(cast.client, f"/search/?q=cookie&author={cast.freelancer.pk}&room={cast.room.pk}")
    html = page(cast.client, f"/search/?q=cookie&author={cast.client.pk}")
    assert "Look everywhere" in html
    assert "<mark>" not in html


def test_one_searches_in_a_room_that_the_list_no_longer_shows(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.say(cast.freelancer, "The cookie banner covers the button")
    newer = rooms.open_room(contract=make_contract(cast.client, cast.outside_freelancer, "Logo"))
    index_everything()
    monkeypatch.setattr(lists, "inbox", partial(lists.inbox, limit=1))
    html = page(cast.client, f"/search/?q=cookie&room={cast.room.pk}")
    assert f'<option value="{cast.room.pk}" selected>Website redesign</option>' in html
    assert "<mark>" in html
    assert "<mark>" not in page(cast.client, f"/search/?q=cookie&room={newer.pk}")
    assert "Website redesign" not in page(cast.outsider, f"/search/?q=cookie&room={cast.room.pk}")


def test_a_search_finds_nothing_that_its_reader_may_not_read(cast: Cast) -> None:
    cast.mediate()
    cast.say(cast.client, "I would settle for cookies", audience="caucus_client")
    index_everything()
    assert "<mark>" in page(cast.client, "/search/?q=cookies")
    for other in (cast.freelancer, cast.agent, cast.outsider, cast.analyst):
        assert "<mark>" not in page(other, "/search/?q=cookies")


def test_who_changed_sides_still_finds_what_they_read(cast: Cast) -> None:
    cast.mediate()
    cast.say(cast.client, "I would settle for cookies", audience="caucus_client")
    index_everything()
    accounts.change_role(user=cast.client, role="freelancer")
    assert "Private with a mediator" in page(cast.client, "/search/?q=cookies")


@pytest.mark.parametrize("query", ["q=a%00b", "q=cookie&room=nonsense", "q=%22)%20OR%20*", "q=x&audience=everything"])
def test_an_odd_search_is_answered(cast: Cast, query: str) -> None:
    page(cast.client, f"/search/?{query}")


def test_a_search_page_that_no_page_gave_leads_to_a_new_search(cast: Cast) -> None:
    cast.say(cast.freelancer, "The cookie banner covers the button")
    index_everything()
    assert as_(cast.client).get("/search/?q=cookie&after=nonsense")["Location"] == "/search/"


def test_who_loses_the_race_reads_who_won(cast: Cast) -> None:
    rooms.ask_for_mediator(user=cast.client, room_id=cast.room.pk)
    rooms.join_as_mediator(user=cast.mediator, room_id=cast.room.pk)
    late = as_(cast.agent)
    answer = late.post(f"/rooms/{cast.room.pk}/join/", follow=True)
    assert "Ana Duarte" in answer.content.decode()
    assert 'data-tone="urgent"' in answer.content.decode()
