"""From a question to a person: it goes along to the room of one of the asker's contracts."""

from uuid import UUID

from django.db import transaction

from accounts.models import User
from mediation.core import clock
from mediation.core.errors import NotFound
from mediation.help_center.models import HelpSession
from mediation.help_center.queries import asked


@transaction.atomic
def hand_over(*, user: User, session_id: UUID | None, room_id: UUID) -> HelpSession:
    """The session belongs to the room's contract from now on; a second choice changes nothing. Who asked as a visitor
    and signed in since is its person. Raises NotFound for somebody else's session and for a room they are no party of.
    """
    found = HelpSession.objects.select_for_update().filter(pk=session_id).first() if session_id else None
    if found is None or found.person_id not in (None, user.pk) or not asked.is_party(user, room_id):
        raise NotFound
    if found.handed_over_at is None:
        found.person, found.handed_over_at = user, clock.now()
        found.room_id = found.room_id or room_id
        found.save(update_fields=["person", "handed_over_at", "room"])
    return found
