"""A process that serves people says so, and goes on saying it."""

import asyncio
import logging

import pytest

from mediation.disputes.models import Heartbeat
from mediation.live.reachable import Reachable


def test_a_mark_is_left_and_nothing_is_complained_of(transactional_db: None, caplog: pytest.LogCaptureFixture) -> None:
    async def knock() -> None:
        reachable = Reachable(asyncio.get_running_loop())
        reachable.add(None)
        while reachable.is_busy:  # noqa: ASYNC110 (it says no more than that)
            await asyncio.sleep(0.01)
        reachable.stop()

    with caplog.at_level(logging.WARNING):
        asyncio.run(knock())
    assert Heartbeat.objects.exists()
    assert caplog.records == []
