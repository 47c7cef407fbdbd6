"""Carrying out the instructions of settled cases, and telling the case when the ledger has confirmed them."""

from uuid import UUID

from django.db import transaction

from mediation.core import clock
from mediation.disputes.actions import ledger
from mediation.disputes.actions.transition import transition
from mediation.disputes.models import Dispute, Instruction
from mediation.disputes.queries.holdings import frozen_account
from mediation.disputes.rules.states import State, Track

TARGET = {Instruction.Kind.REFUND.value: "client", Instruction.Kind.RELEASE.value: "freelancer"}


def pay_out(*, limit: int = 100) -> int:
    """Carry out what was instructed; returns how many cases were finished. Safe to repeat at any point."""
    waiting = Dispute.objects.filter(state=State.EXECUTING.value, instructions__isnull=False).distinct()
    return sum(_pay(dispute_id) for dispute_id in list(waiting.order_by("pk").values_list("pk", flat=True)[:limit]))


def _pay(dispute_id: UUID) -> bool:
    for instruction in Instruction.objects.filter(dispute=dispute_id, confirmed_at__isnull=True):
        _carry_out(instruction.pk)
    result = transition(actor=None, dispute_id=dispute_id, command="money_moved")
    return result.state == State.CLOSED.value


@transaction.atomic
def _carry_out(instruction_id: UUID) -> None:
    """Once, by its key: the ledger's confirmation and the note of it commit together."""
    locked = Instruction.objects.select_for_update(no_key=True, of=("self",)).select_related("dispute__room")
    instruction = locked.get(pk=instruction_id)
    if instruction.confirmed_at is not None:
        return
    dispute, now = instruction.dispute, clock.now()
    # Money that was paid out long ago is not ours to take back: the parties' own payment stands behind "outside".
    source = frozen_account(dispute) if dispute.track == Track.ESCROW.value else "funding"
    ledger.move(
        key=f"{dispute.pk.hex}:{instruction.kind}:{instruction.batch}",
        contract_id=dispute.room.contract_id,
        currency=instruction.currency,
        amount_minor=instruction.amount_minor,
        source=source,
        target=TARGET[instruction.kind],
        at=now,
    )
    instruction.confirmed_at = now
    instruction.save(update_fields=["confirmed_at"])
