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
    made anew, with everything that was said.
    """
    mirror = Mirror.objects.select_for_update().get(pk=mirror.pk)
    if mirror.health == Mirror.Health.GONE.value:
        _begin_again(mirror)
    mirror.health, mirror.why, mirror.failures = Mirror.Health.ON.value, "", 0
    mirror.audit_id, mirror.stamp, mirror.is_rung, mirror.checked_at = 0, "", True, None
    mirror.pushed, mirror.work_at = {}, clock.now()
    mirror.save()


def _begin_again(mirror: Mirror) -> None:
    mirror.ticket_id = None
    mirror.outgoing.update(done_at=None, request=None)
    Request.objects.filter(mirror=mirror).delete()
