"""Handing events to their subscribers: each in order within its stream, at least once, one failure never in the way.

An event is handled once every subscriber was tried. One that failed has a `Delivery` and is tried again alone.
"""

import logging
import random
import time
from collections.abc import Sequence
from datetime import timedelta
from traceback import extract_tb

from django.db import connection
from django.db.models import F, QuerySet

from mediation.core import clock
from mediation.events.models import Delivery, Event
from mediation.events.subscribers import Subscriber, registered
from mediation.events.turns import turns

BATCH = 200
RETRIES_AT_ONCE = 50
MOST_ATTEMPTS = 20  # about half a day with the waits below
FIRST_WAIT_SECONDS = 4
LONGEST_WAIT_SECONDS = 3600
GAP_SECONDS = 0.005
LEASE = timedelta(minutes=2)  # a retry whose worker died is due again after this

log = logging.getLogger(__name__)


def dispatch(*, limit: int = BATCH) -> int:
    """Hand over the oldest unhandled events, then the retries that are due; returns how many were tried.

    Any number of workers may call this at once. Raises only if the database does.
    """
    waiting = list(Event.objects.filter(handled_at__isnull=True).order_by("pk").values_list("pk", "stream_id")[:limit])
    tried = 0
    with turns({stream for _, stream in waiting}) as ours:
        # Read again under the lock: another worker may have finished with some of them meanwhile.
        mine = [pk for pk, stream in waiting if stream in ours]
        events = list(Event.objects.filter(pk__in=mine, handled_at__isnull=True).order_by("pk")) if mine else []
        if events:
            for subscriber in registered():
                _deliver(subscriber, [event for event in events if event.type in subscriber.types])
            Event.objects.filter(pk__in=[event.pk for event in events]).update(handled_at=clock.now())
            tried = len(events)
    return tried + retry_due()


def retry_due(*, limit: int = RETRIES_AT_ONCE) -> int:
    """Try failed deliveries whose time has come, each alone; returns how many were tried."""
    subscribers = {subscriber.name: subscriber for subscriber in registered()}
    now = clock.now()
    due = Delivery.objects.filter(done_at__isnull=True, next_try_at__lte=now).select_related("event")
    tried = 0
    for delivery in due.order_by("next_try_at")[:limit]:
        claim = Delivery.objects.filter(pk=delivery.pk, done_at__isnull=True, next_try_at=delivery.next_try_at)
        subscriber = subscribers.get(delivery.subscriber)
        if subscriber is None:
            claim.update(next_try_at=None, last_error="There is no such subscriber any more.")
        elif claim.update(next_try_at=now + LEASE):
            tried += 1
            if _deliver_one(subscriber, delivery.event):
                Delivery.objects.filter(pk=delivery.pk).update(done_at=clock.now(), next_try_at=None)
    return tried


def try_again(deliveries: QuerySet[Delivery]) -> int:
    """Make those of the deliveries that are not done due now, also those that were given up; returns how many."""
    return deliveries.filter(done_at__isnull=True).update(next_try_at=clock.now(), attempts=0)


def _deliver(subscriber: Subscriber, events: Sequence[Event]) -> None:
    if subscriber.takes_many and len(events) > 1:
        try:
            subscriber.handle(events)
        except Exception:
            # Which one it was is found by trying each alone; what had worked is repeated, which they tolerate.
            log.info("%s failed on %d events at once; trying each alone.", subscriber.name, len(events))
        else:
            return
    for event in events:
        _deliver_one(subscriber, event)
        _give_way()


def _give_way() -> None:
    """SQLite has one writer at a time, and who waits for it looks again after a while instead of standing in a line: a
    worker with a heap of events that writes on and on would keep people's messages out for as long as the heap lasts.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(GAP_SECONDS)


def _deliver_one(subscriber: Subscriber, event: Event) -> bool:
    """Whether it worked."""
    try:
        subscriber.handle([event])
    except Exception as problem:
        _note_failure(subscriber, event, problem)
        return False
    return True


def _note_failure(subscriber: Subscriber, event: Event, problem: Exception) -> None:
    delivery, _ = Delivery.objects.get_or_create(event=event, subscriber=subscriber.name)
    attempts = delivery.attempts + 1
    next_try_at = None if attempts >= MOST_ATTEMPTS else clock.now() + wait_after(attempts)
    error = _where(problem)
    Delivery.objects.filter(pk=delivery.pk).update(
        attempts=F("attempts") + 1, next_try_at=next_try_at, last_error=error, done_at=None
    )
    level = logging.WARNING if next_try_at else logging.ERROR
    log.log(level, "%s failed on event %d (%s), attempt %d: %s", subscriber.name, event.pk, event.type, attempts, error)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failures: doubling, with jitter, so that failures do not come back together."""
    longest = min(FIRST_WAIT_SECONDS * 2 ** (attempts - 1), LONGEST_WAIT_SECONDS)
    return timedelta(seconds=random.uniform(longest / 2, longest))  # noqa: S311 (jitter, no secret)


def _where(problem: Exception) -> str:
    """What failed and where, without the problem's own words: they may quote a message."""
    frames = extract_tb(problem.__traceback__)
    last = frames[-1] if frames else None
    return f"{type(problem).__name__} at {last.filename}:{last.lineno}" if last else type(problem).__name__
