"""What a clock would have come to under another target. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from mediation.sla.rules.clock import Fact, Kind, Reading
from mediation.sla.rules.policies import Line

WRITTEN_FOR_A_TARGET = frozenset({Kind.BREACH, Kind.POLICY_APPLIED})


def under(facts: Sequence[Fact], line: Line) -> list[Fact]:
    """The same life with the target of a line from its beginning."""
    kept = [fact for fact in facts if fact.kind not in WRITTEN_FOR_A_TARGET]
    return [
        replace(fact, target=line.target, calendar=line.calendar) if fact.kind is Kind.ACTIVATE else fact
        for fact in kept
    ]


def missed_by(reading: Reading, now: datetime) -> bool:
    """Whether it was breached by now, noted or not."""
    is_over = reading.ended_at is None and reading.due_at is not None and reading.due_at < now
    return reading.breached_at is not None or is_over
