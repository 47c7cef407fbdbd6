"""When each case of a room was open: from its filing, or from the call for a mediator, to its close; and so each time
it was opened again. One case at a time is open in a room, so these never overlap.
"""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from mediation.conversations.models import Thread
from mediation.disputes.audience import OUT
from mediation.disputes.models import CaseEntry, Dispute
from mediation.disputes.rules.states import State


class Opening(NamedTuple):
    """Once that a case was open; `until` is None while it is."""

    dispute_id: UUID
    since: datetime
    until: datetime | None


def of(cases: QuerySet[Dispute]) -> list[Opening]:
    """In their order. One query, and a second where a case was opened again. Drafts were never open, nor was what was
    discarded as one.
    """
    found = list(cases.filter(OUT).values_list("pk", "created_at", "closed_at", "reopenings"))
    turns = _turns([pk for pk, _created, _closed, reopenings in found if reopenings])
    openings = [
        Opening(pk, since, until)
        for pk, created_at, closed_at, _reopenings in found
        for since, until in _paired([created_at, *turns[pk], closed_at])
    ]
    return sorted(openings, key=lambda one: one.since)


def _turns(cases: list[UUID]) -> dict[UUID, list[datetime]]:
    """By turns when a case was closed and when it was opened again, up to its last opening: `closed_at` knows only the
    last close, but what everybody was told stands in the case file.
    """
    turns: dict[UUID, list[datetime]] = defaultdict(list)
    if not cases:
        return turns
    told = CaseEntry.objects.filter(dispute__in=cases, audience=Thread.Audience.JOINT.value)
    told = told.filter(Q(type="dispute.reopen") | Q(content__state=State.CLOSED.value)).order_by("dispute", "number")
    closing: dict[UUID, datetime] = {}
    for pk, type, at in told.values_list("dispute", "type", "at"):
        if type == "dispute.reopen":
            turns[pk] += [closing.pop(pk, at), at]
        else:
            closing.setdefault(pk, at)
    return turns


def _paired(moments: list[datetime | None]) -> list[tuple[datetime, datetime | None]]:
    return [(since, until) for since, until in zip(moments[::2], moments[1::2], strict=True) if since]
