"""How a milestone stands. Whoever moves its money (the slice above) marks it in the same transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID

from mediation.conversations import snapshots
from mediation.conversations.actions.append import append, joint_thread
from mediation.conversations.models import Milestone


def mark(
    *,
    milestone: Milestone,
    room_id: UUID,
    type: str,
    actor_id: UUID | None,
    at: datetime,
    line: dict[str, Any] | None = None,
    client_id: UUID | None = None,
    **changes: Any,
) -> None:
    """Change how it stands (`status`, `refund_asked_at`, `refund_answered_at`) and tell everyone in the room. Called
    inside a transaction that holds the contract's money still.

    `line` are the parameters of the line that people read; without one only the pages learn of it.
    """
    for name, value in changes.items():
        setattr(milestone, name, value)
    milestone.save(update_fields=sorted(changes))
    append(
        thread=joint_thread(room_id),
        type=type,
        actor_id=actor_id,
        at=at,
        data={"milestone": snapshots.milestone(milestone)},
        line=line,
        client_id=client_id,
    )
