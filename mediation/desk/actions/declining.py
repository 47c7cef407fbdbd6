"""Saying "not now" to a case that was offered: it goes on waiting, for others too, and the reason is kept."""

from uuid import UUID

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.core import clock
from mediation.core.errors import Forbidden
from mediation.desk import audience
from mediation.desk.errors import NoReason
from mediation.desk.models import Decline
from mediation.desk.rules.declines import is_said


def decline(*, user: User, dispute_id: UUID, reason: str, words: str, press: UUID) -> Decline:
    """Not now. Said again with the same `press` it is said once, also when somebody has taken the case meanwhile.

    Raises NotFound, Forbidden for who mediates nothing, NoReason.
    """
    case = audience.row_of(user, dispute_id)
    if user.role not in MEDIATOR_ROLES:
        raise Forbidden
    words = " ".join(words.replace("\x00", "").split())
    if not is_said(reason, words):
        raise NoReason
    said = {"dispute_id": case.pk, "agent": user, "reason": reason, "words": words, "at": clock.now()}
    return Decline.objects.get_or_create(press=press, defaults=said)[0]
