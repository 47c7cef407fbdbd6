"""Nobody loses time that we took: a deadline moves for both by the length of our outage, and the ledger says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from mediation.core import clock
from mediation.disputes import tasks
from mediation.disputes.actions import outages
from mediation.disputes.models import Dispute, Outage
from mediation.disputes.rules.deadlines import moved_by_outage
from tests.cast import Cast
from tests.disputes.conftest import Say
from tests.disputes.stories import ANSWER, state

BEGIN = datetime(2026, 3, 2, 9, 20, tzinfo=UTC)


def at(**length: float) -> datetime:
    return BEGIN + timedelta(**length)


@pytest.mark.parametrize(
    ("begins", "ends", "moved"),
    [
        (-30, -25, 0),  # long before: no harm
        (-30, -23, 7),  # reaches into the last 24 hours: its whole length
        (-2, -1, 1),
        (-1, 5, 6),  # over the deadline: what comes after it too
        (0, 4, 0),  # after the deadline
    ],
)
def test_how_far_a_deadline_moves(begins: int, ends: int, moved: int) -> None:
    due = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)
    outage = (due + timedelta(hours=begins), due + timedelta(hours=ends))
    assert moved_by_outage(due, [outage]) == due + timedelta(hours=moved)


def test_a_short_outage_moves_to_the_next_full_hour_at_least() -> None:
    due = datetime(2026, 3, 9, 10, 20, tzinfo=UTC)
    outages_ = [(due - timedelta(minutes=9), due - timedelta(minutes=4))]
    assert moved_by_outage(due, outages_) == datetime(2026, 3, 9, 11, 0, tzinfo=UTC)


@contextmanager
def worker_at(moment: datetime) -> Iterator[None]:
    """The worker does its round, and somebody looks what came of it."""
    with clock.at(moment):
        tasks.fire_timers()
        yield


def test_a_deadline_in_an_outage_does_not_pass(cast: Cast, draft: Dispute, say: Say) -> None:
    with clock.at(BEGIN):
        Dispute.objects.update(created_at=BEGIN)
        say(cast.client, "file")
    with worker_at(at(days=5, hours=-2)):
        assert not Outage.objects.exists()
    with worker_at(at(days=5, hours=3)):  # five hours of silence, over the deadline
        assert state(draft) == "awaiting_response"
        line = draft.deadlines.get(reason="outage")
        assert (line.was_due_at, line.due_at) == (at(days=5), at(days=5, hours=5))
        version = draft.version
    with worker_at(at(days=5, hours=3, minutes=1)):
        assert Dispute.objects.get(pk=draft.pk).version == version, "moved once"
        assert say(cast.freelancer, "decline", **ANSWER).state == "negotiating"


def test_who_comes_back_before_the_worker_is_given_the_time_too(cast: Cast, draft: Dispute, say: Say) -> None:
    with clock.at(BEGIN):
        Dispute.objects.update(created_at=BEGIN)
        say(cast.client, "file")
    with worker_at(at(days=5, minutes=-5)):
        pass
    with clock.at(at(days=5, minutes=55)):
        assert say(cast.freelancer, "decline", **ANSWER).state == "negotiating"
        assert not draft.deadlines.filter(reason="grace").exists()


def test_a_short_silence_is_none(cast: Cast, draft: Dispute, say: Say) -> None:
    for seconds in (0, 20, 80, 100):
        with worker_at(at(seconds=seconds)):
            assert not Outage.objects.exists()


def test_an_outage_that_only_people_know_of_is_entered(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    due = draft.timers.get(kind="response").due_at
    outages.record(began_at=due - timedelta(hours=3), ended_at=due - timedelta(hours=1))
    assert draft.timers.get(kind="response", cancelled_at__isnull=True).due_at == due + timedelta(hours=2)
