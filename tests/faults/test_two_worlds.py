"""S-01, non-interference: nothing a party can observe depends on threads they are not in."""

import asyncio
from collections.abc import Callable, Iterable

import pytest
from django.db.models import F

from mediation.disputes.models import Dispute
from tests.faults.worlds import World, tell
from tests.live.server import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 10  # stories told side by side, while their sockets wait


async def both(seed: int, web: LiveServer, leak: Callable[[World], None] | None = None) -> tuple[int, str, str]:
    """The observer's transcripts of the two worlds of a seed."""
    without = await tell(seed, web, with_closed_doors=False)
    return seed, without, await tell(seed, web, with_closed_doors=True, leak=leak)


async def all_of(seeds: Iterable[int], web: LiveServer) -> list[tuple[int, str, str]]:
    """The same for many seeds."""
    return await asyncio.gather(*(both(seed, web) for seed in seeds))


@pytest.mark.parametrize(
    "seeds",
    [
        range(3),
        pytest.param(range(100), marks=pytest.mark.faults),  # in two halves, for two processes
        pytest.param(range(100, 200), marks=pytest.mark.faults),
        pytest.param(range(5000), marks=pytest.mark.soak),
    ],
    ids=str,
)
def test_the_two_worlds_look_the_same(web: LiveServer, seeds: range) -> None:
    for begin in range(0, len(seeds), AT_ONCE):
        for seed, without, with_closed_doors in asyncio.run(all_of(seeds[begin : begin + AT_ONCE], web)):
            if without != with_closed_doors:
                pytest.fail(
                    f"seed {seed}: the observer can tell the worlds apart: {_where(without, with_closed_doors)}"
                )


def _where(one: str, other: str) -> str:
    """The first place at which two transcripts differ."""
    at = next((at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), -1)
    begin = one.rfind('"address"', 0, at)
    return f"{one[begin : begin + 90]} … {one[at - 150 : at + 80]!r} against {other[at - 150 : at + 80]!r}"


def speak_of_it(world: World) -> None:
    """A planted leak: something that everybody sees follows from what only some did."""
    world.cast.say(world.cast.mediator, f"{world.behind.random()}")


def count_it(world: World) -> None:
    """Another: a private command moves the number that everybody sees."""
    Dispute.objects.filter(room=world.cast.room).update(version=F("version") + 1)


@pytest.mark.parametrize("leak", [speak_of_it, count_it])
def test_a_planted_leak_tells_the_worlds_apart(web: LiveServer, leak: Callable[[World], None]) -> None:
    _, without, with_closed_doors = asyncio.run(both(1, web, leak=leak))
    assert without != with_closed_doors
