"""The money of a case, through the embedded ledger: freezing and unfreezing it."""

from datetime import datetime

from mediation.disputes.actions import auto_release, ledger
from mediation.disputes.models import Dispute
from mediation.disputes.queries.holdings import escrow_account, frozen_account
from mediation.disputes.rules.states import Track


def freeze(dispute: Dispute, *, at: datetime) -> None:
    """Move the amount in dispute out of escrow, so that nothing else can release it. Only escrow holds any.

    The release that runs by itself is stopped first: had it begun already, its money is seen to be gone.
    """
    if dispute.track == Track.ESCROW.value and dispute.amount_minor:
        auto_release.pause(dispute.milestone_id, at=at)
        _move(dispute, escrow_account(dispute), frozen_account(dispute), f"freeze:{dispute.reopenings}", at)


def unfreeze(dispute: Dispute, *, at: datetime) -> None:
    """The reverse, if it is frozen."""
    if dispute.track == Track.ESCROW.value and ledger.balance(dispute.room.contract_id, frozen_account(dispute)):
        auto_release.resume(dispute.milestone_id, at=at)
        _move(dispute, frozen_account(dispute), escrow_account(dispute), f"unfreeze:{dispute.version}", at)


def _move(dispute: Dispute, source: str, target: str, why: str, at: datetime) -> None:
    ledger.move(
        key=f"{dispute.pk.hex}:{why}",
        contract_id=dispute.room.contract_id,
        currency=dispute.currency,
        amount_minor=dispute.amount_minor,
        source=source,
        target=target,
        at=at,
    )
