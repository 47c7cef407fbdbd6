"""The list of rooms, and the rooms that wait for a mediator."""

from datetime import UTC, datetime, timedelta
from itertools import product

import orjson
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.rules import Role
from mediation.conversations.actions import reading, rooms
from mediation.conversations.audience import readable_threads
from mediation.conversations.models import Contract, HelpRequest, Member, Thread
from mediation.conversations.queries.inbox import inbox, waiting_rooms, who_waits
from mediation.conversations.queries.inbox_rows import activity
from mediation.conversations.queries.inbox_rows import rows as list_rows
from mediation.core import clock
from mediation.core.errors import Invalid, NotFound
from tests.cast import Cast, make_contract

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def some_rooms(cast: Cast, count: int) -> list[str]:
    """More rooms of the same two people, each a minute newer than the one before; ids, newest first."""
    made = []
    for number in range(count):
        with clock.at(START + timedelta(minutes=number)):
            room = rooms.open_room(contract=make_contract(cast.client, cast.freelancer, f"Job {number}"))
            cast.say(cast.freelancer, f"Hello {number}", thread=Thread.objects.get(room=room))
        made.append(str(room.pk))
    return made[::-1]


def ids(page: dict) -> list[str]:
    return [row["id"] for row in page["rooms"]]


def test_the_newest_room_is_first_and_pages_join(cast: Cast) -> None:
    wanted = some_rooms(cast, 7)
    first = inbox(user=cast.client, words="Job", limit=3)
    second = inbox(user=cast.client, words="Job", limit=3, after=first["after"])
    third = inbox(user=cast.client, words="Job", limit=3, after=second["after"])
    assert ids(first) + ids(second) + ids(third) == wanted
    assert third["after"] is None


def test_rooms_of_the_same_moment_are_neither_lost_nor_repeated(cast: Cast) -> None:
    with clock.at(START):
        made = {
            str(rooms.open_room(contract=make_contract(cast.client, cast.freelancer, f"Twin {n}")).pk) for n in range(5)
        }
    found, after = [], None
    while True:
        page = inbox(user=cast.client, words="Twin", limit=2, after=after)
        found += ids(page)
        after = page["after"]
        if after is None:
            break
    assert sorted(found) == sorted(made)


def test_a_private_message_moves_the_room_only_for_its_readers(cast: Cast) -> None:
    cast.mediate()
    before = inbox(user=cast.freelancer)
    cast.say(cast.client, "Between us", audience="caucus_client")
    assert orjson.dumps(inbox(user=cast.freelancer)) == orjson.dumps(before)
    [row] = inbox(user=cast.mediator)["rooms"]
    assert (row["unread"], row["last"]["preview"], row["last"]["audience"]) == (1, "Between us", "caucus_client")


def test_who_wrote_last_has_a_name_when_they_have_left(cast: Cast) -> None:
    cast.mediate()
    cast.say(cast.mediator, "I leave you to it.")
    Member.objects.filter(user=cast.mediator).update(left_at=clock.now())
    for who in (cast.client, cast.freelancer):
        [row] = inbox(user=who)["rooms"]
        assert row["last"]["author_name"] == "Ana Duarte"
        assert "Ana Duarte" not in {card["name"] for card in row["people"]}


def test_unread_shows_rooms_with_something_from_others(cast: Cast) -> None:
    cast.say(cast.client, "My own words.")
    assert ids(inbox(user=cast.client, show="unread")) == []
    sent = cast.say(cast.freelancer, "An answer.")
    [row] = inbox(user=cast.client, show="unread")["rooms"]
    assert (row["id"], row["unread_by"]) == (str(cast.room.pk), {str(cast.joint.pk): 1})
    reading.mark_read(user=cast.client, thread_id=cast.joint.pk, seq=sent.seq)
    assert ids(inbox(user=cast.client, show="unread")) == []


def test_mine_and_ended(cast: Cast) -> None:
    rooms.ask_for_mediator(user=cast.client, room_id=cast.room.pk)
    assert ids(inbox(user=cast.agent, show="all")) == [str(cast.room.pk)]
    assert ids(inbox(user=cast.agent, show="mine")) == []
    assert ids(inbox(user=cast.client, show="ended")) == []
    Contract.objects.filter(room=cast.room).update(status="ended")
    assert ids(inbox(user=cast.client, show="ended")) == [str(cast.room.pk)]


WORDS = [("website mateo", 1), ("WEB", 1), ("Olga", 0), ("", 1), ("w_bsite", 0), ("%", 0), ("\\", 0)]


@pytest.mark.parametrize(("words", "found"), WORDS)
def test_words_look_in_titles_and_names(cast: Cast, words: str, found: int) -> None:
    assert len(inbox(user=cast.client, words=words)["rooms"]) == found


