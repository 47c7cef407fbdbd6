"""Arming, stopping and firing timers, and the ledger of deadlines that both parties read."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Max

from mediation.disputes.models import Deadline, Dispute, Timer
from mediation.disputes.rules.deadlines import Kind


def arm(
    dispute: Dispute,
    kind: Kind,
    due_at: datetime,
    *,
    who: str,
    at: datetime,
    reason: str = "",
    is_extension: bool = False,
) -> Timer:
    """Set a timer anew: the next epoch of its kind, in the place of an earlier one, and a line in the ledger."""
    was = stop(dispute, kind, at=at, how="moved")
    newest = dispute.timers.filter(kind=kind.value).aggregate(newest=Max("epoch"))["newest"] or 0
    timer = Timer.objects.create(dispute=dispute, kind=kind.value, epoch=newest + 1, due_at=due_at)
    Deadline.objects.create(
        dispute=dispute,
        kind=kind.value,
        who=who,
        due_at=due_at,
        was_due_at=was,
        reason=reason,
        is_extension=is_extension,
        set_at=at,
    )
    return timer


def move(
    dispute: Dispute,
    kinds: Collection[Kind],
    *,
    by: timedelta,
    at: datetime,
    reason: str,
    is_extension: bool = False,
) -> datetime | None:
    """Move what is running of these kinds, for whoever it is; returns when the first of them is due now.

    Each move is a line in the ledger that names the earlier moment.
    """
    names = [kind.value for kind in kinds]
    running = dispute.timers.filter(fired_at__isnull=True, cancelled_at__isnull=True, kind__in=names)
    first: datetime | None = None
    for timer in running.order_by("due_at"):
        line = dispute.deadlines.filter(kind=timer.kind, ended_at__isnull=True).order_by("-pk").first()
        due_at = timer.due_at + by
        arm(
            dispute,
            Kind(timer.kind),
            due_at,
            who=line.who if line else "both",
            at=at,
            reason=reason,
            is_extension=is_extension,
        )
        first = first or due_at
    return first


def stop(dispute: Dispute, kind: Kind | None, *, at: datetime, how: str = "done") -> datetime | None:
    """Stop the timer of that kind, or all; returns when the stopped one would have been due."""
    running = dispute.timers.filter(fired_at__isnull=True, cancelled_at__isnull=True)
    lines = dispute.deadlines.filter(ended_at__isnull=True)
    if kind is not None:
        running, lines = running.filter(kind=kind.value), lines.filter(kind=kind.value)
    due_at = running.values_list("due_at", flat=True).first() if kind is not None else None
    running.update(cancelled_at=at)
    lines.update(ended_at=at, ended_how=how)
    return due_at
