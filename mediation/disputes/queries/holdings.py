"""What a case is about in money: what is held for it, frozen for it, and what it has moved."""

from uuid import UUID

from django.db.models import QuerySet, Sum

from mediation.conversations.models import Milestone
from mediation.disputes.models import Dispute, Instruction, LedgerEntry

OF_THE_AMOUNT = (Instruction.Kind.RELEASE.value, Instruction.Kind.REFUND.value)
# What cannot be taken back; a share that waits can.
FINAL = (*OF_THE_AMOUNT, Instruction.Kind.FEE.value)
ESCROW, HOURS = "escrow", "hours"  # what waits for a milestone; what was paid for a week goes through an account too
FROZEN, SHARES = "frozen", "arbitration"  # what waits for a case; for its arbitrator


def held(dispute: Dispute) -> int:
    """What the ledger holds in escrow for the case's milestone, or for the whole contract; minor units."""
    entries = LedgerEntry.objects.filter(contract_id=dispute.room.contract_id, account=escrow_account(dispute))
    return entries.aggregate(held=Sum("amount_minor"))["held"] or 0


def held_for(milestone: Milestone) -> int:
    """The same for a milestone, whether or not there is a case about it."""
    entries = LedgerEntry.objects.filter(contract_id=milestone.contract_id, account=f"{ESCROW}:{milestone.pk}")
    return entries.aggregate(held=Sum("amount_minor"))["held"] or 0


def in_escrow(contract_id: UUID) -> dict[str, int]:
    """What each of a contract's accounts of escrow holds."""
    entries = LedgerEntry.objects.filter(contract_id=contract_id, account__startswith=ESCROW)
    return dict(entries.order_by("account").values_list("account").annotate(Sum("amount_minor")))


def refunded(dispute: Dispute) -> int | None:
    """What went back to the client when the case was settled before (minor units); None if no money moved yet.

    After the first settling a release gives back what was refunded too much.
    """
    carried_out = list(moved(dispute).order_by("batch").values_list("batch", "kind", "amount_minor"))
    if not carried_out:
        return None
    first = carried_out[0][0]
    refunds = sum(amount for _, kind, amount in carried_out if kind == Instruction.Kind.REFUND.value)
    releases = [(batch, amount) for batch, kind, amount in carried_out if kind == Instruction.Kind.RELEASE.value]
    back = sum(amount for batch, amount in releases if batch != first)
    return refunds - back


def moved(dispute: Dispute) -> QuerySet[Instruction]:
    """What the ledger has moved of the amount in dispute."""
    return dispute.instructions.filter(confirmed_at__isnull=False, kind__in=OF_THE_AMOUNT)


def escrow_account(dispute: Dispute) -> str:
    """The ledger's account for the money of a milestone, or of a contract without any."""
    return f"{ESCROW}:{dispute.milestone_id}" if dispute.milestone_id else ESCROW


def frozen_account(dispute: Dispute) -> str:
    """The account in which a case's money waits."""
    return f"{FROZEN}:{dispute.pk.hex}"


def shares_account(dispute: Dispute) -> str:
    """The account in which the shares of an arbitration wait."""
    return f"{SHARES}:{dispute.pk.hex}"


def money(dispute: Dispute) -> tuple[int, int]:
    """What is in escrow, and what is frozen for this case; minor units."""
    accounts = (escrow_account(dispute), frozen_account(dispute))
    entries = LedgerEntry.objects.filter(contract_id=dispute.room.contract_id, account__in=accounts)
    sums = dict(entries.order_by("account").values_list("account").annotate(Sum("amount_minor")))
    return sums.get(accounts[0], 0), sums.get(accounts[1], 0)
