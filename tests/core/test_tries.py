"""Lock trouble is tried three times from the start, and then told so that nothing is lost."""

from collections.abc import Callable

import pytest
from django.db import OperationalError, transaction

from accounts.models import Team
from mediation.core import tries
from mediation.core.errors import Unavailable


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries.time, "sleep", lambda seconds: None)


def troubled(times: int) -> tuple[list[int], Callable[[], int]]:
    tried: list[int] = []

    def work() -> int:
        tried.append(len(tried))
        Team.objects.create(name=f"Try {len(tried)}")
        if len(tried) <= times:
            raise OperationalError("deadlock detected")
        return len(tried)

    return tried, work


@pytest.mark.parametrize("times", [0, 1, 2])
def test_what_passes_is_done_once_from_the_start(transactional_db: None, times: int) -> None:
    _tried, work = troubled(times)
    assert tries.patiently(work) == times + 1
    assert [team.name for team in Team.objects.all()] == [f"Try {times + 1}"]


def test_what_does_not_pass_leaves_nothing(transactional_db: None) -> None:
    tried, work = troubled(3)
    with pytest.raises(Unavailable):
        tries.patiently(work)
    assert (len(tried), Team.objects.count()) == (3, 0)


def test_inside_of_another_transaction_it_is_that_ones_to_begin_again(transactional_db: None) -> None:
    tried, work = troubled(1)
    with pytest.raises(OperationalError), transaction.atomic():
        tries.patiently(work)
    assert len(tried) == 1
