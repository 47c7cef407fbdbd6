"""Where cases stand on the escalation ladder."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, Max

from mediation.disputes.models import Dispute, LevelAsk
from mediation.disputes.rules.ladder import Rung, level
from mediation.disputes.rules.states import State


def levels_of(cases: Collection[UUID]) -> dict[UUID, Rung]:
    """The level of each of these cases."""
    watched = watched_of(cases)
    rows = Dispute.objects.filter(pk__in=cases).values_list("pk", "state", "mediator__role")
    return {key: level(State(state), role, is_with_safety=key in watched) for key, state, role in rows}


def watched_of(cases: Collection[UUID]) -> frozenset[UUID]:
    """Those of the cases that trust and safety has taken to look at, since they were opened last."""
    taken = LevelAsk.objects.filter(dispute__in=cases, level=Rung.SAFETY.value, taken_by__isnull=False)
    return frozenset(taken.filter(reopenings=F("dispute__reopenings")).values_list("dispute", flat=True))


def waiting_for(dispute: Dispute) -> int | None:
    """The highest level that was asked for and waits, since the case was opened last."""
    waiting = dispute.level_asks.filter(ended_at__isnull=True, reopenings=dispute.reopenings)
    return waiting.aggregate(highest=Max("level"))["highest"]
