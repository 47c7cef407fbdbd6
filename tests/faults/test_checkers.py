"""The checkers are checked: each planted fault must turn its checker red."""

import pytest
from django.db.models import F

from mediation.conversations.models import Message, Thread
from mediation.events.models import Event
from tests.cast import Cast
from tests.faults import checkers


@pytest.fixture
def talk(cast: Cast) -> Cast:
    for number in range(5):
        cast.say(cast.client, f"message {number}")
    checkers.check_gapless(cast.joint.pk)
    checkers.check_one_event_each(cast.joint.pk)
    return cast


def test_a_hole_in_the_log_is_found(talk: Cast) -> None:
    Event.objects.filter(topic_id=talk.joint.pk, seq=3).delete()
    with pytest.raises(AssertionError, match="not gapless"):
        checkers.check_gapless(talk.joint.pk)


def test_a_head_that_ran_ahead_is_found(talk: Cast) -> None:
    Thread.objects.filter(pk=talk.joint.pk).update(head_seq=F("head_seq") + 1)
    with pytest.raises(AssertionError, match="has the head"):
        checkers.check_gapless(talk.joint.pk)


def test_an_order_other_than_that_of_the_commits_is_found(talk: Cast) -> None:
    for seq, other in ((3, 100), (4, 3), (100, 4)):
        Event.objects.filter(topic_id=talk.joint.pk, seq=seq).update(seq=other)
    with pytest.raises(AssertionError, match="commit order"):
        checkers.check_gapless(talk.joint.pk)


def test_a_message_without_its_event_is_found(talk: Cast) -> None:
    Event.objects.filter(topic_id=talk.joint.pk, seq=3).update(type="message.edited")
    with pytest.raises(AssertionError, match="messages without event"):
        checkers.check_one_event_each(talk.joint.pk)


def test_an_acknowledged_message_that_was_lost_is_found(talk: Cast) -> None:
    kept = Message.objects.get(thread=talk.joint.pk, seq=4)
    acked = {str(kept.client_id): (talk.joint.pk, 4)}
    checkers.check_none_lost(acked)
    kept.delete()
    with pytest.raises(AssertionError, match="1 acknowledged"):
        checkers.check_none_lost(acked)


def test_a_doubled_message_is_found(talk: Cast) -> None:
    message = Message.objects.get(thread=talk.joint.pk, seq=4)
    checkers.check_none_doubled([str(message.client_id)])
    # What a missing unique key would let through: the same client id once more, under another author.
    Message.objects.filter(thread=talk.joint.pk, seq=5).update(client_id=message.client_id, author=talk.freelancer)
    with pytest.raises(AssertionError, match="more than once"):
        checkers.check_none_doubled([str(message.client_id)])


@pytest.mark.parametrize("seen", [[1, 2, 4], [1, 2, 2, 3, 4], [1, 3, 2, 4], [1, 2, 3]])
def test_an_incomplete_view_is_found(seen: list[int]) -> None:
    with pytest.raises(AssertionError):
        checkers.check_complete_view(seen, 4)


def test_a_locked_database_is_found() -> None:
    checkers.check_never_locked("hints rest for 1 s: ConnectionError()")
    with pytest.raises(AssertionError, match="locked"):
        checkers.check_never_locked("live fetch failed: OperationalError('database is locked')")
