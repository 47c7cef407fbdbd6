"""Laying a case aside and taking it up again. Clocks go on."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from mediation.core import clock
from mediation.core.errors import Forbidden
from mediation.desk import audience
from mediation.desk.errors import BadMoment
from mediation.desk.models import QueueRow, Snooze
from mediation.desk.rules.snoozes import is_possible
from mediation.disputes.models import Dispute

AT_ONCE = 500


@transaction.atomic
def snooze(*, user: User, dispute_id: UUID, until: datetime | None, on_word: bool) -> Snooze:
    """Lay a case of one's own aside until a moment, until a party writes or acts, or whichever comes first. Once more,
    the later wish counts.

    Raises NotFound, Forbidden for who is not its mediator, BadMoment.
    """
    row = audience.row_of(user, dispute_id)
    if row.dispute.mediator_id != user.pk:
        raise Forbidden
    if not is_possible(until, clock.now()) or (until is None and not on_word):
        raise BadMoment
    said = {"mediator": user, "until": until, "on_word": on_word, "set_at": clock.now()}
    laid, _is_new = Snooze.objects.update_or_create(dispute=row.dispute, defaults=said)
    _tell([dispute_id])
    return laid


@transaction.atomic
def wake(*, user: User, dispute_id: UUID) -> None:
    """Take it up again before its time. Raises NotFound; of what is not laid aside nothing happens."""
    audience.row_of(user, dispute_id)
    if Snooze.objects.filter(dispute=dispute_id, mediator=user).delete()[0]:
        _tell([dispute_id])


@transaction.atomic
def wake_due() -> int:
    """Take up what was laid aside until now; returns how many. Whoever sweeps at the same time finds the others."""
    due = Snooze.objects.filter(until__lte=clock.now()).order_by("until")
    cases = [one.pk for one in due.select_for_update(skip_locked=True, of=("self",))[:AT_ONCE]]
    Snooze.objects.filter(dispute__in=cases).delete()
    _tell(cases)
    return len(cases)


@transaction.atomic
def wake_for_word(*, room_id: UUID, person_id: UUID, at: datetime) -> int:
    """A party wrote or acted at a moment: what was laid aside before it is taken up. News can come late."""
    is_party = Dispute.objects.filter(room=room_id, filer=person_id) | Dispute.objects.filter(
        room=room_id, respondent=person_id
    )
    laid = Snooze.objects.filter(on_word=True, set_at__lte=at, dispute__in=is_party.values("pk"))
    cases = list(laid.values_list("dispute", flat=True))
    Snooze.objects.filter(dispute__in=cases, on_word=True).delete()
    _tell(cases)
    return len(cases)


def _tell(cases: Iterable[UUID]) -> None:
    """The desks that show these rows look anew."""
    QueueRow.objects.filter(pk__in=list(cases)).update(changed_at=clock.now())
