"""Our own outages: who could not reach us before a deadline is given that time, and so is the other side."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Q

from accounts.models import User
from mediation.core import clock
from mediation.core.clock import iso
from mediation.core.errors import Refused, Unavailable
from mediation.core.tries import patiently
from mediation.disputes.actions import auto_release
from mediation.disputes.actions.saying import say
from mediation.disputes.errors import OutageKnown
from mediation.disputes.models import Dispute, Heartbeat, Outage, Overlay, Performed, Request, Timer
from mediation.disputes.rules.deadlines import OF_PARTIES, moved_by_outage
from mediation.disputes.rules.outages import check_outage
from mediation.disputes.rules.states import Actor

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=15)  # how often the mark is renewed
SILENCE = timedelta(seconds=90)  # a longer one was an outage
BEFORE = timedelta(hours=24)


def note_reachable(*, now: datetime | None = None) -> None:
    """People can act through the product now: said by a process that serves them. If none said so until now, that was
    an outage; the worker's own silence is none, for nobody needs it to act.
    """
    now = now or clock.now()
    seen_at = Heartbeat.objects.values_list("seen_at", flat=True).first()
    if seen_at is None:
        Heartbeat.objects.get_or_create(pk=1, defaults={"seen_at": now})
    elif now - seen_at >= EVERY:
        patiently(lambda: _renew(now))


def give_back(*, now: datetime | None = None) -> None:
    """Move the deadlines for what was noticed, before any timer speaks."""
    now = now or clock.now()
    for outage in Outage.objects.filter(granted_at__isnull=True).order_by("began_at"):
        _grant_all(outage, now)


def catch_up(now: datetime) -> None:
    """Somebody says a command, so people can act: both at once. Where nobody ever served people, nothing is known of
    outages.
    """
    waits = Exists(Outage.objects.filter(granted_at__isnull=True))
    if Heartbeat.objects.filter(Q(seen_at__lte=now - EVERY) | waits).exists():
        note_reachable(now=now)
        give_back(now=now)


def record(*, user: User, began_at: datetime, ended_at: datetime, reason: str) -> Outage:
    """An outage that only people know of, for instance of the network; deadlines that still run move at once. The same
    times again are the same outage.

    Raises OutageTimes for times that are no past stretch of at most a week, OutageKnown where another overlaps,
    ReasonMissing.
    """
    now = clock.now()
    outage = _recorded(user, began_at, ended_at, reason.strip())
    if outage.granted_at is None:
        _grant_all(outage, now)
        outage.refresh_from_db(fields=["granted_at"])
    return outage


def check_new(*, began_at: datetime, ended_at: datetime, reason: str) -> Outage | None:
    """Whether it can be recorded; returns the one that was recorded for the very same times. Raises like `record`."""
    check_outage(began_at, ended_at, reason, clock.now())
    for other in Outage.objects.filter(began_at__lt=ended_at, ended_at__gt=began_at):
        if (other.began_at, other.ended_at) != (began_at, ended_at):
            raise OutageKnown(detail={"began_at": iso(other.began_at), "ended_at": iso(other.ended_at)})
        return other
    return None


@transaction.atomic
def _recorded(user: User, began_at: datetime, ended_at: datetime, reason: str) -> Outage:
    """Once: the mark's row is where those who record stand in line."""
    Heartbeat.objects.get_or_create(pk=1, defaults={"seen_at": clock.now()})
    Heartbeat.objects.select_for_update(no_key=True, of=("self",)).get(pk=1)
    same = check_new(began_at=began_at, ended_at=ended_at, reason=reason)
    return same or Outage.objects.create(began_at=began_at, ended_at=ended_at, reason=reason, recorded_by=user)


@transaction.atomic
def _renew(now: datetime) -> None:
    mark = Heartbeat.objects.select_for_update(no_key=True, of=("self",)).get(pk=1)
    if now - mark.seen_at > SILENCE:
        Outage.objects.create(began_at=mark.seen_at, ended_at=now)
    mark.seen_at = max(mark.seen_at, now)
    mark.save(update_fields=["seen_at"])


def _grant_all(outage: Outage, now: datetime) -> None:
    for dispute_id in sorted(_concerned(outage)):
        _grant_safely(dispute_id, outage, now)
    _finish(outage, now)


def _grant_safely(dispute_id: UUID, outage: Outage, now: datetime) -> None:
    """A case that breaks is logged and does not hold up the others: until all was given back no timer speaks, nothing
    is paid by itself, and every command asks for it first.
    """
    try:
        patiently(lambda: _grant(dispute_id, outage, now))
    except Unavailable:
        raise
    except Exception:
        log.exception("The time of an outage could not be given back", extra={"dispute": str(dispute_id)})


def _concerned(outage: Outage) -> set[UUID]:
    """The cases with a deadline within 24 hours; and because a hold moves deadlines away from what was before it, those
    that were held since. Which of them is given anything the command itself looks at.
    """
    held = Overlay.objects.filter(kind="hold", ended_at__gt=outage.began_at).values("dispute")
    near = Q(due_at__lt=outage.ended_at + BEFORE) | Q(dispute__in=held)
    kinds = [kind.value for kind in OF_PARTIES]
    timers = Timer.objects.filter(near, fired_at__isnull=True, cancelled_at__isnull=True, kind__in=kinds)
    requests = Request.objects.filter(near, answered_at__isnull=True, withdrawn_at__isnull=True)
    after = {"due_at__gt": outage.began_at}
    return {one for rows in (timers, requests) for one in rows.filter(**after).values_list("dispute", flat=True)}


def _finish(outage: Outage, now: datetime) -> None:
    """What is paid by itself belongs to no case: it moves together with the note that all was granted, once. Money that
    somebody moves at the moment is waited for as a command waits, and tried again.
    """
    patiently(lambda: _move_releases(outage, now))


def _move_releases(outage: Outage, now: datetime) -> None:
    if Outage.objects.select_for_update(no_key=True, of=("self",)).get(pk=outage.pk).granted_at is None:
        between = (outage.began_at, outage.ended_at)
        auto_release.move(between[0], between[1] + BEFORE, to=lambda due_at: moved_by_outage(due_at, [between]))
        Outage.objects.filter(pk=outage.pk).update(granted_at=now)


@transaction.atomic
def _grant(dispute_id: UUID, outage: Outage, now: datetime) -> None:
    """Once for a case, by the id of the outage; a case that is over, or that lost nothing by it, is refused it."""
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
