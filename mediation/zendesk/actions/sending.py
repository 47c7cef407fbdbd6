"""Saying what waits, exactly once, and settling what became of a request that nobody answered.

Before a request is sent it is noted that it was; so whoever finds it later knows that it may have been applied, and
looks for it on the ticket before it is sent again.
"""

from typing import Any

from django.db.models import F

from mediation.core import clock
from mediation.zendesk import client
from mediation.zendesk.actions import finding, freezing, publishing, pulling
from mediation.zendesk.actions.asking import Wait, ask
from mediation.zendesk.actions.requests import done, forget, write
from mediation.zendesk.models import Mirror, Request
from mediation.zendesk.queries.batches import next_batch
from mediation.zendesk.rules import audits, pace, payloads
from mediation.zendesk.rules.statuses import CLOSED


def prepare(mirror: Mirror) -> bool:
    """Write the request for the next comment. False when everything was said."""
    batch = next_batch(mirror)
    if batch is None:
        return False
    if batch.public and not publishing.is_right(mirror):
        freezing.freeze(mirror, "audience")
        return True
    comment = payloads.Comment(batch.html, batch.public, [str(item.pk) for item in batch.items])
    body = payloads.update(stamp=mirror.stamp, comment=comment, status=None, fields={}, mark=())
    write(mirror, Request.Kind.COMMENT, body, public=batch.public, items=batch.items)
    return True


def settle(mirror: Mirror, request: Request) -> None:
    """Send it, or find out what became of it. Raises Wait and Trouble."""
    if request.tried_at is None:
        _send(mirror, request)
    elif request.kind == Request.Kind.OPEN.value:
        finding.settle_opening(mirror, request, send=_send)
    else:
        _look(mirror, request)


def _send(mirror: Mirror, request: Request) -> None:
    now = clock.now()
    Request.objects.filter(pk=request.pk).update(
        tried_at=now, first_tried_at=request.first_tried_at or now, attempts=F("attempts") + 1, looks=0, looked_at=None
    )
    try:
        answer = _post(mirror, request)
    except Wait:
        _was_not_taken(request, "")
        raise
    except client.Stale:
        Request.objects.filter(pk=request.pk).update(problem="stale")
    except client.Invalid as problem:
        _was_not_taken(request, problem.code)
        _refused(mirror, request, problem)
    except client.NotTaken as problem:
        _was_not_taken(request, problem.code)
        raise
    except client.Unsure as problem:
        Request.objects.filter(pk=request.pk).update(problem=problem.code)
        raise
    else:
        _taken(mirror, request, answer.data)


def _post(mirror: Mirror, request: Request) -> client.Answer:
    body = request.body.encode()
    if request.kind == Request.Kind.OPEN.value:
        return ask("POST", "/api/v2/tickets", body=body, key=request.pk, uses={"updates": pace.UPDATES})
    uses = {"updates": pace.UPDATES, f"ticket.{mirror.ticket_id}": pace.OF_A_TICKET}
    return ask("PUT", f"/api/v2/tickets/{mirror.ticket_id}", body=body, uses=uses)


def _was_not_taken(request: Request, code: str) -> None:
    """It may be sent again as it is, unless nobody knows of an earlier try: that stays unknown, and so do its hours."""
    Request.objects.filter(pk=request.pk).update(
        tried_at=request.tried_at, first_tried_at=request.first_tried_at, problem=code[:60]
    )


def _taken(mirror: Mirror, request: Request, data: dict[str, Any]) -> None:
    """Applied, and answered: what the ticket got is compared with what was meant."""
    ticket, audit = data.get("ticket") or {}, data.get("audit")
    found = audits.read(audit) if audit else None
    mirror.ticket_id = int(ticket["id"])
    mirror.stamp = str(ticket.get("updated_at") or "")
    mirror.there = pulling.decided_there(ticket)
    is_private = found is None or request.public is None or pulling.privacy_holds(mirror, request.public, found)
    done(mirror, request, audit_id=found.id if found else None)
    if found is None:
        Mirror.objects.filter(pk=mirror.pk).update(is_rung=True)
    if not is_private:
        freezing.freeze(mirror, "privacy")


def _look(mirror: Mirror, request: Request) -> None:
    """Search the newest audits for it, twice with half a minute between: then it was not applied, and is sent again."""
    pulling.pull(mirror)
    request.refresh_from_db()
    if request.settled_at is not None:
        return
    now = clock.now()
    if request.looked_at is not None and now < request.looked_at + pace.BETWEEN_LOOKS:
        raise Wait(request.looked_at + pace.BETWEEN_LOOKS, "looking", is_everyones=False)
    looks = request.looks + 1
    Request.objects.filter(pk=request.pk).update(looks=looks, looked_at=now)
    if looks < pace.LOOKS:
        raise Wait(now + pace.BETWEEN_LOOKS, "looking", is_everyones=False)
    mirror.stamp = ""  # read again: it may be why the request was refused
    mirror.save(update_fields=["stamp"])
    forget(request)


def _refused(mirror: Mirror, request: Request, problem: client.Invalid) -> None:
    """Zendesk will not take it as it is: go on on another ticket, do without a field, or let somebody look."""
    if "UserSuspended" in {problem.code, *problem.named}:
        freezing.freeze(mirror, "suspended")
    elif "custom_fields" in problem.named and not mirror.pushed.get("no_fields"):
        mirror.pushed = {**mirror.pushed, "no_fields": True}
        mirror.save(update_fields=["pushed"])
        forget(request)
    elif mirror.ticket_id is not None and _is_over(mirror, problem):
        pulling.pull(mirror)  # nobody reads it again
        mirror.earlier, mirror.ticket_id = [*mirror.earlier, mirror.ticket_id], None
        mirror.stamp, mirror.audit_id, mirror.pushed = "", 0, {}
        mirror.save(update_fields=["earlier", "ticket_id", "stamp", "audit_id", "pushed"])
        forget(request)
    else:
        freezing.freeze(mirror, problem.code)


def _is_over(mirror: Mirror, problem: client.Invalid) -> bool:
    """Whether the ticket takes nothing more: it is closed, or holds as many comments as it can."""
    if problem.named & {"comment", "TooManyComments"}:
        return True
    return pulling.read_ticket(mirror) == CLOSED