@pytest.mark.parametrize("asked", ["never", "open", "over"])
def test_the_list_reads_what_the_gate_lets_through(cast: Cast, asked: str) -> None:
    """The list asks in plain SQL what everything else asks of the ORM: for every role in every place of a room."""
    cast.mediate()
    if asked == "never":
        HelpRequest.objects.all().delete()
    HelpRequest.objects.update(ended_at=clock.now() if asked == "over" else None)
    for is_active, role in product((True, False), Role):
        for who in (cast.client, cast.freelancer, cast.mediator, cast.outsider):
            person = User(id=who.pk, role=role.value, is_active=is_active)
            may_read = set(readable_threads(person).values_list("pk", flat=True))
            shown = list_rows(person, [cast.room.pk]).threads.get(cast.room.pk, [])
            assert {thread.id for thread in shown} == may_read, (role, who.name)
            found = activity(person, "all", ["website"], None, 2)
            assert set(found) == ({cast.room.pk} if may_read else set()), (role, who.name)


def test_outsiders_have_empty_lists(cast: Cast) -> None:
    for who in (cast.outsider, cast.outside_freelancer, cast.agent, cast.analyst, cast.admin):
        assert inbox(user=who) == {"rooms": [], "after": None}
    cast.client.is_active = False
    assert inbox(user=cast.client)["rooms"] == []


def test_a_removed_message_has_no_preview(cast: Cast) -> None:
    from mediation.conversations.actions.messages import remove_message

    sent = cast.say(cast.client, "Regretted words")
    remove_message(user=cast.client, thread_id=cast.joint.pk, seq=sent.seq, reason="A mistake")
    [row] = inbox(user=cast.freelancer)["rooms"]
    assert (row["last"]["preview"], row["last"]["removed"], row["unread"]) == ("", True, 1)


@pytest.mark.parametrize("after", ["x", "~", "2026-01-01T00:00:00~" + "0" * 32, "2026-01-01T00:00:00Z~no"])
def test_a_forged_page_mark_is_refused(cast: Cast, after: str) -> None:
    with pytest.raises(Invalid):
        inbox(user=cast.client, after=after)


def test_the_list_costs_three_queries_however_long_it_is(cast: Cast) -> None:
    some_rooms(cast, 12)
    for who in (cast.client, cast.mediator):
        with CaptureQueriesContext(connection) as queries:
            inbox(user=who)
        assert len(queries) <= 3


def test_the_page_of_the_list_costs_six_queries_with_its_session_and_the_turns_in_cases(
    cast: Cast, client: Client
) -> None:
    some_rooms(cast, 12)
    client.force_login(cast.client, backend=settings.AUTHENTICATION_BACKENDS[0])
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/rooms/").status_code == 200
    assert len(queries) <= 6


def test_a_room_that_everybody_has_left_is_still_listed(cast: Cast) -> None:
    rooms.ask_for_mediator(user=cast.client, room_id=cast.room.pk)
    Member.objects.filter(room=cast.room).update(left_at=clock.now())
    [row] = inbox(user=cast.mediator, words=cast.room.contract.title)["rooms"]
    assert (row["id"], row["title"], row["people"]) == (str(cast.room.pk), cast.room.contract.title, [])


def test_waiting_rooms_are_for_staff_and_oldest_first(cast: Cast) -> None:
    older = rooms.open_room(contract=make_contract(cast.client, cast.freelancer, "Older"))
    with clock.at(START):
        rooms.ask_for_mediator(user=cast.freelancer, room_id=older.pk, note="Please")
    rooms.ask_for_mediator(user=cast.client, room_id=cast.room.pk)
    with CaptureQueriesContext(connection) as queries:
        waiting = waiting_rooms(user=cast.agent)
    assert [row["id"] for row in waiting] == [str(older.pk), str(cast.room.pk)]
    assert waiting[0]["note"] == "Please"
    assert len(queries) <= 2
    rooms.join_as_mediator(user=cast.mediator, room_id=older.pk)
    assert [row["id"] for row in waiting_rooms(user=cast.agent)] == [str(cast.room.pk)]
    for who in (cast.client, cast.freelancer, cast.outsider, cast.analyst, cast.admin):
        with pytest.raises(NotFound):
            waiting_rooms(user=who)


def test_a_request_that_was_made_and_taken_between_two_looks_is_noticed(cast: Cast) -> None:
    """A page that looked in between shows it, and has to be told."""
    before = who_waits()
    rooms.ask_for_mediator(user=cast.client, room_id=cast.room.pk)
    between = who_waits()
    rooms.join_as_mediator(user=cast.mediator, room_id=cast.room.pk)
    assert len({before, between, who_waits()}) == 3
