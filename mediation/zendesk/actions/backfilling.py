"""Cases that were there before Zendesk was: their tickets are imported with their past, a hundred at a time.

An import has no key that makes it once, and no marks; so each case's part of it is a request like any other, written
down before it is sent. What became of it is read from the job, row by row, or else the ticket is found by its case.
"""

import json

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from mediation.core import clock
from mediation.disputes.models import Dispute
from mediation.disputes.rules.states import State
from mediation.zendesk import client
from mediation.zendesk.actions import asking, outbox
from mediation.zendesk.actions.asking import Wait, ask
from mediation.zendesk.actions.finding import look_again, tickets_of
from mediation.zendesk.actions.opening import pushes_of, ticket_of
from mediation.zendesk.actions.requests import done, forget, under_way
from mediation.zendesk.models import Mirror, Outgoing, Request
from mediation.zendesk.queries.batches import past_of
from mediation.zendesk.rules import pace, payloads

MOST = 100


def backfill(*, limit: int = MOST) -> int:
    """Import the oldest open cases that have no ticket, at most a hundred; returns how many were sent. Called again it
    goes on. Raises Wait and Trouble: then what was sent is looked for like any request that nobody answered.
    """
    if not asking.is_on():
        return 0
    cases = list(_without_ticket()[: min(limit, MOST)])
    # Before anything is written down: it makes people known there, one a second, and so has to wait now and then.
    tickets = [ticket_of(Mirror(dispute=case), case, payloads.Comment("", False, [])) for case in cases]
    written = (_write(case, ticket) for case, ticket in zip(cases, tickets, strict=True))
    rows = [row for row in written if row is not None]
    if not rows:
        return 0
    body = payloads.imports([json.loads(row.body) for row in rows])
    keys = [row.pk for row in rows]
    for place, row in enumerate(rows):
        Request.objects.filter(pk=row.pk).update(row=place)
    try:
        answer = ask("POST", "/api/v2/imports/tickets/create_many", body=body, uses={"updates": pace.UPDATES})
    except client.Stale:
        raise  # of something new it says that nobody knows
    except (Wait, client.NotTaken):
        for row in rows:
            forget(row)
        raise
    finally:
        Mirror.objects.filter(pk__in=[row.mirror_id for row in rows]).update(work_at=clock.now())
    job = str((answer.data.get("job_status") or {}).get("id") or "")
    Request.objects.filter(pk__in=keys).update(job=job[:64])
    return len(rows)


def _without_ticket() -> QuerySet[Dispute]:
    """Open cases that others know of, the oldest first."""
    over = [State.CLOSED.value, State.DRAFT.value]
    mirrored = Mirror.objects.filter(dispute=OuterRef("pk"))
    cases = Dispute.objects.exclude(state__in=over).filter(~Exists(mirrored)).order_by("created_at")
    return cases.select_related("filer", "respondent")


def _write(dispute: Dispute, ticket: payloads.NewTicket) -> Request | None:
    """A case's part, as it will be sent; None where there is nothing to say, or somebody else began meanwhile."""
    with transaction.atomic():
        mirror = outbox.begin(dispute)
        if mirror is None or under_way(mirror) is not None or mirror.ticket_id is not None:
            return None
        items, comments = past_of(mirror)
        if not comments:
            return None
        now = clock.now()
        request = Request.objects.create(
            mirror=mirror,
            kind=Request.Kind.IMPORT.value,
            body=json.dumps(payloads.imported(ticket, comments)),
            pushes=pushes_of(dispute),
            made_at=now,
            first_tried_at=now,
            tried_at=now,
            attempts=1,
        )
        Outgoing.objects.filter(pk__in=[item.pk for item in items]).update(request=request)
    return request


def settle(mirror: Mirror, request: Request) -> None:
    """What became of a case's part of an import. A row that failed is made like any new ticket."""
    found = _by_job(request) if request.job else None
    if found is None:
        found = next(iter(tickets_of(mirror)), 0)
        if not found:
            look_again(request)
    if not found:
        forget(request)
        return
    mirror.ticket_id, mirror.stamp = found, ""
    done(mirror, request, audit_id=None)


def _by_job(request: Request) -> int | None:
    """The ticket; 0 for a row that failed; None where the job does not tell. Raises Wait while it works."""
    try:
        job = ask("GET", f"/api/v2/job_statuses/{request.job}").data["job_status"]
    except client.Missing:
        return None
    if job.get("status") in ("queued", "working"):
        raise Wait(clock.now() + pace.FIRST_WAIT, "importing", is_everyones=False)
    rows = {one.get("index"): one for one in job.get("results") or ()}
    row = rows.get(request.row)
    if row is None:
        return None
    return 0 if row.get("error") or row.get("success") is False else int(row.get("id") or 0)
