"""Arming, stopping and firing timers, and the ledger of deadlines that both parties read."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max

from mediation.disputes.models import Deadline, Dispute, Request, Timer
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
        reopenings=dispute.reopenings,
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
    latest: Callable[[Kind, datetime], datetime] = lambda kind, due_at: due_at,
) -> datetime | None:
    """Move what is running of these kinds, for whoever it is; returns when the first of them is due now.

    Each move is a line in the ledger that names the earlier moment. `latest` says how far a kind may be moved; what
    is there already stays as it is.
    """
    names = [kind.value for kind in kinds]
    running = dispute.timers.filter(fired_at__isnull=True, cancelled_at__isnull=True, kind__in=names)
    first: datetime | None = None
    for timer in running.order_by("due_at", "pk"):
        due_at = max(latest(Kind(timer.kind), timer.due_at + by), timer.due_at)
        if due_at == timer.due_at:
            continue
        line = dispute.deadlines.filter(kind=timer.kind, ended_at__isnull=True).order_by("-pk").first()
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


def stop(dispute: Dispute, kind: Kind, *, at: datetime, how: str = "done") -> datetime | None:
    """Stop the timer of that kind; returns when it would have been due."""
    running = dispute.timers.filter(fired_at__isnull=True, cancelled_at__isnull=True, kind=kind.value)
    due_at = running.values_list("due_at", flat=True).first()
    running.update(cancelled_at=at)
    dispute.deadlines.filter(ended_at__isnull=True, kind=kind.value).update(ended_at=at, ended_how=how)
    return due_at


def stop_all_but(dispute: Dispute, kept: Kind, *, at: datetime) -> None:
    """Stop everything that runs, except for one kind."""
    dispute.timers.filter(fired_at__isnull=True, cancelled_at__isnull=True).exclude(kind=kept.value).update(
        cancelled_at=at
    )
    dispute.deadlines.filter(ended_at__isnull=True).exclude(kind=kept.value).update(ended_at=at, ended_how="done")


def move_requests(
    dispute: Dispute,
    *,
    to: Callable[[Request], datetime],
    at: datetime,
    reason: str,
    is_extension: bool = False,
) -> bool:
    """What was asked of a party moves with the other deadlines, and so does its line in the ledger; whether any did.
    `to` says of each when it is due then.
    """
    moved = False
    waiting = dispute.requests.filter(answered_at__isnull=True, withdrawn_at__isnull=True)
    for request in waiting.order_by("asked_at", "pk"):
        due_at = to(request)
        if due_at == request.due_at:
            continue
        line = request_line(dispute, request.asked_of_id, request.due_at)
        request.due_at, moved = due_at, True
        request.save(update_fields=["due_at"])
        if line is not None:
            _move_line(line, due_at, at=at, reason=reason, is_extension=is_extension)
    return moved


def _move_line(line: Deadline, due_at: datetime, *, at: datetime, reason: str, is_extension: bool) -> None:
    """The same deadline anew, with why it moved."""
    line.ended_at, line.ended_how = at, "moved"
    line.save(update_fields=["ended_at", "ended_how"])
    Deadline.objects.create(
        dispute_id=line.dispute_id,
        kind=line.kind,
        who=line.who,
        person_id=line.person_id,
        about=line.about,
        due_at=due_at,
        was_due_at=line.due_at,
        reason=reason,
        is_extension=is_extension,
        reopenings=line.reopenings,
        set_at=at,
    )


def request_line(dispute: Dispute, person_id: UUID, due_at: datetime) -> Deadline | None:
    """The line of a request that runs: both always say the same moment."""
    lines = dispute.deadlines.filter(kind=Kind.REQUEST.value, person=person_id, due_at=due_at, ended_at__isnull=True)
    return lines.order_by("pk").first()


def began(dispute: Dispute, kind: Kind) -> datetime:
    """Since when the deadline of that kind has been there, however often it was moved."""
    given = dispute.deadlines.filter(kind=kind.value, was_due_at__isnull=True).order_by("-set_at", "-pk")
    return given.values_list("set_at", flat=True).first() or dispute.created_at


def is_running(dispute: Dispute, kind: Kind) -> bool:
    """Whether a timer of that kind waits."""
    return dispute.timers.filter(kind=kind.value, fired_at__isnull=True, cancelled_at__isnull=True).exists()


def left(dispute: Dispute, kind: Kind) -> timedelta:
    """What was left when the latest deadline of that kind was ended; nothing if there was none or it was over."""
    line = dispute.deadlines.filter(kind=kind.value, ended_at__isnull=False).order_by("-set_at", "-pk").first()
    if line is None or line.ended_at is None:
        return timedelta()
    return max(line.due_at - line.ended_at, timedelta())
