"""A clock that is half over its time brings its case a level up, by itself and once."""

from mediation.disputes.models import LevelAsk
from mediation.sla.tasks import sweep
from tests.sla.conftest import World


def asked() -> list[tuple[int, str]]:
    return list(LevelAsk.objects.values_list("level", "why"))


def test_a_case_that_nobody_takes_asks_for_a_senior_when_it_is_half_over_its_time(world: World) -> None:
    world.ask()
    world.at(hours=2, minutes=1)  # two hours were given
    sweep()
    assert asked() == []
    world.at(hours=3, minutes=1)
    sweep()
    assert asked() == [(4, "breach")]


def test_several_late_clocks_ask_once(world: World) -> None:
    world.ask()
    world.do(world.cast.mediator, "claim")
    world.at(days=2)
    sweep()
    assert asked() == [(4, "breach")]
    sweep()
    assert asked() == [(4, "breach")]


def test_a_case_of_a_senior_asks_for_nobody(world: World) -> None:
    world.ask()
    world.do(world.cast.senior, "claim")
    world.at(days=2)
    sweep()
    assert asked() == []


def test_a_case_that_was_closed_meanwhile_is_left_alone(world: World) -> None:
    world.ask()
    world.do(world.cast.client, "withdraw")
    world.at(days=2)
    sweep()
    assert asked() == []
