"""PROM: what a mediator promises in front of everyone is due when they promised it, and a clock counts."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from mediation.core import clock
from mediation.core.errors import Refused
from mediation.disputes.models import Promise
from mediation.disputes.queries.case import case_view
from mediation.sla import audience
from mediation.sla.actions import policies
from mediation.sla.models import Clock
from mediation.sla.tasks import sweep
from tests.sla.conftest import MONDAY, World

TEXT = "I read the log tonight and tell you both."


@pytest.fixture
def mediated(world: World) -> World:
    world.ask()
    world.do(world.cast.mediator, "claim")
    return world


def promise(world: World, hours: float = 5, by: User | None = None, **more: Any) -> str:
    due_at = clock.now() + timedelta(hours=hours)
    said = world.do(by or world.cast.mediator, "promise", **{"text": TEXT, "due_at": due_at} | more)
    return said.data["promise_id"]


def keep(world: World, key: str) -> None:
    world.do(world.cast.mediator, "keep_promise", promise_id=Promise.objects.get(pk=key).pk)


def test_it_is_due_when_it_was_promised_and_kept_in_time_it_is_met(mediated: World) -> None:
    key = promise(mediated)
    running = mediated.clock("PROM")
    assert (running.due_at, running.about, running.calendar_id) == (MONDAY + timedelta(hours=5), key, None)
    mediated.at(hours=5)
    keep(mediated, key)
    met = mediated.clock("PROM")
    assert met.ended_at == MONDAY + timedelta(hours=5)
    assert met.breached_at is None


def test_one_that_is_not_kept_is_breached_at_the_moment_that_was_named(mediated: World) -> None:
    promise(mediated)
    mediated.at(hours=9)
    sweep()
    assert mediated.clock("PROM").breached_at == MONDAY + timedelta(hours=5)


def test_each_promise_has_a_clock_of_its_own(mediated: World) -> None:
    first = promise(mediated, 2)
    mediated.at(minutes=10)
    second = promise(mediated, 3)
    mediated.at(minutes=20)
    keep(mediated, second)
    mediated.hear()
    ended = dict(Clock.objects.filter(metric="PROM").values_list("about", "ended_at"))
    assert ended == {first: None, second: MONDAY + timedelta(minutes=20)}


def test_two_of_one_moment_are_two(mediated: World) -> None:
    keys = [promise(mediated), promise(mediated)]
    for kept in keys:
        mediated.hear()
        assert set(Clock.objects.filter(metric="PROM").values_list("about", flat=True)) == set(keys)
        keep(mediated, kept)
    mediated.hear()
    assert not Clock.objects.filter(metric="PROM", ended_at=None).exists()


def test_a_hold_stops_it(mediated: World) -> None:
    promise(mediated)
    mediated.at(hours=1)
    mediated.do(mediated.cast.senior, "hold", reason="We check something.")
    mediated.at(hours=3)
    mediated.do(mediated.cast.senior, "unhold")
    assert mediated.clock("PROM").due_at == MONDAY + timedelta(hours=7)


def test_it_outlives_its_mediator_and_ends_with_the_case(mediated: World) -> None:
    key = promise(mediated)
    mediated.do(mediated.cast.mediator, "release", brief="Read the log.")
    mediated.hear()
    assert mediated.clock("PROM").ended_at is None
    mediated.do(mediated.cast.agent, "claim")
    mediated.do(mediated.cast.agent, "keep_promise", promise_id=Promise.objects.get(pk=key).pk)
    other = promise(mediated, by=mediated.cast.agent)
    mediated.do(mediated.cast.client, "withdraw")
    mediated.hear()
    assert Clock.objects.get(about=other).ended_at is not None


def test_a_new_policy_does_not_move_it(mediated: World) -> None:
    promise(mediated)
    mediated.hear()
    policies.publish(policy=policies.begin_draft(user=mediated.cast.admin))
    policies.apply_newest()
    assert mediated.clock("PROM").due_at == MONDAY + timedelta(hours=5)


def test_both_parties_read_it_and_see_its_clock_alone(mediated: World) -> None:
    key = promise(mediated)
    mediated.hear()
    for person in (mediated.cast.client, mediated.cast.freelancer):
        [seen] = case_view(mediated.case, person)["promises"]
        assert (seen["id"], seen["text"], seen["kept_at"]) == (key, TEXT, None)
        assert [one.metric for one in audience.visible(person, mediated.case)] == ["PROM"]


@pytest.mark.parametrize("hours", [0, -1, 24 * 400])
def test_it_has_a_time_that_can_be_kept(mediated: World, hours: float) -> None:
    with pytest.raises(Refused):
        promise(mediated, hours)


def test_it_is_kept_once_and_by_who_owns_the_case(mediated: World) -> None:
    key = Promise.objects.get(pk=promise(mediated)).pk
    for person in (mediated.cast.agent, mediated.cast.client):
        with pytest.raises(Refused):
            mediated.do(person, "keep_promise", promise_id=key)
    mediated.do(mediated.cast.mediator, "keep_promise", promise_id=key)
    with pytest.raises(Refused):
        mediated.do(mediated.cast.mediator, "keep_promise", promise_id=key)
