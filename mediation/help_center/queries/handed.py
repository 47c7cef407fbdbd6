"""What the parties of a case asked before it, for Upwork's people who work on it (decisions/0036).

Whoever calls this shows it to no party: what one of them asked is not for the other.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Prefetch, Q

from accounts.models import User
from mediation.disputes.models import Dispute
from mediation.help_center.models import Ask, HelpSession

BEFORE = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """A person's questions in one go, in their order; `is_handed_over`: they asked for a person with it."""

    person_id: UUID
    name: str
    is_handed_over: bool
    asks: tuple[Ask, ...]


def before_case(dispute: Dispute) -> list[AskedBefore]:
    """What either side asked in the contract's room or handed over to it, and what the case's filer asked in the help
    centre in the last `BEFORE`. Nothing of other contracts, nothing after the case has ended.
    """
    begins, filed = dispute.created_at - BEFORE, dispute.filed_at or dispute.created_at
    in_room = Q(room=dispute.room_id, person__in=[dispute.filer_id, dispute.respondent_id])
    anywhere = Q(room__isnull=True, person=dispute.filer_id, began_at__gte=filed - BEFORE, began_at__lte=filed)
    found = HelpSession.objects.filter(in_room | anywhere, began_at__gte=begins)
    if dispute.closed_at:
        found = found.filter(began_at__lte=dispute.closed_at)
    asks = Ask.objects.select_related("shown__article").order_by("at", "pk")
    rows = found.select_related("person").prefetch_related(Prefetch("asks", asks)).order_by("began_at", "pk")
    return [_told(one, one.person) for one in rows if one.person and one.asks.all()]


def _told(session: HelpSession, person: User) -> AskedBefore:
    return AskedBefore(person.pk, person.name, session.handed_over_at is not None, tuple(session.asks.all()))
