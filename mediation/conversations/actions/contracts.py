"""The end of a contract. Whoever holds its money still (the slice above) writes it in the same transaction."""

from datetime import datetime
from uuid import UUID

from mediation.conversations import snapshots
from mediation.conversations.actions.append import append, joint_thread
from mediation.conversations.models import Contract


def mark_ended(
    *, contract: Contract, room_id: UUID, actor_id: UUID, at: datetime, reason: str, client_id: UUID
) -> None:
    """It is over from now on, and everyone in the room reads who ended it and why. The contract's row is locked."""
    contract.status, contract.ended_at = Contract.Status.ENDED.value, at
    contract.save(update_fields=["status", "ended_at"])
    append(
        thread=joint_thread(room_id),
        type="contract.ended",
        actor_id=actor_id,
        at=at,
        data={"contract": snapshots.contract_facts(contract)},
        line={"text": reason},
        client_id=client_id,
    )
