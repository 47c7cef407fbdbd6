"""The New Client Outreach Tracker: the cases of the desk, what is due next first, and the same as a table of cells."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import User
from mediation.core import clock
from mediation.escalations import audience
from mediation.escalations.models import Case
from mediation.escalations.queries.clocks import reading_of
from mediation.escalations.rules.cells import safe
from mediation.escalations.rules.states import OPEN, WAITS_FOR_REPLY
from mediation.sla.queries.calendars import calendars
from mediation.sla.rules.clock import moment_of
from mediation.sla.rules.face import Face, face

COLUMNS = (
    "client", "email", "company", "segment", "source", "state", "outcome", "owner", "value", "next_step",
    "follow_up_at", "ticket", "received_at", "reply_due_at", "replied_at", "closed_at",
)  # fmt: skip


def cases(person: User, said: Mapping[str, Any]) -> QuerySet[Case]:
    """What the filter leaves of the person's cases: what is open, unless a state is named. `said` may hold `q`,
    `state` ("all" is every one), `owner`, `source` and `segment`.
    """
    found = audience.visible_cases(person).select_related("contact", "owner", "referred_by", "rules")
    found = found.prefetch_related("clock_facts")
    state = said.get("state", "")
    if state != "all":
        found = found.filter(state=state) if state else found.filter(state__in=OPEN)
    if words := str(said.get("q", "")).strip():
        named = Q(contact__name__icontains=words) | Q(contact__company__icontains=words)
        found = found.filter(named | Q(next_step__icontains=words))
    equal = {name: said[name] for name in ("owner", "source", "segment") if said.get(name)}
    due = Coalesce("follow_up_at", "due_at", "received_at")
    return found.filter(**equal).alias(next_due=due).order_by("closed_at", "next_due", "pk")


def faces(found: Iterable[Case]) -> dict[Any, Face]:
    """How the clock of each reply that is waited for stands now."""
    waiting = [case for case in found if case.state in WAITS_FOR_REPLY]
    known, now = (calendars() if waiting else {}), clock.now()
    shown = {}
    for case in waiting:
        reading = reading_of(case, known)
        if reading is None or reading.due_at is None:
            continue
        later = [moment_of(reading, percent, known) for percent in (50, 80)]
        marks = [reading.activated_at, *(one for one in later if one), reading.due_at]
        shown[case.pk] = face(marks, reading.due_at, now)
    return shown


def cells(found: Iterable[Case]) -> Iterator[list[str]]:
    """The head and a row for each case, safe for a spreadsheet. Moments are RFC 3339 in UTC, sums plain numbers."""
    yield list(COLUMNS)
    for case in found:
        moments = (case.follow_up_at, case.received_at, case.due_at, case.replied_at, case.closed_at)
        follow_up, received, due, replied, closed = (clock.iso(one) if one else "" for one in moments)
        value = f"{case.value_minor / 100:.2f} {case.currency}" if case.value_minor is not None else ""
        row = (
            case.contact.name, case.contact.email, case.contact.company, case.segment, case.source, case.state,
            case.outcome, case.owner.name if case.owner else "", value, case.next_step, follow_up, case.ticket,
            received, due, replied, closed,
        )  # fmt: skip
        yield [safe(cell) for cell in row]
