"""Where answers stand: the page of a question, before a claim, the assistant, and the way to a person."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from mediation.core import clock
from mediation.help_center.actions import publishing
from mediation.help_center.models import Ask, HelpSession, Version
from mediation.help_center.queries.answering import Kind
from tests.api.fuzz import ODD_TEXTS
from tests.cast import Cast
from tests.help_center.pages import draft, published
from tests.help_center.test_asking import ask

pytestmark = pytest.mark.django_db
BODY = "The mediator is paid by the house. Nobody else pays."


@pytest.fixture
def article() -> Version:
    return published("who-pays", "Who pays the mediator?", BODY)


def choose(client: Client, asked: Ask, version: Version) -> Ask:
    """Says that this article answers it."""
    answer = client.post(f"/help/asks/{asked.pk}/choose/", {"version": version.pk})
    assert answer.status_code == 302
    return Ask.objects.order_by("-at").first()


def say(client: Client, asked: Ask, verdict: str) -> str:
    """Says a verdict; where it leads."""
    return client.post(f"/help/asks/{asked.pk}/verdict/", {"verdict": verdict})["Location"]


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# --- the page of a question ----------------------------------------------------------------------------------------
def test_what_was_shown_stays_as_it_was(client: Client, article: Version) -> None:
    asked = choose(client, ask(client), article)
    assert (asked.kind, asked.shown, asked.passage) == (Kind.ARTICLE, article, BODY)
    publishing.publish(version_id=draft(article.article, "Who pays?", "Upwork pays for all of it.").pk)
    page = read(client, f"/help/asks/{asked.pk}/")
    assert BODY in page
    assert "Upwork pays for all of it" not in page
    assert "written anew since" in page
    assert 'href="/help/articles/who-pays/"' in page


def test_not_quite_offers_up_to_three_others_and_then_a_person(client: Client, article: Version) -> None:
    others = [published(f"pays-{n}", f"Who pays part {n} of it?", "The mediator pays.") for n in range(5)]
    asked = choose(client, ask(client), article)
    refused = set()
    for _ in range(len(others)):
        assert say(client, asked, "not_quite") == f"/help/asks/{asked.pk}/"
        refused.add(asked.shown_id)
        page = read(client, f"/help/asks/{asked.pk}/")
        offered = [int(one) for one in re.findall(r'name="version" value="(\d+)"', page)]
        assert 0 < len(offered) <= 3
        assert not refused & set(offered)
        asked = choose(client, asked, Version.objects.get(pk=offered[0]))
    assert Ask.objects.filter(verdict="not_quite").count() == len(others)
    say(client, asked, "not_quite")
    page = read(client, f"/help/asks/{asked.pk}/")
    assert 'name="version"' not in page
    assert "no other article" in page


def test_two_that_are_close_are_asked_about(client: Client, article: Version) -> None:
    other = published("who-pays-fees", "Who pays the fee?")
    asked = ask(client)
    Ask.objects.filter(pk=asked.pk).update(kind=Kind.FOLLOW_UP, proposed=[other.pk, article.pk])
    page = read(client, f"/help/asks/{asked.pk}/")
    assert "Which of these do you mean?" in page
    assert page.index(f"{other.title}</button>") < page.index(f"{article.title}</button>")


def test_nothing_is_chosen_but_what_was_offered(client: Client, article: Version) -> None:
    hidden = published("desk", "Who pays agents?", audience="agents")
    asked = ask(client)
    for wanted in (hidden.pk, 10**30, "", "x", "-1", "٣", "1" * 5000):
        assert client.post(f"/help/asks/{asked.pk}/choose/", {"version": wanted}).status_code == 404
    stranger = Client()
    ask(stranger)
    assert stranger.post(f"/help/asks/{asked.pk}/choose/", {"version": article.pk}).status_code == 404
    assert stranger.get(f"/help/asks/{asked.pk}/person/").status_code == 404


def test_who_asks_too_much_waits_and_loses_nothing(client: Client, cast: Cast) -> None:
    answers = [client.post("/help/ask/", {"question": "Who pays?"}).status_code for _ in range(21)]
    assert answers == [302] * 20 + [429]
    late = client.post("/help/ask/", {"question": "Where was I going?"})
    assert "Where was I going?</textarea>" in late.content.decode()
    assert "Wait a minute" in late.content.decode()
    assert client.post("/help/assistant/", {"question": "Who pays?"}).status_code == 429
    client.force_login(cast.client)  # a person is counted apart from the address they come from
    assert client.post("/help/ask/", {"question": "Who pays?"}).status_code == 302


# --- to a person -----------------------------------------------------------------------------------------------------
def test_a_party_takes_the_question_to_the_room_of_their_contract(client: Client, cast: Cast, article: Version) -> None:
    client.force_login(cast.client)
    asked = choose(client, ask(client), article)
    say(client, asked, "not_quite")
    way = say(client, asked, "person")
    assert way == f"/help/asks/{asked.pk}/person/"
    assert cast.room.contract.title in read(client, way)
    assert client.post(way, {"room": "x"}).status_code == 400
    there = client.post(way, {"room": str(cast.room.pk)})["Location"]
    assert there == f"/help/rooms/{cast.room.pk}/"
    page = read(client, there)
    assert asked.question in page
    assert f'action="/rooms/{cast.room.pk}/help/"' in page
    assert f'action="{there}"' in page
    with clock.at(clock.now() + timedelta(hours=73)):
        assert asked.question not in read(client, there)
    session = HelpSession.objects.get()
    assert (session.room, session.person, session.handed_over_at is None) == (cast.room, cast.client, False)
    assert ask(client, "And something else?").session != session


def test_a_visitor_signs_in_and_goes_on_with_the_same_question(client: Client, cast: Cast) -> None:
    asked = ask(client)
    way = say(client, asked, "person")
    assert f"/accounts/login/?next={way}" in read(client, way)
    assert client.post(way, {"room": str(cast.room.pk)}).status_code == 400
    client.force_login(cast.freelancer)
    assert client.post(way, {"room": str(cast.room.pk)}).status_code == 302
    assert HelpSession.objects.get().person == cast.freelancer


@pytest.mark.parametrize("name", ["outsider", "mediator", "supervisor", "admin"])
def test_nobody_takes_a_question_to_a_room_that_is_not_theirs(client: Client, cast: Cast, name: str) -> None:
    client.force_login(getattr(cast, name))
    asked = ask(client)
    assert client.post(f"/help/asks/{asked.pk}/person/", {"room": str(cast.room.pk)}).status_code == 400
    assert client.post(f"/help/rooms/{cast.room.pk}/", {"question": "Who pays?"}).status_code == 404
    assert HelpSession.objects.get().room is None


# --- before a claim --------------------------------------------------------------------------------------------------
def test_before_a_claim_the_question_belongs_to_the_contract_and_nobody_has_to_ask(
    client: Client, cast: Cast, article: Version
) -> None:
    client.force_login(cast.client)
    begin = read(client, f"/rooms/{cast.room.pk}/claim/")
    box = f"/help/rooms/{cast.room.pk}/"
    assert f'action="{box}"' in begin
    page = read(client, box)
    assert f'href="/rooms/{cast.room.pk}/claim/"' in page
    sent = client.post(box, {"question": "Who pays the mediator?"})
    asked = Ask.objects.get()
    assert sent["Location"] == f"/help/asks/{asked.pk}/"
    assert (asked.session.place, asked.session.room, asked.session.person) == ("filing", cast.room, cast.client)
    assert f'href="/rooms/{cast.room.pk}/claim/"' in read(client, sent["Location"])
    assert say(client, asked, "person") == box
    asked.session.refresh_from_db()
    assert asked.session.handed_over_at is not None


# --- the assistant ---------------------------------------------------------------------------------------------------
def tell(client: Client, words: str) -> Ask:
    assert client.post("/help/assistant/", {"question": words})["Location"] == "/help/assistant/#newest"
    return Ask.objects.order_by("-at", "-pk").first()


def test_a_conversation_keeps_its_turns_and_says_what_it_is(client: Client, article: Version) -> None:
    assert "Automatic assistant – says how things work, does not mediate" in read(client, "/help/assistant/")
    turn = tell(client, "Who pays the mediator?")
    chosen = choose(client, turn, article)
    assert chosen.pk == turn.pk
    tell(client, "How many days?")
    page = read(client, "/help/assistant/")
    assert 'role="log"' in page
    assert BODY in page
    assert page.index("Who pays the mediator?") < page.index("How many days?")
    assert set(Ask.objects.values_list("session__place", flat=True)) == {"bot"}
    client.post("/help/assistant/", {"again": "1"})
    assert "Who pays the mediator?" not in read(client, "/help/assistant/")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Who is right, she or I?", "opinion"),
        ("Should I accept the offer?", "opinion"),
        ("A person, please", "asked"),
        ("this is a scam", "danger"),
        ("I was charged twice", "money"),
        ("What happens in my case?", "own_case"),
    ],
)
def test_the_assistant_calls_a_person_and_shows_nothing(client: Client, article: Version, words: str, why: str) -> None:
    turn = tell(client, words)
    assert (turn.kind, turn.why, turn.shown, turn.verdict) == ("person", why, None, "person")
    page = read(client, "/help/assistant/")
    assert f'href="/help/asks/{turn.pk}/person/"' in page
    assert BODY not in page


def test_the_assistant_guesses_once_at_most(client: Client) -> None:
    assert tell(client, "purple wombats").kind == "nothing"
    second = tell(client, "green wombats")
    assert (second.kind, second.why) == ("person", "twice")


def test_what_it_would_have_proposed_can_still_be_chosen(client: Client, article: Version) -> None:
    tell(client, "purple wombats")
    second = tell(client, "Who pays the mediator?")
    assert (second.kind, second.why) == ("person", "twice")
    assert f'value="{article.pk}"' in read(client, "/help/assistant/")
    chosen = choose(client, second, article)
    assert (chosen.kind, chosen.shown) == ("article", article)
    second.refresh_from_db()
    assert second.verdict == "person"


@pytest.mark.parametrize("text", [*ODD_TEXTS, "я " * 32_000, "<img src=x onerror=alert(1)> who?", "你好吗" * 100])
def test_whatever_is_said_to_the_assistant_is_harmless(client: Client, cast: Cast, text: str) -> None:
    client.force_login(cast.client)
    for address in ("/help/assistant/", f"/help/rooms/{cast.room.pk}/"):
        assert client.post(address, {"question": text}).status_code in (302, 400)
        page = read(client, address)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
