"""Letting due timers speak: each once, in due order, however many workers sweep."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mediation.core import clock
from mediation.core.errors import Refused
from mediation.disputes.actions.saying import say
from mediation.disputes.models import Dispute, Overlay, Timer
from mediation.disputes.rules.deadlines import COMMANDS_OF, Kind
from mediation.disputes.rules.states import Actor

log = logging.getLogger(__name__)


def fire_due(*, dispute_id: UUID, before: datetime) -> int:
    """Let the case's timers that were due before a moment speak, in the order in which they were due."""
    fired = 0
    while fire_one(dispute_id, before):
        fired += 1
    return fired


@transaction.atomic
def fire_one(dispute_id: UUID, before: datetime) -> bool:
    """The next due timer of a case, once: the lock on the case and `fired_at` make it so for any number of workers."""
    dispute = Dispute.objects.select_for_update(no_key=True, of=("self",)).filter(pk=dispute_id).first()
    if dispute is None or dispute.overlays.filter(kind="hold", ended_at__isnull=True).exists():
        return False
    due = dispute.timers.filter(fired_at__isnull=True, cancelled_at__isnull=True, due_at__lt=before)
    timer = due.order_by("due_at", "pk").first()
    if timer is None:
        return False
    timer.fired_at = before
    timer.save(update_fields=["fired_at"])
    dispute.deadlines.filter(kind=timer.kind, ended_at__isnull=True).update(ended_at=timer.due_at, ended_how="over")
    for command in COMMANDS_OF.get(Kind(timer.kind), ()):
        try:
            with transaction.atomic():
                say(dispute, None, frozenset({Actor.SYSTEM}), command, {"due_at": timer.due_at}, timer.due_at)
        except Refused:
            dispute.refresh_from_db()  # the case has moved on, or the next command is the one that fits
        else:
            break
    return True


def sweep(*, limit: int = 200) -> int:
    """Fire what is due, over all cases, in due order; returns how many spoke. Safe to run anywhere, any number of
    times. A case that breaks is logged and does not hold up the others.
    """
    now = clock.now()
    due = Timer.objects.filter(fired_at__isnull=True, cancelled_at__isnull=True, due_at__lt=now)
    held = Overlay.objects.filter(kind="hold", ended_at__isnull=True).values("dispute")
    waiting = due.exclude(dispute__in=held).order_by("due_at", "pk")
    return sum(_fire(one, now) for one in dict.fromkeys(waiting.values_list("dispute_id", flat=True)[:limit]))


def _fire(dispute_id: UUID, before: datetime) -> int:
    try:
        return fire_due(dispute_id=dispute_id, before=before)
    except Exception:
        log.exception("The timers of a case could not be fired", extra={"dispute": str(dispute_id)})
        return 0
