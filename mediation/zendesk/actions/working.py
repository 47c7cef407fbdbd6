"""Bringing a ticket in step, one small step after the other, each of them safe to die in.

read what happened there → settle the request under way → open the ticket → say what waits → its state → its tags
"""

import logging
import time
from uuid import UUID

from mediation.core import clock
from mediation.zendesk import client
from mediation.zendesk.actions import (
    asking,
    backfilling,
    freezing,
    leases,
    opening,
    pulling,
    requests,
    sending,
    stating,
)
from mediation.zendesk.actions.asking import Wait
from mediation.zendesk.actions.leases import Hold
from mediation.zendesk.models import Mirror, Request
from mediation.zendesk.rules.pace import wait_after

AT_ONCE = 20
MOST_SECONDS = 20.0

log = logging.getLogger(__name__)


def work_due() -> int:
    """Bring the tickets in step on which something can be done, for at most MOST_SECONDS; returns how many were taken
    up. Any number of workers may do so at once.
    """
    until, worked, new_from = time.monotonic() + MOST_SECONDS, 0, clock.now()
    while asking.is_on() and (keys := leases.due(AT_ONCE, with_new=clock.now() >= new_from)):
        for key in keys:
            worked += 1
            wait = work(key)
            if (wait is not None and wait.is_everyones) or time.monotonic() > until:
                return worked
            if wait is not None and wait.is_of_new:
                new_from = wait.until
                break
    return worked


def work(mirror_id: UUID) -> Wait | None:
    """Bring one ticket in step as far as can be now; what it waits for, if it must."""
    hold = leases.take(mirror_id)
    if hold is None:
        return None
    try:
        while _step(Mirror.objects.select_related("dispute").get(pk=mirror_id)):
            leases.keep(hold)
    except Wait as wait:
        # A wait that is not its own costs a ticket nothing: it stays the next one.
        is_its_own = not (wait.is_everyones or wait.is_of_new)
        if is_its_own and wait.code == asking.FORBIDDEN:
            Mirror.objects.filter(pk=mirror_id, health=Mirror.Health.ON.value).update(why=wait.code)
        leases.give_back(hold, next_at=wait.until if is_its_own else clock.now())
        return wait
    except leases.Lost:
        log.warning("The lease of a ticket ran out under way.", extra={"mirror": str(mirror_id)})
    except client.Trouble as trouble:
        _put_off(hold, mirror_id, trouble.code)
    except Exception as problem:
        # Whatever it is, the others must go on. Its words may be somebody's: the log gets its kind.
        log.exception("A ticket could not be brought in step: %s", type(problem).__name__, exc_info=False)
        _put_off(hold, mirror_id, type(problem).__name__)
    else:
        leases.give_back(hold, next_at=None, is_well=True)
    return None


def _put_off(hold: Hold, mirror_id: UUID, code: str) -> None:
    failures = Mirror.objects.values_list("failures", flat=True).get(pk=mirror_id)
    Mirror.objects.filter(pk=mirror_id, health=Mirror.Health.ON.value).update(why=code[:60])
    leases.give_back(hold, next_at=clock.now() + wait_after(failures + 1), has_failed=True)


def _step(mirror: Mirror) -> bool:
    """Do the next thing; False when the ticket is in step, or waits for a person."""
    if mirror.is_asked_anew:
        return False  # letting go of it has it read anew
    if mirror.health != Mirror.Health.ON.value:
        return False
    try:
        return _next(mirror)
    except client.Missing:
        if mirror.ticket_id is None:
            raise
        freezing.lose(mirror)
        return False


def _next(mirror: Mirror) -> bool:
    if mirror.ticket_id is not None and (mirror.is_rung or not mirror.stamp):
        pulling.pull(mirror)
        return True
    if (request := requests.under_way(mirror)) is not None:
        settle = backfilling.settle if request.kind == Request.Kind.IMPORT.value else sending.settle
        settle(mirror, request)
        return True
    if mirror.ticket_id is None:
        return opening.prepare(mirror)
    return sending.prepare(mirror) or stating.prepare(mirror) or stating.tag(mirror)
