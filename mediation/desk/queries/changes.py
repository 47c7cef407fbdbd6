"""Which rows changed of late: for who looks every second, in any process."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from mediation.core import clock
from mediation.desk.models import QueueRow, TeamLine

# A change shows when its transaction commits, which is later than its time; machines' clocks differ too.
BACK = timedelta(seconds=15)
MOST = 500


@dataclass(frozen=True, slots=True)
class Change:
    """A row was written at a moment."""

    case: UUID
    at: datetime
    mediator: UUID | None
    is_unclaimed: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """What is new at the desk: rows, and the teams whose rooms have new lines."""

    rows: list[Change] = field(default_factory=list)
    teams: list[UUID] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.rows or self.teams)


def recent() -> list[Change]:
    """The newest changes of the last seconds. Who asks again remembers what it has seen."""
    rows = QueueRow.objects.filter(changed_at__gte=clock.now() - BACK).order_by("-changed_at")
    return [Change(*row) for row in rows.values_list("pk", "changed_at", "mediator_id", "is_unclaimed")[:MOST]]


def recent_lines() -> list[tuple[int, UUID]]:
    """The newest lines of all teams' rooms in the last seconds, each with its team."""
    lines = TeamLine.objects.filter(at__gte=clock.now() - BACK).order_by("-at")
    return list(lines.values_list("pk", "team_id")[:MOST])
