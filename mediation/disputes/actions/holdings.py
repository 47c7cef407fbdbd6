"""The money of a case, through the embedded ledger: freezing and unfreezing it."""

from datetime import datetime

from mediation.disputes.actions import auto_release, ledger
from mediation.disputes.models import Dispute
from mediation.disputes.queries.claimable import left_for
from mediation.disputes.queries.holdings import escrow_account, frozen_account
from mediation.disputes.rules.reopening import check_taken_back, track_again
from mediation.disputes.rules.states import Track


def track_now(dispute: Dispute) -> Track:
    """The track of a case that is opened again, with the contract's money locked. Raises MoneyGone."""
    ledger.lock(dispute.room.contract_id)
    return track_again(Track(dispute.track), dispute.amount_minor, left_for(dispute))


def check_back(dispute: Dispute, amount_minor: int) -> None:
    """Before so much comes back from the freelancer. While a case is open only its own settling brings back what was
    paid, so it is asked without a lock when it is decided, and again with the contract's money locked when it is
    moved. Raises MoreThanTheyHave.
    """
    check_taken_back(amount_minor, left_for(dispute))


def freeze(dispute: Dispute, *, at: datetime) -> None:
    """Move the amount in dispute out of escrow, so that nothing else can release it. Only escrow holds any.

    The release that runs by itself stops on every track: what is still held for the milestone waits for the case too.
    With the money held still first, one that has begun is seen to have paid, and one that begins is seen at all.
    """
    ledger.lock(dispute.room.contract_id)
    auto_release.pause(dispute.milestone_id, at=at)
    if dispute.track == Track.ESCROW.value and dispute.amount_minor:
        _move(dispute, escrow_account(dispute), frozen_account(dispute), f"freeze:{dispute.reopenings}", at)


def unfreeze(dispute: Dispute, *, at: datetime) -> None:
    """The reverse, if anything is frozen still; and what was held beside it goes on with the days that were left."""
    ledger.lock(dispute.room.contract_id)
    auto_release.resume(dispute.milestone_id, at=at)
    if dispute.track == Track.ESCROW.value and ledger.balance(dispute.room.contract_id, frozen_account(dispute)):
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
