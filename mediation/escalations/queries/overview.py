"""How the executive desk does, on one page: what is open, replies in time, and what came of cases."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, QuerySet

from accounts.models import User
from mediation.core import clock
from mediation.escalations import audience
from mediation.escalations.models import Case
from mediation.escalations.rules.states import OPEN, Source
from mediation.sla.rules.clock import Status

DAYS = 30
MOST = 20


@dataclass(frozen=True, slots=True)
class Overview:
    """`by_state` of what is open now; the rest of the last 30 days. `median_minutes` are of the desk's hours, over
    `replied` replies; None where there is none.
    """

    by_state: dict[str, int]
    by_source: dict[str, int]
    outcomes: dict[str, int]
    met: int
    missed: int
    replied: int
    median_minutes: float | None
    executive: Sequence[Case]


def overview(person: User) -> Overview:
    """Of the cases that the person may see."""
    seen = audience.visible_cases(person)
    since = clock.now() - timedelta(days=DAYS)
    replies = list(seen.filter(replied_at__gte=since).values_list("clock_status", "elapsed_ms"))
    measured = [(status, elapsed) for status, elapsed in replies if status in (Status.MET, Status.MISSED)]
    executive = seen.filter(source=Source.EXECUTIVE.value, state__in=OPEN).select_related("contact", "owner")
    return Overview(
        by_state=_count(seen.filter(state__in=OPEN), "state"),
        by_source=_count(seen.filter(received_at__gte=since), "source"),
        outcomes=_count(seen.filter(closed_at__gte=since), "outcome"),
        met=sum(status == Status.MET for status, _ in measured),
        missed=sum(status == Status.MISSED for status, _ in measured),
        replied=len(measured),
        median_minutes=statistics.median(elapsed for _, elapsed in measured) / 60_000 if measured else None,
        executive=list(executive.order_by("received_at")[:MOST]),
    )


def _count(found: QuerySet[Case], name: str) -> dict[str, int]:
    rows = found.order_by().values_list(name).annotate(Count("pk"))
    return dict(rows)
