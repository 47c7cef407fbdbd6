"""Money that is released by itself: a claim stops it; one that is taken back gives it the days that were left."""

from datetime import timedelta

import pytest

from mediation.conversations.models import Milestone
from mediation.core import clock
from mediation.disputes import tasks
from mediation.disputes.actions import auto_release, ledger
from mediation.disputes.models import AutoRelease, Dispute
from tests.cast import Cast
from tests.disputes.conftest import AMOUNT, Say
from tests.disputes.stories import later


@pytest.fixture
def running(draft: Dispute, milestone: Milestone) -> AutoRelease:
    """Due in ten days."""
    return auto_release.start(milestone, due_at=clock.now() + timedelta(days=10))


def paid(cast: Cast) -> int:
    return ledger.balance(cast.room.contract_id, "freelancer")


def test_without_a_claim_it_is_released_once(cast: Cast, running: AutoRelease) -> None:
    with later(days=9):
        assert auto_release.release_due() == 0
    with later(days=11):
        tasks.pay_out()
        assert auto_release.release_due() == 0
    assert paid(cast) == AMOUNT


def test_a_claim_stops_it_and_its_withdrawal_gives_back_what_was_left(
    cast: Cast, draft: Dispute, running: AutoRelease, say: Say
) -> None:
    with later(days=4):
        say(cast.client, "file")
    with later(days=20):
        assert auto_release.release_due() == 0
    with later(days=4, hours=2):
        say(cast.client, "withdraw")
    running.refresh_from_db()
    assert running.due_at
    left = running.due_at - clock.now()
    assert abs(left - timedelta(days=10, hours=2)) < timedelta(minutes=1)
    with later(days=10, hours=3):
        assert auto_release.release_due() == 1
    assert paid(cast) == AMOUNT
