"""The end of a contract, by either side. It moves no money: the time to file a claim about what is held begins."""

from uuid import UUID

from django.db import transaction

from accounts.models import User
from mediation.conversations import audience as rooms
from mediation.conversations.actions import contracts
from mediation.conversations.models import Contract
from mediation.core import clock
from mediation.disputes.actions import ledger
from mediation.disputes.actions.said import was_said
from mediation.disputes.errors import ReasonMissing
from mediation.disputes.rules.milestones import check_can_end


@transaction.atomic
def end(*, user: User, room_id: UUID, command_id: UUID, reason: str) -> None:
    """End the contract of a room, once and for good (decisions/0019). `reason` is read by everyone there.

    Raises NotFound for who may not read the room, PartiesAct, EndedAlready, ReasonMissing, IdUsed.
    """
    mine = rooms.standing(user, room_id)
    contract = Contract.objects.get(room=room_id)
    ledger.lock(contract.pk)
    contract.refresh_from_db(fields=["status"])
    if was_said(user, command_id, room_id, "contract.ended"):
        return
    is_ended = contract.status == Contract.Status.ENDED.value
    check_can_end(mine.member_role, is_ended=is_ended)
    if not reason.strip():
        raise ReasonMissing
    contracts.mark_ended(
        contract=contract,
        room_id=room_id,
        actor_id=user.pk,
        at=clock.now(),
        reason=reason.strip(),
        client_id=command_id,
    )
