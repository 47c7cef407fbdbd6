"""Trouble with locks while a message is stored: it is tried again as every command is, and then said."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, transaction

from mediation.conversations.actions import send
from mediation.conversations.models import Message
from mediation.core.errors import Unavailable
from tests.cast import Cast


@pytest.fixture
def trouble(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], list[int]]:
    """So many tries meet a lock that is not won; returns what counts the tries."""

    def so_often(times: int) -> list[int]:
        store, tries = send.store, []

        def locked(*said: Any, **how: Any) -> Any:
            tries.append(1)
            if len(tries) <= times:
                raise OperationalError("database is locked")
            return store(*said, **how)

        monkeypatch.setattr(send, "store", locked)
        return tries

    return so_often


def test_a_lock_that_is_won_at_the_third_try_is_no_trouble(
    live_cast: Cast, trouble: Callable[[int], list[int]]
) -> None:
    tries = trouble(2)
    assert live_cast.say(live_cast.client, "Good morning.").seq == 2
    assert (len(tries), Message.objects.filter(body="Good morning.").count()) == (3, 1)


def test_after_three_tries_it_can_be_sent_again_and_nothing_is_stored(
    live_cast: Cast, trouble: Callable[[int], list[int]]
) -> None:
    tries = trouble(3)
    with pytest.raises(Unavailable) as refused:
        live_cast.say(live_cast.client, "Good morning.")
    assert (len(tries), refused.value.retry) == (3, True)
    assert not Message.objects.filter(body="Good morning.").exists()


def test_inside_of_another_transaction_whoever_began_it_tries_again(
    live_cast: Cast, trouble: Callable[[int], list[int]]
) -> None:
    tries = trouble(1)
    with pytest.raises(OperationalError), transaction.atomic():
        live_cast.say(live_cast.client, "Good morning.")
    assert len(tries) == 1
