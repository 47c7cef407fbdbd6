"""An act outside of a case that was said before, by the line that it left in its room."""

from uuid import UUID

from accounts.models import User
from mediation.conversations.models import Message
from mediation.disputes.errors import IdUsed


def was_said(user: User, command_id: UUID, room_id: UUID, code: str, position: int | None = None) -> bool:
    """Whether exactly this was said under the id. Raises IdUsed if something else was."""
    before = Message.objects.select_related("thread").filter(author=user, client_id=command_id).first()
    if before is None:
        return False
    if (before.thread.room_id, before.code, before.params.get("position")) != (room_id, code, position):
        raise IdUsed
    return True
