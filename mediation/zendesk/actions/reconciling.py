"""Finding what webhooks and answers missed: the export of changed tickets every few minutes, each ticket once a day."""

import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from mediation.core import clock
from mediation.zendesk import client
from mediation.zendesk.actions import asking, freezing, leases, outbox
from mediation.zendesk.actions.asking import Wait, account, ask
from mediation.zendesk.actions.opening import external_id
from mediation.zendesk.actions.pulling import newer_audits, privacy_holds
from mediation.zendesk.actions.webhooks import wake
from mediation.zendesk.models import Account, Mirror, Outgoing, Request
from mediation.zendesk.rules import pace
from mediation.zendesk.rules.audits import Audit

MOST_PAGES = 20
BACK = timedelta(minutes=15)  # where reading begins without a cursor
EVERY = timedelta(days=1)
FRESH = timedelta(minutes=5)  # what was written a moment ago is not missed yet
AT_ONCE = 20
MOST_SECONDS = 20.0

log = logging.getLogger(__name__)


def read_changes() -> int:
    """Wake the tickets that changed since the last time; returns how many rows were read. Rows repeat, which does no
    harm; a cursor that Zendesk no longer knows begins again where the last reading was.
    """
    if not asking.is_on():
        return 0
    read = 0
    try:
        for _ in range(MOST_PAGES):
            rows, is_end = _page()
            read += rows
            if is_end:
                break
    except Wait:
        pass  # the next knock goes on from the cursor
    except client.Invalid:
        Account.objects.filter(pk=1).update(cursor="")
        log.warning("The cursor of changed tickets was refused; reading begins again from the last time.")
    except client.Trouble as trouble:
        log.warning("Changed tickets could not be read: %s", trouble.code)
    return read


def _page() -> tuple[int, bool]:
    found = account()
    began = clock.now()
    params: dict[str, str | int] = {"per_page": 100}
    if found.cursor:
        params["cursor"] = found.cursor
    else:
        params["start_time"] = int(((found.exported_at or began) - BACK).timestamp())
    data = ask("GET", "/api/v2/incremental/tickets/cursor", params=params, uses={"export": pace.EXPORTS}).data
    tickets = data.get("tickets") or []
    for ticket in tickets:
        _note(ticket)
    Account.objects.filter(pk=1).update(cursor=str(data.get("after_cursor") or found.cursor), exported_at=began)
    return len(tickets), bool(data.get("end_of_stream", True))


def _note(ticket: dict[str, object]) -> None:
    key = int(str(ticket["id"]))
    mirror = Mirror.objects.filter(ticket_id=key, health=Mirror.Health.ON.value).first()
    if mirror is None:
        return
    if ticket.get("status") == "deleted":
        freezing.lose(mirror)
    elif str(ticket.get("updated_at") or "") != mirror.stamp:
        wake(key)


def check_due() -> int:
    """Compare tickets whose last look is a day old, for at most MOST_SECONDS; returns how many."""
    if not asking.is_on():
        return 0
    until, checked = time.monotonic() + MOST_SECONDS, 0
    now = clock.now()
    due = Mirror.objects.filter(
        Q(checked_at__isnull=True) | Q(checked_at__lte=now - EVERY),
        health=Mirror.Health.ON.value, ticket_id__isnull=False, created_at__lte=now - FRESH,
    )  # fmt: skip
    for key in list(due.order_by("checked_at").values_list("pk", flat=True)[:AT_ONCE]):
        try:
            checked += _check_alone(key)
        except (Wait, client.Trouble):
            break
        if time.monotonic() > until:
            break
    return checked


def _check_alone(key: UUID) -> bool:
    mirror = Mirror.objects.select_related("dispute").get(pk=key)
    hold = leases.take(mirror.pk)
    if hold is None:
        return False
    try:
        check(mirror)
    except client.Missing:
        freezing.lose(mirror)
    finally:
        leases.give_back(hold, next_at=None)
    return True


def check(mirror: Mirror) -> None:
    """Every line that should be on the ticket is there once, as private as was meant, and no other ticket names the
    case. What is missing is sent; what is wrong stops the mirror.
    """
    outbox.catch_up(mirror, mirror.dispute)
    there = newer_audits(mirror, 0)
    _send_what_is_missing(mirror, there)
    public = {str(pk): is_public for pk, is_public in _meant(mirror)}
    for audit in there:
        meant = {public[item] for item in audit.items if item in public}
        if audit.is_marked and meant and not privacy_holds(mirror, min(meant), audit):
            freezing.freeze(mirror, "privacy")
    if mirror.ticket_id and any(one.id > mirror.audit_id and not one.is_marked for one in there):
        wake(mirror.ticket_id)  # in the same second as our own last change, the export does not tell them apart
    found = ask("GET", "/api/v2/tickets", params={"external_id": external_id(mirror.dispute_id)}).data
    others = {int(one["id"]) for one in found.get("tickets") or ()} - {mirror.ticket_id, *mirror.earlier}
    if others:
        log.error("A case has more than one ticket.", extra={"mirror": str(mirror.pk)})
    Mirror.objects.filter(pk=mirror.pk).update(checked_at=clock.now())


def _meant(mirror: Mirror) -> Iterator[tuple[UUID, bool]]:
    for item, is_public in Outgoing.objects.filter(mirror=mirror).values_list("pk", "request__public"):
        if is_public is not None:
            yield item, is_public


@transaction.atomic
def _send_what_is_missing(mirror: Mirror, there: list[Audit]) -> None:
    """Lines that are held to be on the ticket and are not: they wait again. Those of an earlier ticket stand there."""
    items = {item for audit in there for item in audit.items}
    began = Request.objects.filter(mirror=mirror, kind=Request.Kind.OPEN.value).order_by("-made_at").first()
    done = Outgoing.objects.filter(mirror=mirror, done_at__isnull=False, done_at__lte=clock.now() - FRESH)
    done = done.exclude(request__kind=Request.Kind.IMPORT.value)  # imports carry no marks
    if began is not None:
        done = done.exclude(request__made_at__lt=began.made_at)
    missing = [pk for pk in done.values_list("pk", flat=True) if str(pk) not in items]
    if missing:
        log.error("%d lines were missing on a ticket.", len(missing), extra={"mirror": str(mirror.pk)})
        Outgoing.objects.filter(pk__in=missing).update(done_at=None, request=None)
