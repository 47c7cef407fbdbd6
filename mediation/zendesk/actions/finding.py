"""Finding out whether a ticket was made when nobody answered."""

import logging
from collections.abc import Callable

from mediation.core import clock
from mediation.zendesk.actions import pulling
from mediation.zendesk.actions.asking import Wait, ask
from mediation.zendesk.actions.opening import external_id
from mediation.zendesk.actions.requests import forget
from mediation.zendesk.models import Mirror, Request
from mediation.zendesk.rules import pace, payloads

DUPLICATE = "parley_duplicate"

log = logging.getLogger(__name__)


def settle_opening(mirror: Mirror, request: Request, *, send: Callable[[Mirror, Request], None]) -> None:
    """While Zendesk remembers the key, the same bytes under it make no second ticket. Later, or when it says that there
    is a conflict, the case's ticket is looked for: the oldest is ours, and others are marked for a person.
    """
    began = request.first_tried_at or clock.now()
    if request.problem != "stale" and clock.now() - began < pace.KEY_LIVES:
        send(mirror, request)
        return
    found = tickets_of(mirror)
    if not found:
        look_again(request)
        forget(request)
        return
    mirror.ticket_id, mirror.stamp, mirror.audit_id = found[0], "", 0
    mirror.save(update_fields=["ticket_id", "stamp", "audit_id"])
    for other in found[1:]:
        ask("PUT", f"/api/v2/tickets/{other}/tags", body=payloads.tags({DUPLICATE}), uses={"updates": pace.UPDATES})
        log.error("A case has two tickets.", extra={"mirror": str(mirror.pk), "ticket": other})
    pulling.pull(mirror)
    request.refresh_from_db()
    if request.settled_at is None:
        forget(request)


def look_again(request: Request) -> None:
    """Twice in vain with half a minute between: it was not made. Raises Wait before that."""
    now = clock.now()
    if request.looked_at is None:
        request.looked_at = now
        request.save(update_fields=["looked_at"])
    if now < (until := request.looked_at + pace.BETWEEN_LOOKS):
        raise Wait(until, "looking", is_everyones=False)


def tickets_of(mirror: Mirror) -> list[int]:
    """Tickets that name the case, the oldest first, without those that were closed before."""
    answer = ask("GET", "/api/v2/tickets", params={"external_id": external_id(mirror.dispute_id)})
    found = sorted(int(one["id"]) for one in answer.data.get("tickets") or ())
    return [one for one in found if one not in mirror.earlier]
