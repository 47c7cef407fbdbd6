"""Money that is released by itself some days after a milestone was submitted. A claim stops it; a claim that is taken
back gives it the days that were left (domain, section 3: withdraw).
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from mediation.conversations.models import Milestone
from mediation.core import clock
from mediation.disputes.actions import ledger
from mediation.disputes.models import AutoRelease


def start(milestone: Milestone, *, due_at: datetime) -> AutoRelease:
    """The milestone was submitted: without a claim its money goes to the freelancer then."""
    return AutoRelease.objects.update_or_create(
        milestone=milestone, defaults={"due_at": due_at, "left_ms": None, "released_at": None}
    )[0]


def pause(milestone_id: UUID | None, *, at: datetime) -> None:
    """A claim is filed about it. Called before its money is frozen, so that it waits for a release that has begun."""
    for one in _locked().filter(milestone=milestone_id, due_at__isnull=False, released_at__isnull=True):
        if one.due_at is not None:
            one.left_ms, one.due_at = max((one.due_at - at) // timedelta(milliseconds=1), 0), None
            one.save(update_fields=["left_ms", "due_at"])


def resume(milestone_id: UUID | None, *, at: datetime) -> None:
    """The money is free again, with the days that were left."""
    for one in _locked().filter(milestone=milestone_id, left_ms__isnull=False, released_at__isnull=True):
        one.due_at, one.left_ms = at + timedelta(milliseconds=one.left_ms or 0), None
        one.save(update_fields=["left_ms", "due_at"])


def release_due(*, limit: int = 100) -> int:
    """Release what is due; returns how many. Safe to repeat, and beside a claim that is filed in the same moment."""
    due = AutoRelease.objects.filter(due_at__lt=clock.now(), released_at__isnull=True)
    return sum(_release(one) for one in list(due.order_by("due_at").values_list("pk", flat=True)[:limit]))


@transaction.atomic
def _release(release_id: int) -> bool:
    with_contract = _locked().select_related("milestone__contract")
    one = with_contract.filter(pk=release_id, due_at__lt=clock.now(), released_at__isnull=True).first()
    if one is None:
        return False
    now, contract, account = clock.now(), one.milestone.contract, f"escrow:{one.milestone_id}"
    ledger.lock(contract.pk)
    amount = ledger.balance(contract.pk, account)
    if amount:
        ledger.move(
            key=f"auto:{one.milestone_id.hex}:{one.pk}",
            contract_id=contract.pk,
            currency=contract.currency,
            amount_minor=amount,
            source=account,
            target="freelancer",
            at=now,
        )
    one.released_at = now
    one.save(update_fields=["released_at"])
    return bool(amount)


def _locked() -> QuerySet[AutoRelease]:
    return AutoRelease.objects.select_for_update(no_key=True, of=("self",))
