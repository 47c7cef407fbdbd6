"""What is due by when in an agent's own cases: clocks, deadlines with what was asked, cases laid aside."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from accounts.models import User
from mediation.core import clock
from mediation.desk import audience
from mediation.desk.queries.queue import asleep_of
from mediation.disputes.models import Deadline, Dispute
from mediation.sla.queries import shown

MOST_CASES = 200


class Kind(StrEnum):
    CLOCK = "clock"  # `code` is the metric
    DEADLINE = "deadline"  # `code` is the kind of deadline, `about` what was asked
    SNOOZE = "snooze"


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is due in a case. `who` is whose it is: a party's first name, else empty for Upwork or both."""

    at: datetime
    kind: Kind
    case: Dispute
    code: str = ""
    about: str = ""
    who: str = ""


def agenda(user: User) -> list[Item]:
    """Everything due in the agent's own open cases, the next first; the same few statements for any number of them."""
    rows = audience.visible_rows(user).filter(mediator=user).order_by("order_at", "pk")
    people = ("dispute__room__contract", "dispute__filer", "dispute__respondent")
    cases = {row.pk: row.dispute for row in rows.select_related(*people)[:MOST_CASES]}
    found = [*_clocks(cases), *_deadlines(cases), *_snoozes(user, cases)]
    return sorted(found, key=lambda item: (item.at, item.kind, item.code))


def _clocks(cases: Mapping[UUID, Dispute]) -> Iterator[Item]:
    for key, clocks in shown.of_cases(list(cases)).items():
        for one in clocks:
            if one.due_at is not None:
                yield Item(one.due_at, Kind.CLOCK, cases[key], one.metric, who=_name(cases[key], one.person_id))


def _deadlines(cases: Mapping[UUID, Dispute]) -> Iterator[Item]:
    for one in Deadline.objects.filter(dispute__in=list(cases), ended_at__isnull=True):
        case = cases[one.dispute_id]
        yield Item(one.due_at, Kind.DEADLINE, case, one.kind, one.about, _name(case, one.person_id))


def _snoozes(user: User, cases: Mapping[UUID, Dispute]) -> Iterator[Item]:
    for one in asleep_of(user, clock.now()).filter(dispute__in=list(cases), until__isnull=False):
        if one.until is not None:
            yield Item(one.until, Kind.SNOOZE, cases[one.dispute_id])


def _name(case: Dispute, person_id: UUID | None) -> str:
    people = {case.filer_id: case.filer, case.respondent_id: case.respondent}
    found = people.get(person_id) if person_id else None
    return found.name.split(" ", 1)[0] if found else ""
