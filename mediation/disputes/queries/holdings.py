"""What a case is about in money: what is held for it, and since when it can be filed about."""

from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from mediation.conversations.models import Milestone
from mediation.disputes.models import Dispute, Instruction, LedgerEntry


def held(dispute: Dispute) -> int:
    """What the ledger holds in escrow for the case's milestone, or for the whole contract; minor units."""
    entries = LedgerEntry.objects.filter(contract_id=dispute.room.contract_id, account=escrow_account(dispute))
    return entries.aggregate(held=Sum("amount_minor"))["held"] or 0


def held_for(milestone: Milestone) -> int:
    """The same for a milestone, whether or not there is a case about it."""
    entries = LedgerEntry.objects.filter(contract_id=milestone.contract_id, account=f"escrow:{milestone.pk}")
    return entries.aggregate(held=Sum("amount_minor"))["held"] or 0


def of_contract(contract_id: UUID) -> tuple[dict[str, int], dict[str, int]]:
    """By account of escrow: what is held, and what was released; minor units. Nothing is in both."""
    entries = LedgerEntry.objects.filter(contract_id=contract_id, account__startswith="escrow")
    sums = dict(entries.order_by("account").values_list("account").annotate(Sum("amount_minor")))
    held = {account: amount for account, amount in sums.items() if amount > 0}
    released = {
        f"escrow:{one.pk}": one.amount_minor
        for one in Milestone.objects.filter(contract=contract_id)
        if sums.get(f"escrow:{one.pk}", 0) <= 0
        and (f"escrow:{one.pk}" in sums or one.status == Milestone.Status.RELEASED.value)
    }
    return held, released


def refunded(dispute: Dispute) -> int | None:
    """What went back to the client when the case was settled before (minor units); None if no money moved yet.

    After the first settling a release gives back what was refunded too much.
    """
    carried_out = dispute.instructions.filter(confirmed_at__isnull=False).order_by("batch")
    moved = list(carried_out.values_list("batch", "kind", "amount_minor"))
    if not moved:
        return None
    first = moved[0][0]
    refunds = sum(amount for _, kind, amount in moved if kind == Instruction.Kind.REFUND.value)
    back = sum(amount for batch, kind, amount in moved if kind == Instruction.Kind.RELEASE.value and batch != first)
    return refunds - back


def escrow_account(dispute: Dispute) -> str:
    """The ledger's account for the money of a milestone, or of a contract without any."""
    return f"escrow:{dispute.milestone_id}" if dispute.milestone_id else "escrow"


def frozen_account(dispute: Dispute) -> str:
    """The account in which a case's money waits."""
    return f"frozen:{dispute.pk.hex}"


def money(dispute: Dispute) -> tuple[int, int]:
    """What is in escrow, and what is frozen for this case; minor units."""
    accounts = (escrow_account(dispute), frozen_account(dispute))
    entries = LedgerEntry.objects.filter(contract_id=dispute.room.contract_id, account__in=accounts)
    sums = dict(entries.order_by("account").values_list("account").annotate(Sum("amount_minor")))
    return sums.get(accounts[0], 0), sums.get(accounts[1], 0)


def since(dispute: Dispute) -> datetime:
    """When the time to file began: with the draft, which is begun when the end or a refund is asked for."""
    return dispute.created_at


def in_escrow(milestone: Milestone) -> bool:
    """Whether a milestone's money is held."""
    return milestone.status in (Milestone.Status.FUNDED.value, Milestone.Status.SUBMITTED.value)
