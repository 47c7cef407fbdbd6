"""Money that is released by itself some days after a milestone was submitted. A claim stops it; a claim that is taken
back gives it the days that were left (domain, section 3: withdraw). So does asking the money back, until that is
answered.

Whoever starts, stops or pays one holds the contract's money still (`ledger.lock`): one that is started in the same
moment is seen.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from mediation.conversations.actions import milestones
from mediation.conversations.models import Milestone
from mediation.core import clock
from mediation.disputes.actions import ledger
from mediation.disputes.models import AutoRelease
from mediation.disputes.queries import reachable

log = logging.getLogger(__name__)


def start(milestone: Milestone, *, due_at: datetime) -> AutoRelease:
    """The milestone was submitted: without a claim its money goes to the freelancer then."""
    return AutoRelease.objects.update_or_create(
        milestone=milestone, defaults={"due_at": due_at, "left_ms": None, "released_at": None, "warned_at": None}
    )[0]


def stop(milestone: Milestone) -> None:
    """It was answered, or its money is gone: nothing is released by itself any more."""
    AutoRelease.objects.filter(milestone=milestone, released_at__isnull=True).update(due_at=None, left_ms=None)


def pause(milestone_id: UUID | None, *, at: datetime) -> None:
    """A claim is filed about it, or its money is asked back."""
    for one in _locked().filter(milestone=milestone_id, due_at__isnull=False, released_at__isnull=True):
        if one.due_at is not None:
            one.left_ms, one.due_at = max((one.due_at - at) // timedelta(milliseconds=1), 0), None
            one.save(update_fields=["left_ms", "due_at"])


def resume(milestone_id: UUID | None, *, at: datetime) -> None:
    """The money is free again, with the days that were left; not while the client waits for it to be given back."""
    waiting = {"milestone__refund_asked_at__isnull": False, "milestone__refund_answered_at__isnull": True}
    stopped = _locked().filter(milestone=milestone_id, left_ms__isnull=False, released_at__isnull=True)
    for one in stopped.exclude(**waiting):
        one.due_at, one.left_ms = at + timedelta(milliseconds=one.left_ms or 0), None
        one.warned_at = None
        one.save(update_fields=["left_ms", "due_at", "warned_at"])


def move(after: datetime, before: datetime, *, to: Callable[[datetime], datetime]) -> None:
    """Of those that run, the ones due between two moments. `to` says from each due time where it moves.

    The money of all their contracts is held still first, always in the same order. One that begins meanwhile began
    after what they are moved for.
    """
    running = AutoRelease.objects.filter(due_at__gt=after, due_at__lt=before, released_at__isnull=True)
    contracts = sorted(set(running.values_list("milestone__contract", flat=True)))
    for contract_id in contracts:
        ledger.lock(contract_id)
    moving = _locked().filter(due_at__gt=after, due_at__lt=before, released_at__isnull=True)
    for one in moving.filter(milestone__contract__in=contracts).order_by("pk"):
        if one.due_at is not None:
            one.due_at = to(one.due_at)
            one.save(update_fields=["due_at"])


def release_due(*, limit: int = 100) -> int:
    """Release what has been due for a while; returns how many. Safe to repeat, and beside a claim that is filed in the
    same moment. One that breaks is logged and does not hold up the others.

    For so long a claim may be on its way that was received in time: it beats the release, as it beats a timer. And
    nothing is paid by itself while nobody could say no.
    """
    before = reachable.until(clock.now() - timedelta(seconds=settings.TIMER_MARGIN_SECONDS))
    due = AutoRelease.objects.filter(due_at__lt=before, released_at__isnull=True)
    return sum(_try(one, before) for one in list(due.order_by("due_at").values_list("pk", flat=True)[:limit]))


def _try(release_id: int, before: datetime) -> bool:
    try:
        return _release(release_id, before)
    except Exception:
        log.exception("A milestone could not be paid by itself", extra={"release": release_id})
        return False


@transaction.atomic
def _release(release_id: int, before: datetime) -> bool:
    ledger.lock(AutoRelease.objects.values_list("milestone__contract", flat=True).get(pk=release_id))
    with_contract = _locked().select_related("milestone__contract__room")
    one = with_contract.filter(pk=release_id, due_at__lt=before, released_at__isnull=True).first()
    if one is None:
        return False
    now, milestone, account = clock.now(), one.milestone, f"escrow:{one.milestone_id}"
    contract = milestone.contract
    amount = ledger.balance(contract.pk, account)
    if amount:
        ledger.move(
            key=f"auto:{one.milestone_id.hex}:{one.due_at:%Y%m%dT%H%M%S}",
            contract_id=contract.pk,
            currency=contract.currency,
            amount_minor=amount,
            source=account,
            target="freelancer",
            at=now,
        )
        milestones.mark(
            milestone=milestone,
            room_id=contract.room.pk,
            status=Milestone.Status.RELEASED.value,
            type="milestone.released",
            actor_id=None,
            at=now,
            line={
                "position": milestone.position,
                "title": milestone.title,
                "amount_minor": amount,
                "currency": contract.currency,
            },
        )
    one.released_at = now
    one.save(update_fields=["released_at"])
    return bool(amount)


def _locked() -> QuerySet[AutoRelease]:
    return AutoRelease.objects.select_for_update(no_key=True, of=("self",))
