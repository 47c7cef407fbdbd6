"""A webhook is a door-bell: it is noted, and the ticket's audits are read for what happened."""

from datetime import timedelta

from django.db import transaction

from mediation.core import clock
from mediation.zendesk.models import Mirror, Ring

KEPT = timedelta(days=2)


@transaction.atomic
def ring(*, invocation: str, ticket_id: int) -> bool:
    """Note it. False when it was noted before. A ticket that is not ours changes nothing."""
    now = clock.now()
    _, is_new = Ring.objects.get_or_create(id=invocation, defaults={"ticket_id": ticket_id, "at": now})
    if is_new:
        wake(ticket_id)
    return is_new


def wake(ticket_id: int) -> None:
    """Something may have happened on a ticket: it is read next time."""
    Mirror.objects.filter(ticket_id=ticket_id).update(is_rung=True, work_at=clock.now())


def forget_old() -> int:
    """Take away rings that nobody will repeat any more; returns how many."""
    return Ring.objects.filter(at__lt=clock.now() - KEPT).delete()[0]
