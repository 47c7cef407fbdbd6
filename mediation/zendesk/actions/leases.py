"""One worker at a time for each ticket. A lease that ran out is anybody's: who died holding it holds up nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from mediation.core import clock
from mediation.zendesk.actions.freezing import read_anew
from mediation.zendesk.models import Mirror, Outgoing, Request

LEASE = timedelta(seconds=90)  # longer than any one request may take


class Lost(Exception):
    """Somebody else has the ticket now."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A ticket that is ours, since then, until its lease ends."""

    mirror_id: UUID
    lease: UUID
    since: datetime


def due(limit: int, *, with_new: bool = True) -> list[UUID]:
    """The tickets on which something can be done now, those that wait longest first; `with_new`: also those that are
    yet to be made.
    """
    now = clock.now()
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    asked = Q(is_asked_anew=True)  # and who was to do it has died
    waiting = Mirror.objects.filter(free, asked | Q(work_at__lte=now, health=Mirror.Health.ON.value))
    waiting = waiting if with_new else waiting.filter(ticket_id__isnull=False)
    return list(waiting.order_by("work_at").values_list("pk", flat=True)[:limit])


def take(mirror_id: UUID) -> Hold | None:
    """Hold the ticket; None when somebody else does."""
    now, lease = clock.now(), uuid4()
    free = Mirror.objects.filter(Q(leased_until__isnull=True) | Q(leased_until__lte=now), pk=mirror_id)
    return Hold(mirror_id, lease, now) if free.update(lease=lease, leased_until=now + LEASE) else None


def keep(hold: Hold) -> None:
    """Hold it for as long again. Raises Lost."""
    ours = Mirror.objects.filter(pk=hold.mirror_id, lease=hold.lease)
    if not ours.update(leased_until=clock.now() + LEASE):
        raise Lost


@transaction.atomic
def give_back(hold: Hold, *, next_at: datetime | None, has_failed: bool = False, is_well: bool = False) -> None:
    """Let go, to be taken up at `next_at`; without one when there is something to do. The row is locked, so that what
    was written a moment ago is not overlooked.
    """
    mirror = Mirror.objects.select_for_update().filter(pk=hold.mirror_id, lease=hold.lease).first()
    if mirror is None:
        return
    if mirror.is_asked_anew:
        read_anew(mirror)
        next_at, has_failed, is_well = clock.now(), False, False
    if (next_at is None and _something_waits(mirror)) or _was_rung(mirror, hold):
        next_at = clock.now()
    mirror.work_at, mirror.lease, mirror.leased_until = next_at, None, None
    mirror.failures = mirror.failures + 1 if has_failed else 0 if is_well else mirror.failures
    if is_well:
        mirror.synced_at = clock.now()
    mirror.save(update_fields=["work_at", "lease", "leased_until", "failures", "synced_at"])


def _something_waits(mirror: Mirror) -> bool:
    if mirror.is_rung or (mirror.ticket_id is not None and mirror.pushed.get("state") != mirror.dispute.state):
        return True
    items = Outgoing.objects.filter(mirror=mirror, done_at__isnull=True)
    return items.exists() or Request.objects.filter(mirror=mirror, settled_at__isnull=True).exists()


def _was_rung(mirror: Mirror, hold: Hold) -> bool:
    """Whether somebody rang while we held it: waiting for the ticket's own limit keeps nobody from reading it."""
    return mirror.is_rung and mirror.work_at is not None and mirror.work_at > hold.since
