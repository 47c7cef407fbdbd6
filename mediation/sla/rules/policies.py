"""Which target a clock has: the first line that fits, in their order."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from enum import StrEnum

from mediation.sla.rules.metrics import Metric


class Priority(StrEnum):
    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


SEGMENTS = ("VSB", "SB", "MB", "LB", "ENT")  # of who is referred to the executive desk


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked of a case. An empty value is not known, and fits only lines that do not ask for it."""

    segment: str = ""
    level: str = ""
    track: str = ""
    priority: str = Priority.NORMAL.value
    language: str = ""

    def speaking(self, language: str) -> "Subject":
        """The same, of a party who speaks that language; empty for a clock that belongs to no party."""
        return replace(self, language=language)


@dataclass(frozen=True, slots=True)
class Line:
    """A target for one metric under conditions (name of the condition → the values that fit)."""

    metric: Metric
    target: timedelta
    calendar: str = ""
    conditions: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def fits(self, subject: Subject) -> bool:
        """Whether every condition holds."""
        known = asdict(subject)
        return all(known[name] in values for name, values in self.conditions.items())


def first_match(lines: Iterable[Line], metric: Metric, subject: Subject) -> Line | None:
    """The first line for the metric that fits; None: it is not measured for such a case."""
    return next((line for line in lines if line.metric is metric and line.fits(subject)), None)


def priority_of(*, is_low_value: bool, amount_minor: int, high_from_minor: int, has_claim: bool) -> Priority:
    """What the money says, unless the desk says otherwise: small sums wait, those that need a second reader do not."""
    if not has_claim:
        return Priority.NORMAL
    if is_low_value:
        return Priority.LOW
    return Priority.HIGH if amount_minor > high_from_minor else Priority.NORMAL
