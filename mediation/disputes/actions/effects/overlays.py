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
from mediation.disputes.rules.deadlines import OF_PARTIES, Kind, moved_by_outage
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
    timers.move_requests(step.dispute, by=length, at=step.now)
    timers.move(step.dispute, frozenset(Kind), by=length, at=step.now, reason="hold")


@effect("begin_cooling_off")
def begin_cooling_off(step: Step) -> None:
    length = timedelta(hours=step.payload["hours"])
    _lay(step, OverlayKind.COOLING_OFF, length)
    _move(step, length, "cooling_off")
    step.line |= {"until": (step.now + length).isoformat()}


@effect("begin_absence")
def begin_absence(step: Step) -> None:
    length = timedelta(days=step.payload["days"])
    _lay(step, OverlayKind.ABSENCE, length)
    _move(step, length, "absence")
    step.line |= {"until": (step.now + length).isoformat()}


@effect("extend_deadline")
def extend_deadline(step: Step) -> None:
    """The deadline that is next, for both sides."""
    length = timedelta(hours=step.payload["hours"])
    moved = _move(step, length, step.payload["reason"], is_extension=True)
    if moved is None:
        raise NothingToExtend
    step.line |= {"until": moved.isoformat() if moved else None, "reason": step.payload["reason"]}


@effect("grant_outage")
def grant_outage(step: Step) -> None:
    """Each deadline of the parties on its own: only those that the outage came before move (domain, section 3)."""
    outage = [(step.payload["began_at"], step.payload["ended_at"])]
    for offer in step.dispute.offers.filter(status="open"):
        offer.expires_at = moved_by_outage(offer.expires_at, outage)
        offer.save(update_fields=["expires_at"])
    names = [kind.value for kind in OF_PARTIES]
    running = step.dispute.timers.filter(fired_at__isnull=True, cancelled_at__isnull=True, kind__in=names)
    for timer in running.order_by("due_at", "pk"):
        due_at = moved_by_outage(timer.due_at, outage)
        timers.move(step.dispute, {Kind(timer.kind)}, by=due_at - timer.due_at, at=step.now, reason="outage")


def _move(step: Step, length: timedelta, reason: str, *, is_extension: bool = False) -> datetime | None:
    """The parties' deadlines, the offers that stand and what was asked of them, all by the same length."""

    def latest(kind: Kind, due_at: datetime) -> datetime:
        return talks_capped(step, due_at) if kind is Kind.TALKS else due_at

    step.dispute.offers.filter(status="open").update(expires_at=F("expires_at") + length)
    timers.move_requests(step.dispute, by=length, at=step.now)
    return timers.move(
        step.dispute, OF_PARTIES, by=length, at=step.now, reason=reason, is_extension=is_extension, latest=latest
    )


def _lay(step: Step, kind: OverlayKind, length: timedelta | None) -> None:
    Overlay.objects.create(
        dispute=step.dispute,
        kind=kind.value,
        asked_by=step.person,
        reason=str(step.payload.get("reason", "")),
        begins_at=step.now,
        ends_at=step.now + length if length else None,
    )
