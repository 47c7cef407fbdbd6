"""Letting due timers speak: each once, in due order, however many workers sweep."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from mediation.core import clock
from mediation.core.errors import Refused
from mediation.core.tries import patiently
from mediation.disputes.actions.saying import say
from mediation.disputes.models import Dispute, Overlay, Timer
from mediation.disputes.queries import reachable
from mediation.disputes.rules.deadlines import COMMANDS_OF, Kind
from mediation.disputes.rules.states import Actor

log = logging.getLogger(__name__)


def fire_due(*, dispute_id: UUID, before: datetime) -> int:
    """Let the case's timers that were due before a moment speak, in the order in which they were due. Mostly none was:
    then the case is not locked for it. Raises Unavailable where somebody else keeps the case locked.
    """
    fired = 0
    while _due(before).filter(dispute=dispute_id).exists() and patiently(lambda: fire_one(dispute_id, before)):
        fired += 1
    return fired


@transaction.atomic
def fire_one(dispute_id: UUID, before: datetime) -> bool:
    """The next due timer of a case, once: the lock on the case and `fired_at` make it so for any number of workers."""
    dispute = Dispute.objects.select_for_update(no_key=True, of=("self",)).filter(pk=dispute_id).first()
    if dispute is None or dispute.overlays.filter(kind="hold", ended_at__isnull=True).exists():
        return False
    timer = _due(before).filter(dispute=dispute).order_by("due_at", "pk").first()
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


def _due(before: datetime) -> QuerySet[Timer]:
    """What was due before a moment and has not spoken."""
    return Timer.objects.filter(fired_at__isnull=True, cancelled_at__isnull=True, due_at__lt=before)


def has_overtaken(*, dispute_id: UUID, received_at: datetime) -> bool:
    """Whether a timer of the case has spoken that was not due yet when a command was received."""
    return Timer.objects.filter(dispute=dispute_id, fired_at__isnull=False, due_at__gte=received_at).exists()


def sweep(*, limit: int = 200) -> int:
    """Fire what has been due for a while, over all cases, in due order; returns how many spoke. Safe to run anywhere,
    any number of times. A case that breaks is logged and does not hold up the others.

    For so long a command may be on its way that was received in time: it beats the timer (domain, section 3). And none
    speaks while we cannot be reached: it might be due at another time.
    """
    before = reachable.until(clock.now() - timedelta(seconds=settings.TIMER_MARGIN_SECONDS))
    held = Overlay.objects.filter(kind="hold", ended_at__isnull=True).values("dispute")
    waiting = _due(before).exclude(dispute__in=held).order_by("due_at", "pk")
    return sum(_fire(one, before) for one in dict.fromkeys(waiting.values_list("dispute_id", flat=True)[:limit]))


def _fire(dispute_id: UUID, before: datetime) -> int:
    try:
        return fire_due(dispute_id=dispute_id, before=before)
    except Exception:
        log.exception("The timers of a case could not be fired", extra={"dispute": str(dispute_id)})
        return 0
