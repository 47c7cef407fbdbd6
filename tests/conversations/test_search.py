"""Search finds what one may read, and nothing else."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mediation.conversations.actions import messages, rooms
from mediation.conversations.actions.search_index import index_everything, index_messages
from mediation.conversations.queries.search import search
from mediation.core import clock
from mediation.core.errors import Invalid
from tests.cast import Cast


def said(cast: Cast, author, body: str, **fields) -> int:
    """Somebody writes, and it is indexed; returns the seq."""
    sent = cast.say(author, body, **fields)
    index_messages([(sent.thread_id, sent.seq)])
    return sent.seq


def found(user, words: str, **fields) -> list[int]:
    return [hit["seq"] for hit in search(user=user, words=words, **fields)["hits"]]


def test_words_are_found_without_regard_to_case_and_diacritics(cast: Cast) -> None:
    seq = said(cast, cast.client, "The LOGO for Café Müller on Straße 5 is late")
    for words in ("logo", "cafe", "CAFÉ", "muller late", "strasse", "del", "mül", "5"):
        assert found(cast.freelancer, words) == ([seq] if words != "del" else []), words
    assert found(cast.freelancer, "logo absent") == []


def test_a_word_finds_what_begins_with_it(cast: Cast) -> None:
    seq = said(cast, cast.client, "Everything was delivered")
    assert found(cast.client, "deliver") == [seq]
    assert found(cast.client, "de") == []


@pytest.mark.parametrize(
    "words", ["", "  ", "!!!", '"', "'", "a'b\"c:* & | ! ( ) <->", "NEAR(", "words:", "\\", "%", "T" + "0" * 32]
)
def test_no_input_breaks_the_query(cast: Cast, words: str) -> None:
    said(cast, cast.client, "Hello")
    assert found(cast.client, words) == []


def test_nobody_finds_what_is_not_for_them(cast: Cast) -> None:
    cast.mediate()
    secret = {
        "caucus_client": said(cast, cast.client, "pineapple", audience="caucus_client"),
        "caucus_freelancer": said(cast, cast.freelancer, "pineapple", audience="caucus_freelancer"),
        "internal": said(cast, cast.senior, "pineapple", audience="internal"),
    }
    assert [hit["audience"] for hit in search(user=cast.client, words="pineapple")["hits"]] == ["caucus_client"]
    assert [hit["audience"] for hit in search(user=cast.freelancer, words="pineapple")["hits"]] == ["caucus_freelancer"]
    assert {hit["audience"] for hit in search(user=cast.mediator, words="pineapple")["hits"]} == set(secret)
    assert [hit["audience"] for hit in search(user=cast.supervisor, words="pineapple")["hits"]] == ["internal"]
    for who in (cast.outsider, cast.outside_freelancer, cast.analyst, cast.admin):
        assert search(user=who, words="pineapple") == {"hits": [], "after": None}
    assert found(cast.client, "pineapple", audience="internal") == []
    rooms.leave_room(user=cast.mediator, room_id=cast.room.pk)
    assert [hit["audience"] for hit in search(user=cast.mediator, words="pineapple")["hits"]] == ["internal"]


def test_an_edited_message_is_found_by_what_it_says_now(cast: Cast) -> None:
    seq = said(cast, cast.client, "apples")
    messages.edit_message(user=cast.client, thread_id=cast.joint.pk, seq=seq, body="oranges")
    for _ in range(2):
        index_messages([(cast.joint.pk, seq)])
        assert found(cast.client, "apples") == []
        assert found(cast.client, "oranges") == [seq]


def test_a_removed_message_leaves_the_index(cast: Cast) -> None:
    seq = said(cast, cast.client, "apples")
    messages.remove_message(user=cast.client, thread_id=cast.joint.pk, seq=seq)
    assert found(cast.client, "apples") == []
    index_messages([(cast.joint.pk, seq)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM conversations_search")
        assert cursor.fetchone() == (0,)


def test_filters_narrow(cast: Cast) -> None:
    mine, theirs = said(cast, cast.client, "apples"), said(cast, cast.freelancer, "apples")
    assert found(cast.client, "apples", author=cast.client.pk) == [mine]
    assert found(cast.client, "apples", room_id=cast.room.pk) == [theirs, mine]
    assert found(cast.client, "apples", room_id=uuid4()) == []


def test_pages_join_and_stay_put_when_something_new_is_said(cast: Cast) -> None:
    with clock.at(datetime(2026, 3, 2, tzinfo=UTC)):
        seqs = [said(cast, cast.client, f"apples {number}") for number in range(7)]
    first = search(user=cast.client, words="apples", limit=3)
    said(cast, cast.freelancer, "more apples")
    second = search(user=cast.client, words="apples", limit=3, after=first["after"])
    third = search(user=cast.client, words="apples", limit=3, after=second["after"])
    assert [hit["seq"] for page in (first, second, third) for hit in page["hits"]] == seqs[::-1]
    assert third["after"] is None


STRANGE_MARK = f"2026-01-01T00:00:00Z~00000000-0000-4000-8000-000000000000~{'9' * 30}"


@pytest.mark.parametrize("after", ["x", "~~", "2026-01-01T00:00:00~a~1", STRANGE_MARK])
def test_a_forged_page_mark_is_refused(cast: Cast, after: str) -> None:
    with pytest.raises(Invalid):
        search(user=cast.client, words="a", after=after)


def test_a_snippet_marks_the_hit_and_cannot_carry_markup(cast: Cast) -> None:
    said(cast, cast.client, "word " * 60 + "<b>Übergabe</b> & more " + "word " * 60)
    [hit] = search(user=cast.client, words="ubergabe")["hits"]
    assert "&lt;b&gt;<mark>Übergabe</mark>&lt;/b&gt; &amp; more" in hit["snippet"]
    assert hit["snippet"].startswith("…word")
    assert hit["author"]["name"] == "Helen Marsh"
    assert hit["author"]["role"] == "client"


def test_the_index_can_be_built_anew(cast: Cast) -> None:
    seq = cast.say(cast.client, "apples").seq
    assert found(cast.client, "apples") == []
    assert index_everything() == 1
    assert found(cast.client, "apples") == [seq]


def test_three_queries_for_any_number_of_hits(cast: Cast) -> None:
    for number in range(5):
        said(cast, cast.client, f"apples {number}")
    with CaptureQueriesContext(connection) as queries:
        search(user=cast.client, words="apples")
    assert len(queries) <= 3
