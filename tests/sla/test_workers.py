"""Two workers never take a step twice, and never tell of one twice."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from mediation.conversations.actions import rooms
from mediation.core import clock
from mediation.disputes.actions import claims
from mediation.disputes.models import Dispute
from mediation.events.models import Event
from mediation.sla.actions import telling
from mediation.sla.actions.defaults import newest_terms
from mediation.sla.actions.sweep import sweep
from mediation.sla.models import Clock, ClockFact, StepMail, StepTaken
from tests.at_once import at_once
from tests.cast import Cast

MANY = 60


@pytest.fixture
def late_clocks(live_cast: Cast) -> Cast:
    """Many clocks that are long overdue, and a room whose news were all handed over."""
    claims.ask_without_claim(user=live_cast.client, room_id=live_cast.room.pk)
    Event.objects.update(handled_at=clock.now())
    dispute = Dispute.objects.get(room=live_cast.room)
    policy = newest_terms().policy_id
    for number in range(MANY):
        at = clock.now() - timedelta(hours=20) + timedelta(minutes=number)
        made = Clock.objects.create(
            metric="CLAIM", dispute=dispute, room_id=dispute.room_id, about=uuid4().hex, policy_id=policy,
            activated_at=at, target_ms=3_600_000, since=at, due_at=at + timedelta(hours=1),
            next_at=at + timedelta(minutes=30),
        )  # fmt: skip
        ClockFact.objects.create(clock=made, kind="activate", at=at, target_ms=3_600_000)
    return live_cast


def both(job: Callable[[], object]) -> list[object]:
    """Two workers do the same at once."""
    return at_once(job, job)


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_a_step_twice(late_clocks: Cast) -> None:
    found = both(sweep)
    sweep()
    assert not [one for one in found if isinstance(one, Exception)]
    assert StepTaken.objects.count() == MANY * 4
    assert ClockFact.objects.filter(kind="breach").count() == MANY
    assert not Clock.objects.filter(next_at__isnull=False).exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_tell_twice(late_clocks: Cast) -> None:
    sweep()
    keep = StepTaken.objects.order_by("pk").values_list("pk", flat=True)[:12]
    StepTaken.objects.exclude(pk__in=list(keep)).update(told_at=clock.now())
    found = both(telling.tell)
    telling.tell()
    assert not [one for one in found if isinstance(one, Exception)]
    told = Event.objects.filter(type__startswith="clock.")
    assert told.count() == len({(one.data["clock"], one.data["percent"]) for one in told}) == 12
    assert StepMail.objects.values("step", "to").distinct().count() == StepMail.objects.count()


def test_the_room_is_as_open_as_before(late_clocks: Cast) -> None:
    """Notes that are there before the first mediator do not keep one from joining."""
    sweep()
    telling.tell()
    rooms.join_as_mediator(user=late_clocks.mediator, room_id=late_clocks.room.pk)
    assert late_clocks.thread("internal").head_seq > 1
