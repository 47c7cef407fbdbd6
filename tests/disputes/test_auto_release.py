"""Money that is released by itself: a claim stops it; one that is taken back gives it the days that were left."""

from datetime import timedelta
from typing import Any

import pytest

from mediation.conversations.models import Milestone
from mediation.core import clock
from mediation.disputes import tasks
from mediation.disputes.actions import auto_release, ledger, payments
from mediation.disputes.models import AutoRelease, Dispute
from tests.cast import Cast
from tests.disputes.conftest import AMOUNT, Say
from tests.disputes.funds import held_milestone
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


def test_a_claim_received_in_time_beats_it(cast: Cast, draft: Dispute, milestone: Milestone, say: Say) -> None:
    due_at = clock.now() + timedelta(days=1)
    auto_release.start(milestone, due_at=due_at)
    with clock.at(due_at + timedelta(milliseconds=300)):
        assert auto_release.release_due() == 0
        with clock.receiving(due_at - timedelta(milliseconds=200)):
            assert say(cast.client, "file").state == "awaiting_response"
    with later(days=2):
        assert auto_release.release_due() == 0
    assert paid(cast) == 0


def test_one_that_breaks_holds_up_no_other(
    cast: Cast, running: AutoRelease, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = held_milestone(cast.room.contract, 50_000, position=4)
    auto_release.start(other, due_at=clock.now() + timedelta(days=11))
    move = ledger.move

    def breaks_for_the_first(**how: Any) -> bool:
        if how["source"] == f"escrow:{running.milestone_id}":
            raise ValueError
        return move(**how)

    monkeypatch.setattr(ledger, "move", breaks_for_the_first)
    with later(days=12):
        assert auto_release.release_due() == 1
    assert paid(cast) == 50_000
    assert "could not be paid by itself" in caplog.text


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


def test_the_rest_waits_while_a_case_is_open_again(cast: Cast, draft: Dispute, running: AutoRelease, say: Say) -> None:
    """A part was settled; the case is opened again about money that has moved, and closes again."""
    say(cast.client, "edit_draft", amount_minor=100_000, claimed_refund_minor=100_000)
    say(cast.client, "file")
    say(cast.freelancer, "accept_full")
    payments.pay_out()
    running.refresh_from_db()
    assert running.due_at, "the days that were left"
    say(cast.supervisor, "reopen", reason="Not kept.", terms_not_kept=True, agent_id=cast.agent.pk)
    with later(days=20):
        assert auto_release.release_due() == 0
        draft.refresh_from_db()
        assert draft.track == "B"
        say(cast.client, "withdraw")
    with later(days=28):
        assert auto_release.release_due() == 0
    with later(days=31):
        assert auto_release.release_due() == 1
    assert paid(cast) == AMOUNT - 100_000


def test_what_is_held_waits_for_a_claim_about_what_was_paid(
    cast: Cast, milestone: Milestone, running: AutoRelease, draft: Dispute, say: Say
) -> None:
    Dispute.objects.filter(pk=draft.pk).update(track="B")
    ledger.move(
        key="part", contract_id=cast.room.contract_id, currency="USD", amount_minor=AMOUNT // 2,
        source=f"escrow:{milestone.pk}", target="freelancer", at=clock.now(),
    )  # fmt: skip
    say(cast.client, "edit_draft", amount_minor=AMOUNT // 2, claimed_refund_minor=AMOUNT // 2)
    say(cast.client, "file")
    with later(days=12):
        assert auto_release.release_due() == 0
    say(cast.freelancer, "accept_full")
    payments.pay_out()
    draft.refresh_from_db()
    assert draft.state == "closed"
    with later(days=12):
        assert auto_release.release_due() == 1
