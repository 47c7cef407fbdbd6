"""Looking every day whether the case files hold: a few cases at a time, those first that waited longest."""

import logging
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from mediation.core import clock
from mediation.disputes.models import ChainCheck, Dispute
from mediation.disputes.queries import chains
from mediation.disputes.rules.states import State

log = logging.getLogger(__name__)

OPEN_EVERY, CLOSED_EVERY = timedelta(days=1), timedelta(days=30)
BATCH = 50  # about a tenth of a second; the knocks of a day reach fourteen thousand cases


def verify_due(*, limit: int = BATCH) -> int:
    """Check the cases whose turn it is; returns how many. Safe to run anywhere, any number of times."""
    now = clock.now()
    checked = Dispute.objects.annotate(
        checked_at=Subquery(ChainCheck.objects.filter(dispute=OuterRef("pk")).values("checked_at")[:1])
    )
    is_closed = Q(state=State.CLOSED.value)
    waited = Q(~is_closed, checked_at__lte=now - OPEN_EVERY) | Q(is_closed, checked_at__lte=now - CLOSED_EVERY)
    due = checked.filter(Q(checked_at__isnull=True) | waited).order_by(F("checked_at").asc(nulls_first=True), "pk")
    cases = list(due.values_list("pk", flat=True)[:limit])
    for dispute_id in cases:
        verify(dispute_id=dispute_id)
    return len(cases)


@transaction.atomic
def verify(*, dispute_id: UUID) -> ChainCheck:
    """Check one case and keep what came of it. The lock holds commands off, which would look like a break halfway.

    Where the break is stands in the log only: of a private chain nobody is told more than that it does not hold.
    """
    dispute = Dispute.objects.select_for_update(no_key=True, of=("self",)).get(pk=dispute_id)
    found, now = next(chains.breaks(dispute), None), clock.now()
    check, _ = ChainCheck.objects.get_or_create(dispute=dispute, defaults={"checked_at": now})
    check.checked_at, check.holds = now, found is None
    check.broken_since = None if found is None else check.broken_since or now
    check.save(update_fields=["checked_at", "holds", "broken_since"])
    if found is not None:
        log.critical("The file of case %s does not hold: %s", dispute.number or dispute.pk, found)
    return check
