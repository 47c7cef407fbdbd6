"""Carrying out the instructions of settled cases, and telling the case when the ledger has confirmed them."""

from uuid import UUID

from django.db import transaction

from mediation.core import clock
from mediation.core.errors import Refused
from mediation.disputes.actions import ledger
from mediation.disputes.actions.transition import transition
from mediation.disputes.models import Dispute, Instruction, Overlay
from mediation.disputes.queries.holdings import frozen_account
from mediation.disputes.rules.states import State, Track

TARGET = {Instruction.Kind.REFUND.value: "client", Instruction.Kind.RELEASE.value: "freelancer"}


def pay_out(*, limit: int = 100) -> int:
    """Carry out what was instructed; returns how many cases were finished. Safe to repeat at any point."""
    waiting = Dispute.objects.filter(state=State.EXECUTING.value, instructions__isnull=False).distinct()
    free = waiting.exclude(pk__in=Overlay.objects.filter(kind="hold", ended_at__isnull=True).values("dispute"))
    return sum(_pay(dispute_id) for dispute_id in list(free.order_by("pk").values_list("pk", flat=True)[:limit]))


def _pay(dispute_id: UUID) -> bool:
    """What came between (a hold, somebody else's sweep) is no fault of the other cases: they are paid all the same."""
    waiting = Instruction.objects.filter(dispute=dispute_id, confirmed_at__isnull=True)
    for instruction_id in list(waiting.order_by("kind").values_list("pk", flat=True)):
        _carry_out(dispute_id, instruction_id)
    try:
        result = transition(actor=None, dispute_id=dispute_id, command="money_moved")
    except Refused:
        return False
    return result.state == State.CLOSED.value


@transaction.atomic
def _carry_out(dispute_id: UUID, instruction_id: UUID) -> None:
    """Once, by its key: the ledger's confirmation and the note of it commit together.

    The case is locked first, as by every command: a hold or an end that came before is seen here.
    """
    dispute = Dispute.objects.select_for_update(no_key=True, of=("self",)).select_related("room").get(pk=dispute_id)
    is_held = dispute.overlays.filter(kind="hold", ended_at__isnull=True).exists()
    instruction = dispute.instructions.filter(pk=instruction_id, confirmed_at__isnull=True).first()
    if dispute.state != State.EXECUTING.value or is_held or instruction is None:
        return
    now, ways = clock.now(), _way(dispute, instruction)
    if ways is not None:
        ledger.move(
            key=f"{dispute.pk.hex}:{instruction.kind}:{instruction.batch}",
            contract_id=dispute.room.contract_id,
            currency=instruction.currency,
            amount_minor=instruction.amount_minor,
            source=ways[0],
            target=ways[1],
            at=now,
        )
    instruction.confirmed_at = now
    instruction.save(update_fields=["confirmed_at"])


def _way(dispute: Dispute, instruction: Instruction) -> tuple[str, str] | None:
    """From which account to which; None where the money is already.

    Only escrow is ours to pay from. What was paid before is with the freelancer: a refund comes from there, and what
    stays there does not move. Of a case that was settled before, a release gives back what was refunded too much.
    """
    target = TARGET[instruction.kind]
    if dispute.track == Track.ESCROW.value:
        return frozen_account(dispute), target
    if instruction.kind == Instruction.Kind.REFUND.value:
        return TARGET[Instruction.Kind.RELEASE.value], target
    before = dispute.instructions.filter(batch__lt=instruction.batch, confirmed_at__isnull=False)
    return (TARGET[Instruction.Kind.REFUND.value], target) if before.exists() else None
