"""A ticket that nothing more is sent to until somebody has looked, and going on afterwards."""

import logging

from django.db import transaction

from mediation.core import clock
from mediation.zendesk.models import Mirror, Request

log = logging.getLogger(__name__)


def freeze(mirror: Mirror, code: str) -> None:
    """Stop. `code` says why, in the admin."""
    _stop(mirror, Mirror.Health.FROZEN, code)


def lose(mirror: Mirror) -> None:
    """The ticket is not there any more."""
    _stop(mirror, Mirror.Health.GONE, "missing")


def _stop(mirror: Mirror, health: Mirror.Health, code: str) -> None:
    mirror.health, mirror.why = health.value, code[:60]
    mirror.save(update_fields=["health", "why"])
    log.error("The mirror of a case stopped: %s", code, extra={"mirror": str(mirror.pk)})


@transaction.atomic
def resync(mirror: Mirror) -> None:
    """Somebody has looked: read the whole ticket again, and go on from what is really there. One that was deleted is
    made anew, with everything that was said. A worker who holds the ticket does it when letting go, so that nothing of
    what it has in its hands is written over it.
    """
    mirror = Mirror.objects.select_for_update().get(pk=mirror.pk)
    if mirror.leased_until is not None and mirror.leased_until > clock.now():
        mirror.is_asked_anew = True
        mirror.save(update_fields=["is_asked_anew"])
    else:
        read_anew(mirror)


def read_anew(mirror: Mirror) -> None:
    """The row is locked, or held by the caller's lease."""
    if mirror.health == Mirror.Health.GONE.value:
        _begin_again(mirror)
    mirror.health, mirror.why, mirror.failures = Mirror.Health.ON.value, "", 0
    mirror.audit_id, mirror.stamp, mirror.is_rung, mirror.checked_at = 0, "", True, None
    mirror.pushed, mirror.work_at, mirror.is_asked_anew = {}, clock.now(), False
    mirror.save()


def _begin_again(mirror: Mirror) -> None:
    mirror.ticket_id = None
    mirror.outgoing.update(done_at=None, request=None)
    Request.objects.filter(mirror=mirror).delete()
