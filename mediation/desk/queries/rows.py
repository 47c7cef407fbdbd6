"""What the row of each case should say, from the case and its clocks."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from mediation.desk.models import QueueRow
from mediation.desk.rules import rows
from mediation.disputes.models import Dispute, LevelAsk, Objection, Overlay, Review
from mediation.disputes.rules.states import Overlay as OverlayKind
from mediation.disputes.rules.states import State
from mediation.disputes.rules.table import LEVELLED, MEDIATION
from mediation.sla.queries import shown
from mediation.sla.queries.policies import priorities_of
from mediation.sla.queries.shown import Shown

Said = Mapping[str, Any]
AT_ONCE = 500


def on_desk() -> QuerySet[Dispute]:
    """Every case that is or was known to anybody but its writer."""
    is_out = Q(filed_at__isnull=False) | Q(has_claim=False)
    return Dispute.objects.filter(is_out).exclude(state=State.DRAFT.value)


def said_of(cases: Collection[UUID]) -> dict[UUID, Said]:
    """What the rows of these cases should say, field by field; a case that the desk does not know is left out."""
    found = list(on_desk().filter(pk__in=cases).select_related("policy"))
    is_hold = Q(kind=OverlayKind.HOLD.value, ended_at__isnull=True)
    held = set(Overlay.objects.filter(is_hold, dispute__in=found).values_list("dispute", flat=True))
    clocks = shown.of_cases([one.pk for one in found])
    asks = LevelAsk.objects.filter(dispute__in=found, ended_at__isnull=True, reopenings=F("dispute__reopenings"))
    asked = set(asks.filter(dispute__state__in=LEVELLED).values_list("dispute", flat=True))
    raised = Objection.objects.filter(dispute__in=found, decided_at__isnull=True, dispute__state__in=MEDIATION)
    asked |= set(raised.filter(reopenings=F("dispute__reopenings")).values_list("dispute", flat=True))
    reviews = Review.objects.filter(dispute__in=found, decided_at__isnull=True)
    reviewed = set(reviews.values_list("dispute", flat=True))
    priorities = priorities_of(found)
    return {
        one.pk: {
            **_said(
                one,
                clocks.get(one.pk, []),
                is_held=one.pk in held,
                is_senior_asked=one.pk in asked,
                is_review_asked=one.pk in reviewed,
            ),
            "priority": priorities[one.pk],
        }
        for one in found
    }


def differing() -> Iterator[UUID]:
    """The cases whose rows say something else than they should, or are missing."""
    keys = on_desk().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=AT_ONCE)
    for some in _in_parts(keys):
        should = said_of(some)
        rows_of = QueueRow.objects.in_bulk(some)
        for key in some:
            if key not in rows_of or differences(rows_of[key], should[key]):
                yield key


def differences(row: QueueRow, should: Said) -> Said:
    """Field → what it should say and does not."""
    return {name: value for name, value in should.items() if getattr(row, name) != value}


def _said(
    dispute: Dispute, clocks: list[Shown], *, is_held: bool, is_senior_asked: bool, is_review_asked: bool
) -> Said:
    state = State(dispute.state)
    decide = partial(rows.decision, state, is_overdue=dispute.is_overdue, is_held=is_held)
    decides = decide(is_review_asked=is_review_asked)
    waits_for = decide(is_review_asked=is_review_asked, is_senior_asked=is_senior_asked)
    counting = [one for one in clocks if one.due_at is not None]
    first = counting[0] if counting else None
    marks = first.marks if first is not None and first.marks else (None, None, None, None)
    due_at = first.due_at if first else None
    return {
        "filer_id": dispute.filer_id,
        "respondent_id": dispute.respondent_id,
        "is_open": state is not State.CLOSED or decides is rows.Decision.LEAD,
        "is_unclaimed": rows.is_unclaimed(state, has_mediator=dispute.mediator_id is not None),
        "mediator_id": dispute.mediator_id,
        "speaker_id": dispute.asker_id or dispute.filer_id,
        "track": dispute.track if dispute.has_claim else "",
        "decision": waits_for.value,
        # What only seniors are asked makes it nobody else's turn: the owner goes on meanwhile.
        "turn": rows.turn(state, decides, [one.metric for one in counting]).value,
        "metric": first.metric if first else "",
        "begins_at": marks[0],
        "soon_at": marks[1],
        "risk_at": marks[2],
        "due_at": due_at,
        "order_at": rows.place(due_at),
    }


def _in_parts(keys: Iterable[UUID]) -> Iterator[list[UUID]]:
    part: list[UUID] = []
    for key in keys:
        part.append(key)
        if len(part) == AT_ONCE:
            yield part
            part = []
    if part:
        yield part
