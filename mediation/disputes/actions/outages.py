"""Our own outages: who could not reach us before a deadline is given that time, and so is the other side."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mediation.core import clock
from mediation.core.errors import Refused
from mediation.disputes.actions.saying import say
from mediation.disputes.models import Dispute, Heartbeat, Outage, Performed, Timer
from mediation.disputes.rules.deadlines import OF_PARTIES
from mediation.disputes.rules.states import Actor

EVERY = timedelta(seconds=15)  # how often the mark is renewed
SILENCE = timedelta(seconds=90)  # a longer one was an outage
BEFORE = timedelta(hours=24)


def note_alive(*, now: datetime | None = None) -> None:
    """The product works now. If it was silent until now, that was an outage, and deadlines move before any timer
    speaks.
    """
    now = now or clock.now()
    seen_at = Heartbeat.objects.values_list("seen_at", flat=True).first()
    if seen_at is None:
        Heartbeat.objects.get_or_create(pk=1, defaults={"seen_at": now})
    elif now - seen_at >= EVERY:
        _renew(now)
    for outage in Outage.objects.filter(granted_at__isnull=True).order_by("began_at"):
        _grant_all(outage, now)


def catch_up(now: datetime) -> None:
    """The same where somebody says a command; where no worker ever ran, nothing is known of outages."""
    if Heartbeat.objects.filter(seen_at__lte=now - EVERY).exists():
        note_alive(now=now)


def record(*, began_at: datetime, ended_at: datetime) -> Outage:
    """An outage that only people know of, for instance of the network; deadlines move at once."""
    outage = Outage.objects.create(began_at=began_at, ended_at=ended_at)
    _grant_all(outage, clock.now())
    return outage


@transaction.atomic
def _renew(now: datetime) -> None:
    mark = Heartbeat.objects.select_for_update(no_key=True, of=("self",)).get(pk=1)
    if now - mark.seen_at > SILENCE:
        Outage.objects.create(began_at=mark.seen_at, ended_at=now)
    mark.seen_at = max(mark.seen_at, now)
    mark.save(update_fields=["seen_at"])


def _grant_all(outage: Outage, now: datetime) -> None:
    waiting = Timer.objects.filter(
        fired_at__isnull=True,
        cancelled_at__isnull=True,
        kind__in=[kind.value for kind in OF_PARTIES],
        due_at__gt=outage.began_at,
        due_at__lt=outage.ended_at + BEFORE,
    )
    for dispute_id in list(waiting.order_by("dispute").values_list("dispute", flat=True).distinct()):
        _grant(dispute_id, outage, now)
    Outage.objects.filter(pk=outage.pk).update(granted_at=now)


@transaction.atomic
def _grant(dispute_id: UUID, outage: Outage, now: datetime) -> None:
    """Once for a case, by the id of the outage. A case on hold has all its time back anyway when the hold ends."""
    dispute = Dispute.objects.select_for_update(no_key=True, of=("self",)).get(pk=dispute_id)
    if Performed.objects.filter(dispute=dispute, command_id=outage.pk).exists():
        return
    between = {"began_at": outage.began_at, "ended_at": outage.ended_at}
    try:
        with transaction.atomic():
            say(dispute, None, frozenset({Actor.SYSTEM}), "grant_outage", between, now)
    except Refused:
        return
    Performed.objects.create(
        dispute=dispute, command_id=outage.pk, command="grant_outage", version=dispute.version,
        result={"state": dispute.state}, at=now,
    )  # fmt: skip
