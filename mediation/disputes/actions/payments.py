"""Carrying out the instructions of settled cases, and telling the case when the ledger has confirmed them."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from mediation.conversations.actions import milestones
from mediation.conversations.models import Milestone
from mediation.core import clock
from mediation.core.errors import Refused
from mediation.disputes.actions import holdings, ledger
from mediation.disputes.actions.transition import transition
from mediation.disputes.models import Dispute, Instruction, Overlay
from mediation.disputes.queries.holdings import escrow_account, frozen_account, moved, shares_account
from mediation.disputes.rules.states import OPEN, State, Track

log = logging.getLogger(__name__)

CLIENT, FREELANCER, FEES = "client", "freelancer", "fees"
TARGET = {Instruction.Kind.REFUND.value: CLIENT, Instruction.Kind.RELEASE.value: FREELANCER}
# A share is taken while the case goes on; one that goes back, or is the fee, also when it has ended.
STATES = {
    Instruction.Kind.SHARE.value: OPEN,
    Instruction.Kind.FEE.value: {State.EXECUTING, State.CLOSED},
    Instruction.Kind.RETURN.value: {State.EXECUTING, State.CLOSED},
    Instruction.Kind.REFUND.value: {State.EXECUTING},
    Instruction.Kind.RELEASE.value: {State.EXECUTING},
}
ORDER = list(STATES)  # nothing goes on from the account of the shares before it has come there


def pay_out(*, limit: int = 100) -> int:
    """Carry out what was instructed; returns how many cases were finished. Safe to repeat at any point."""
    is_waiting = Q(state=State.EXECUTING.value) | Q(instructions__confirmed_at__isnull=True)
    waiting = Dispute.objects.filter(is_waiting, instructions__isnull=False)
    free = waiting.exclude(pk__in=Overlay.objects.filter(kind="hold", ended_at__isnull=True).values("dispute"))
    due = free.order_by("pk").values_list("pk", flat=True).distinct()[:limit]
    return sum(_pay(dispute_id) for dispute_id in list(due))


def _pay(dispute_id: UUID) -> bool:
    """A case that breaks is logged and does not hold up the others; what only came between (a hold, somebody else's
    sweep) is no fault at all.
    """
    try:
        return _carry_out_all(dispute_id)
    except Exception:
        log.exception("The money of a case could not be moved", extra={"dispute": str(dispute_id)})
        return False


def _carry_out_all(dispute_id: UUID) -> bool:
    waiting = Instruction.objects.filter(dispute=dispute_id, confirmed_at__isnull=True)
    for instruction in sorted(waiting.order_by("pk"), key=lambda one: ORDER.index(one.kind)):
        _carry_out(dispute_id, instruction.pk)
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
    if is_held or instruction is None or State(dispute.state) not in STATES[instruction.kind]:
        return
    now, ways = clock.now(), _way(dispute, instruction)
    if ways is not None:
        if ways == (FREELANCER, CLIENT):
            ledger.lock(dispute.room.contract_id)
            holdings.check_back(dispute, instruction.amount_minor)
        ledger.move(
            key=_key(dispute, instruction),
            contract_id=dispute.room.contract_id,
            currency=instruction.currency,
            amount_minor=instruction.amount_minor,
            source=ways[0],
            target=ways[1],
            at=now,
        )
    instruction.confirmed_at = now
    instruction.save(update_fields=["confirmed_at"])
    if dispute.track == Track.ESCROW.value and instruction.party_id is None:
        _mark_milestone(dispute, instruction, now)


def _mark_milestone(dispute: Dispute, instruction: Instruction, at: datetime) -> None:
    """With the last of its money a milestone is settled too: paid if anything of it was, else refunded."""
    milestone = dispute.milestone
    if milestone is None or ledger.balance(milestone.contract_id, escrow_account(dispute)):
        return
    releases = dispute.instructions.filter(kind=Instruction.Kind.RELEASE.value, batch=instruction.batch)
    status = Milestone.Status.RELEASED if releases.exists() else Milestone.Status.REFUNDED
    if milestone.status != status.value:
        milestones.mark(
            milestone=milestone,
            room_id=dispute.room_id,
            status=status.value,
            type="milestone.settled",
            actor_id=None,
            at=at,
        )


def _key(dispute: Dispute, instruction: Instruction) -> str:
    whose = f":{_side(dispute, instruction.party_id)}" if instruction.party_id else ""
    return f"{dispute.pk.hex}:{instruction.kind}:{instruction.batch}{whose}"


def _side(dispute: Dispute, party_id: UUID) -> str:
    return CLIENT if (party_id == dispute.filer_id) == dispute.filer_is_client else FREELANCER


def _way(dispute: Dispute, instruction: Instruction) -> tuple[str, str] | None:
    """From which account to which; None where the money is already."""
    if instruction.party_id is None:
        return _way_of_the_amount(dispute, instruction)
    party, shares = _side(dispute, instruction.party_id), shares_account(dispute)
    ways = {Instruction.Kind.SHARE: (party, shares), Instruction.Kind.FEE: (shares, FEES)}
    return ways.get(Instruction.Kind(instruction.kind), (shares, party))


def _way_of_the_amount(dispute: Dispute, instruction: Instruction) -> tuple[str, str] | None:
    """Only escrow is ours to pay from. What was paid before is with the freelancer: a refund comes from there, and what
    stays there does not move. Of a case that was settled before, a release gives back what was refunded too much.
    """
    target = TARGET[instruction.kind]
    if dispute.track == Track.ESCROW.value:
        return frozen_account(dispute), target
    if instruction.kind == Instruction.Kind.REFUND.value:
        return FREELANCER, target
    before = moved(dispute).filter(batch__lt=instruction.batch)
    return (CLIENT, target) if before.exists() else None
