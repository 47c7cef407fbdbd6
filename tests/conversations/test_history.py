"""Pages of history."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mediation.conversations.queries.history import page_around, page_before, versions
from mediation.core.errors import NotFound
from tests.cast import Cast


def seqs(page) -> list[int]:
    return [message["seq"] for message in page.messages]


def test_pages_join_without_gap_or_repeat(cast: Cast) -> None:
    for number in range(24):
        cast.say(cast.client, f"Line {number}")
    last = page_before(user=cast.client, thread_id=cast.joint.pk, limit=10)
    middle = page_before(user=cast.client, thread_id=cast.joint.pk, before=last.messages[0]["seq"], limit=10)
    first = page_before(user=cast.client, thread_id=cast.joint.pk, before=middle.messages[0]["seq"], limit=10)
    assert seqs(first) + seqs(middle) + seqs(last) == list(range(1, 26))
    assert (last.more, middle.more, first.more) == (True, True, False)
    assert (last.newer, middle.newer) == (False, True)


def test_a_page_around_a_message_shows_both_sides(cast: Cast) -> None:
    for number in range(24):
        cast.say(cast.client, f"Line {number}")
    page = page_around(user=cast.client, thread_id=cast.joint.pk, seq=12, limit=6)
    assert seqs(page) == [9, 10, 11, 12, 13, 14]
    assert page.more
    assert page.newer


def test_what_a_reply_answers_comes_along(cast: Cast) -> None:
    question = cast.say(cast.client, "When is it done?")
    for number in range(5):
        cast.say(cast.client, f"Line {number}")
    cast.say(cast.freelancer, "On Friday.", reply_to_seq=question.seq)
    page = page_before(user=cast.client, thread_id=cast.joint.pk, limit=3)
    assert [quoted["text"] for quoted in page.quoted] == ["When is it done?"]


def test_the_outsider_and_a_thread_that_is_not_there_are_answered_alike(cast: Cast) -> None:
    cast.mediate()
    for user, thread in (
        (cast.outsider, cast.joint.pk),
        (cast.client, cast.id_of("caucus_freelancer")),
        (cast.client, cast.room.pk),
    ):
        for ask in (page_before, lambda **who: page_around(seq=1, **who), lambda **who: versions(seq=1, **who)):
            with pytest.raises(NotFound) as refusal:
                ask(user=user, thread_id=thread)
            assert refusal.value.as_dict() == NotFound().as_dict()


def test_a_page_costs_four_queries_at_most(cast: Cast) -> None:
    first = cast.say(cast.client, "Hello.")
    for number in range(60):
        cast.say(cast.client, f"Line {number}", reply_to_seq=first.seq)
    thread = cast.joint.pk
    with CaptureQueriesContext(connection) as queries:
        page = page_before(user=cast.client, thread_id=thread)
    assert len(page.messages) == 50
    assert len(queries) <= 4
