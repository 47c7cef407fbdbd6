"""Ours is the time in which nobody could act: whether the worker was there says nothing of it, either way."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError

from mediation.conversations.models import Milestone
from mediation.core import clock
from mediation.disputes import tasks
from mediation.disputes.actions import auto_release, firing, outages
from mediation.disputes.models import AutoRelease, Dispute, Heartbeat, Outage
from mediation.disputes.queries import reachable
from tests.cast import Cast
from tests.disputes.conftest import Say
from tests.disputes.test_outages import BEGIN, at, there_at


@contextmanager
def worker_at(moment: datetime) -> Iterator[None]:
    """Only the worker does its round; nobody can be reached through it."""
    with clock.at(moment):
        tasks.fire_timers()
        yield


def test_a_worker_that_is_away_while_people_can_act_is_no_outage(cast: Cast, draft: Dispute, say: Say) -> None:
    """Hours without it, and its first round says what was due, at the time at which it was due."""
    with clock.at(BEGIN):
        Dispute.objects.update(created_at=BEGIN)
        say(cast.client, "file")
    with there_at(at(days=5, hours=-6)):
        pass
    for minutes in range(-360, 181):
        outages.note_reachable(now=at(days=5, minutes=minutes))
    with worker_at(at(days=5, hours=3)):
        assert not Outage.objects.exists()
        assert draft.deadlines.get(reason="grace").set_at == at(days=5)


def test_a_worker_that_runs_while_nobody_can_act_lets_no_deadline_pass(cast: Cast, draft: Dispute, say: Say) -> None:
    """It waits for us to be back, and the time is given back before the deadline can speak."""
    with clock.at(BEGIN):
        Dispute.objects.update(created_at=BEGIN)
        say(cast.client, "file")
    with there_at(at(days=5, hours=-2)):
        pass
    for hours in (-1, 0.5, 3):
        with worker_at(at(days=5, hours=hours)):
            assert not Outage.objects.exists()
            assert not draft.deadlines.exclude(reason="").exists(), "no grace: nobody knows yet what is due when"
    with clock.at(at(days=5, hours=4)):
        outages.note_reachable()
        assert firing.sweep() == 0, "the outage is known and not given back yet"
    with worker_at(at(days=5, hours=4, seconds=10)):
        line = draft.deadlines.get(reason="outage")
        assert (line.was_due_at, line.due_at) == (at(days=5), at(days=5, hours=6))
    for minutes in range(240, 361):
        outages.note_reachable(now=at(days=5, minutes=minutes))
    with there_at(at(days=5, hours=6, minutes=1)):
        assert draft.deadlines.filter(reason="grace").count() == 1


def test_nothing_is_paid_by_itself_while_nobody_can_say_no(cast: Cast, milestone: Milestone) -> None:
    due = clock.now() + timedelta(days=2)
    auto_release.start(milestone, due_at=due)
    with there_at(due - timedelta(hours=3)):
        pass
    with clock.at(due + timedelta(hours=1)):
        tasks.pay_out()
        assert Milestone.objects.get(pk=milestone.pk).status == "funded"
        outages.note_reachable()
        tasks.pay_out()
    assert AutoRelease.objects.get().due_at == due + timedelta(hours=4)


@pytest.mark.parametrize(
    ("seen", "waiting", "until"),
    [
        (None, None, 0),  # nobody ever looked
        (-0.25, None, -0.25),  # the last mark
        (0.25, None, 0),
        (0.25, -120, -120),  # an outage that is not given back yet
        (-200, -120, -200),
    ],
)
@pytest.mark.django_db
def test_until_when_it_is_known_that_people_could_act(seen: float | None, waiting: float | None, until: float) -> None:
    if seen is not None:
        Heartbeat.objects.create(seen_at=at(minutes=seen))
    if waiting is not None:
        Outage.objects.create(began_at=at(minutes=waiting), ended_at=at(minutes=-10))
        Outage.objects.create(began_at=at(days=-2), ended_at=at(days=-1), granted_at=at(days=-1))
    assert reachable.until(BEGIN) == at(minutes=until)


@pytest.mark.django_db(transaction=True)
def test_a_mark_that_another_holds_for_a_moment_refuses_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command renews it first: whoever has to wait for it too long asks again, and nobody's command fails."""
    Heartbeat.objects.create(pk=1, seen_at=at(minutes=-1))
    trouble, renew = [OperationalError("database is locked")], outages._renew

    def locked(now: datetime) -> None:
        renew(now)
        if trouble:
            raise trouble.pop()

    monkeypatch.setattr(outages, "_renew", locked)
    outages.catch_up(BEGIN)
    assert Heartbeat.objects.get().seen_at == BEGIN
