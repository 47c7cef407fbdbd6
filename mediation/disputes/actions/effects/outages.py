"""Our own outages: what of one came before a deadline of the parties is given back, also to a case on hold."""

from collections.abc import Callable
from datetime import datetime

from mediation.disputes.actions import timers
from mediation.disputes.actions.step import Step, effect
from mediation.disputes.errors import NothingToExtend
from mediation.disputes.rules.deadlines import OF_PARTIES, Kind, moved_by_outage
from mediation.disputes.rules.outages import lost
from mediation.disputes.rules.states import Overlay

Moved = Callable[[datetime, datetime], datetime]  # from when it is due and since when it is there


@effect("grant_outage")
def grant_outage(step: Step) -> None:
    """Each deadline of the parties on its own, the offers that stand and what was asked of them: only those that the
    outage came before move (domain, section 3). Raises NothingToExtend where none does, so that nobody is told.
    """
    outage = (step.payload["began_at"], step.payload["ended_at"])
    holds = list(step.dispute.overlays.filter(kind=Overlay.HOLD.value).values_list("begins_at", "ended_at"))

    def moved(due_at: datetime, since: datetime) -> datetime:
        stretch = lost(outage, since=since, holds=holds)
        return moved_by_outage(due_at, [stretch]) if stretch else due_at

    asked = timers.move_requests(
        step.dispute, to=lambda request: moved(request.due_at, request.asked_at), at=step.now, reason="outage"
    )
    if not (_move_offers(step, moved) | _move_timers(step, moved) | asked):
        raise NothingToExtend


def _move_offers(step: Step, moved: Moved) -> bool:
    """Their one timer is due with the first of them, as ever."""
    offers = list(step.dispute.offers.filter(status="open").order_by("number"))
    if not offers:
        return False
    before = min(offer.expires_at for offer in offers)
    changed = False
    for offer in offers:
        expires_at = moved(offer.expires_at, offer.made_at)
        changed |= expires_at != offer.expires_at
        offer.expires_at = expires_at
        offer.save(update_fields=["expires_at"])
    later = min(offer.expires_at for offer in offers) - before
    timers.move(step.dispute, {Kind.OFFER}, by=later, at=step.now, reason="outage")
    return changed


def _move_timers(step: Step, moved: Moved) -> bool:
    changed = False
    kinds = [kind.value for kind in OF_PARTIES - {Kind.OFFER}]
    running = step.dispute.timers.filter(fired_at__isnull=True, cancelled_at__isnull=True, kind__in=kinds)
    for timer in running.order_by("due_at", "pk"):
        kind = Kind(timer.kind)
        later = moved(timer.due_at, timers.began(step.dispute, kind)) - timer.due_at
        changed |= timers.move(step.dispute, {kind}, by=later, at=step.now, reason="outage") is not None
    return changed
