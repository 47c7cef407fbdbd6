"""Whatever happens to a clock, and in whatever order it becomes known: its row is what its facts fold to."""

import random
from datetime import timedelta

import pytest

from mediation.core import clock as time
from mediation.sla.actions import clocks
from mediation.sla.actions.defaults import newest_terms
from mediation.sla.actions.sweep import sweep
from mediation.sla.models import Calendar, Clock, ClockFact
from mediation.sla.queries.calendars import calendars
from mediation.sla.queries.readings import differences
from mediation.sla.rules.clock import Fact, Kind
from mediation.sla.rules.metrics import Metric
from mediation.sla.rules.policies import Line
from tests.sla.conftest import World
from tests.sla.test_clock_rules import lives


@pytest.fixture
def quiet(world: World) -> World:
    """A case with calendars, and without clocks of its own or news."""
    newest_terms()
    world.hear()
    Clock.objects.all().delete()
    return world


def stored(fact: Fact, clock: Clock, desk: Calendar) -> ClockFact:
    """A fact of the rules as a row."""
    row = clocks.fact(clock, fact.kind, fact.at, reason=fact.reason)
    row.target_ms = fact.target // timedelta(milliseconds=1)
    row.calendar = desk if fact.calendar else None
    return row


def live_through(world: World, seed: int) -> Clock:
    """One clock from its begin on; facts come in small handfuls, some late, and sweeps come in between."""
    chance, desk, known = random.Random(seed), Calendar.objects.get(code="desk"), calendars()
    first, *later = lives(seed)
    chance.shuffle(later)
    one = Clock(metric="NRT", dispute=world.case, room_id=world.dispute.room_id, about=str(seed))
    with time.at(first.at):
        line = Line(Metric.NRT, first.target, str(desk.pk))
        clocks.begin(one, line, [clocks.fact(one, Kind.ACTIVATE, first.at)], known)
    while later:
        handful = [later.pop() for _ in range(min(len(later), chance.randint(1, 3)))]
        with time.at(max(fact.at for fact in handful)):
            if chance.random() < 0.5:
                sweep()
            one.refresh_from_db()
            clocks.add([one], [stored(fact, one, desk) for fact in handful], known)
    with time.at(first.at + timedelta(days=chance.randint(0, 9))):
        sweep()
    one.refresh_from_db()
    return one


def check(world: World, seeds: range) -> None:
    known = calendars()
    for seed in seeds:
        one = live_through(world, seed)
        assert differences(one, known) == {}, seed
        percents = list(one.steps.values_list("percent", flat=True))
        assert len(percents) == len(set(percents)), seed
        breaches = one.facts.filter(kind=Kind.BREACH.value)
        assert (one.breached_at is None) or breaches.filter(at=one.breached_at).exists(), seed
        one.delete()


def test_rows_equal_their_facts(quiet: World) -> None:
    check(quiet, range(25))


@pytest.mark.faults
@pytest.mark.parametrize("histories", [200, pytest.param(10_000, marks=pytest.mark.soak)])
def test_rows_equal_their_facts_over_many_histories(quiet: World, histories: int) -> None:
    check(quiet, range(25, histories))
