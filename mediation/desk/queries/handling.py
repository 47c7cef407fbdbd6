"""What people and rules at the desk have said of a case."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from mediation.desk.models import CaseTag, Handling


@dataclass(frozen=True, slots=True)
class Handled:
    """Names to be shown, and the priority that somebody gave it; empty where nobody said any. The caller has checked
    that the case may be seen.
    """

    team: str
    assignee: str
    priority: str
    tags: list[str]


def handled(case: UUID) -> Handled:
    """Of one case."""
    said = Handling.objects.filter(pk=case).values_list("team__name", "assignee__name", "priority").first()
    team, assignee, priority = said or (None, None, "")
    tags = CaseTag.objects.filter(dispute=case).order_by("name").values_list("name", flat=True)
    return Handled(team or "", assignee or "", priority, list(tags))


def priorities(cases: Collection[UUID]) -> dict[UUID, str]:
    """Of those of the cases that were given one at the desk; clocks and rows ask for it."""
    return dict(Handling.objects.filter(pk__in=cases).exclude(priority="").values_list("pk", "priority"))
