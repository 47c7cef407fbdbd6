"""What lies over a state for a while, and how it moves the deadlines: for both parties alike, and never Upwork's
own.
"""

from datetime import datetime, timedelta

from django.db.models import F

from mediation.disputes.actions import timers
from mediation.disputes.actions.effects.times import talks_capped
from mediation.disputes.actions.step import Step, effect
from mediation.disputes.errors import NothingToExtend
from mediation.disputes.models import Overlay
from mediation.disputes.rules.deadlines import OF_PARTIES, Kind
from mediation.disputes.rules.states import Overlay as OverlayKind


@effect("begin_hold")
def begin_hold(step: Step) -> None:
    """Everything stops; the timers stay as they are and are moved when the hold ends."""
    _lay(step, OverlayKind.HOLD, None)


@effect("end_hold")
def end_hold(step: Step) -> None:
    hold = step.dispute.overlays.get(kind=OverlayKind.HOLD.value, ended_at__isnull=True)
    hold.ended_at = step.now
    hold.save(update_fields=["ended_at"])
    length = step.now - hold.begins_at
    step.dispute.offers.filter(status="open").update(expires_at=F("expires_at") + length)
    timers.move_requests(step.dispute, to=lambda request: request.due_at + length, at=step.now, reason="hold")
    timers.move(step.dispute, frozenset(Kind), by=length, at=step.now, reason="hold")


@effect("begin_cooling_off")
def begin_cooling_off(step: Step) -> None:
    length = timedelta(hours=step.payload["hours"])
    _lay(step, OverlayKind.COOLING_OFF, length)
    _move(step, length, "cooling_off")
    step.line |= {"until": (step.now + length).isoformat()}


@effect("begin_absence", reads=("absence_from",))
def begin_absence(step: Step) -> None:
    """It begins at once, or where the person's last one in this case ends. Every one of theirs reaches on from now: two
    at once in two cases take no more days than the longer.
    """
    begins_at, length = step.facts.absence_from or step.now, timedelta(days=step.payload["days"])
    _lay(step, OverlayKind.ABSENCE, length, begins_at=begins_at)
    _move(step, length, "absence")
    step.line |= {"until": (begins_at + length).isoformat()}


@effect("extend_deadline")
def extend_deadline(step: Step) -> None:
    """The deadline that is next, for both sides."""
    length = timedelta(hours=step.payload["hours"])
    moved = _move(step, length, step.payload["reason"], is_extension=True)
    if moved is None:
        raise NothingToExtend
    step.line |= {"until": moved.isoformat() if moved else None, "reason": step.payload["reason"]}


def _move(step: Step, length: timedelta, reason: str, *, is_extension: bool = False) -> datetime | None:
    """The parties' deadlines, the offers that stand and what was asked of them, all by the same length."""

    def latest(kind: Kind, due_at: datetime) -> datetime:
        return talks_capped(step, due_at) if kind is Kind.TALKS else due_at

    step.dispute.offers.filter(status="open").update(expires_at=F("expires_at") + length)
    timers.move_requests(
        step.dispute,
        to=lambda request: request.due_at + length,
        at=step.now,
        reason=reason,
        is_extension=is_extension,
    )
    return timers.move(
        step.dispute, OF_PARTIES, by=length, at=step.now, reason=reason, is_extension=is_extension, latest=latest
    )


def _lay(step: Step, kind: OverlayKind, length: timedelta | None, *, begins_at: datetime | None = None) -> None:
    begins_at = begins_at or step.now
    Overlay.objects.create(
        dispute=step.dispute,
        kind=kind.value,
        asked_by=step.person,
        reason=str(step.payload.get("reason", "")),
        begins_at=begins_at,
        ends_at=begins_at + length if length else None,
    )
