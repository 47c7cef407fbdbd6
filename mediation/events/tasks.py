"""The worker's side: beat and the bell wake it, and it empties the log of what is not handled yet."""

import time

from celery import shared_task

from mediation.events.dispatch import dispatch as dispatch_once

MOST_SECONDS = 20.0


@shared_task(name="mediation.events.tasks.dispatch")
def dispatch() -> int:
    """Hand over everything that waits, for at most MOST_SECONDS; the next call goes on. Returns how many were tried."""
    until = time.monotonic() + MOST_SECONDS
    total = 0
    while tried := dispatch_once():
        total += tried
        if time.monotonic() > until:
            break
    return total
