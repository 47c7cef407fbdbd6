"""Whether conditions hold for a case, row by row, with what was found: that is what the log shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mediation.desk.rules.conditions.fields import Kind, Operator
from mediation.desk.rules.conditions.reading import Condition, Conditions

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Passed:
    """How long it is since (or until) something, in hours; `open` counts business hours only."""

    hours: Decimal
    open: Decimal


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a message. What was said is never repeated in a log."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A row and whether it holds. `found` is what was there, as text; empty where there was nothing to show."""

    group: str
    field: str
    operator: str
    value: str
    holds: bool
    found: str

    def as_row(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "group": self.group, "field": self.field, "operator": self.operator, "value": self.value,
            "holds": self.holds, "found": self.found,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judgement:
    fits: bool
    verdicts: tuple[Verdict, ...]

    def as_rows(self) -> list[dict[str, Any]]:
        """The verdicts as they are stored."""
        return [one.as_row() for one in self.verdicts]


def judge(conditions: Conditions, facts: Facts, before: Facts | None = None) -> Judgement:
    """What holds. `before` are the facts before the event; None where nothing can have changed.

    A fact that is missing or None is not there: it is no value, includes nothing and is present in no sense.
    """
    every = [_verdict("all", one, facts, before) for one in conditions.all]
    some = [_verdict("any", one, facts, before) for one in conditions.any]
    fits = all(one.holds for one in every) and (not some or any(one.holds for one in some))
    return Judgement(fits, (*every, *some))


def holds(condition: Condition, facts: Facts, before: Facts | None = None) -> bool:
    """One row."""
    now = facts.get(condition.field.key)
    was = before.get(condition.field.key) if before is not None else now
    return _HOLDS[condition.operator](condition, now, was)


def _verdict(group: str, condition: Condition, facts: Facts, before: Facts | None) -> Verdict:
    found = _shown(condition, facts.get(condition.field.key))
    is_so = holds(condition, facts, before)
    return Verdict(group, condition.field.key, condition.operator.value, condition.said, is_so, found)


def _shown(condition: Condition, value: Any) -> str:
    if value is None or isinstance(value, Text):
        return ""
    if isinstance(value, Passed):
        in_business = condition.operator in (Operator.LESS_OPEN, Operator.GREATER_OPEN)
        return f"{value.open if in_business else value.hours:.1f}"
    return " ".join(sorted(value)) if isinstance(value, frozenset) else str(value)


def _is(condition: Condition, now: Any, was: Any) -> bool:
    if condition.field.kind is Kind.CALENDAR:
        return condition.value in (now or ())
    return now is not None and now == condition.value


def _is_there(condition: Condition, now: Any, was: Any) -> bool:
    return now not in (None, "", frozenset())


def _includes(condition: Condition, now: Any, was: Any) -> bool:
    """Any of the tags; of words, all of them one after the other."""
    if isinstance(now, Text):
        length = len(condition.value)
        return any(now.words[at : at + length] == condition.value for at in range(len(now.words) - length + 1))
    return bool(now) and not now.isdisjoint(condition.value)


def _hours(condition: Condition, now: Any) -> Decimal | None:
    if isinstance(now, Passed):
        return now.open if condition.operator in (Operator.LESS_OPEN, Operator.GREATER_OPEN) else now.hours
    return now


def _less(condition: Condition, now: Any, was: Any) -> bool:
    found = _hours(condition, now)
    return found is not None and found < condition.value


def _greater(condition: Condition, now: Any, was: Any) -> bool:
    found = _hours(condition, now)
    return found is not None and found > condition.value


def _changed(condition: Condition, now: Any, was: Any) -> bool:
    return (now or None) != (was or None)


def _changed_to(condition: Condition, now: Any, was: Any) -> bool:
    return _changed(condition, now, was) and now == condition.value


def _changed_from(condition: Condition, now: Any, was: Any) -> bool:
    return _changed(condition, now, was) and was == condition.value


def _added(condition: Condition, now: Any, was: Any) -> bool:
    """Any of the tags is there and was not before."""
    return not ((now or frozenset()) - (was or frozenset())).isdisjoint(condition.value)


def _removed(condition: Condition, now: Any, was: Any) -> bool:
    return _added(condition, was, now)


def _not(test: Callable[[Condition, Any, Any], bool]) -> Callable[[Condition, Any, Any], bool]:
    return lambda condition, now, was: not test(condition, now, was)


_HOLDS: Mapping[Operator, Callable[[Condition, Any, Any], bool]] = {
    Operator.IS: _is,
    Operator.IS_NOT: _not(_is),
    Operator.LESS: _less,
    Operator.GREATER: _greater,
    Operator.LESS_OPEN: _less,
    Operator.GREATER_OPEN: _greater,
    Operator.CHANGED: _changed,
    Operator.NOT_CHANGED: _not(_changed),
    Operator.CHANGED_TO: _changed_to,
    Operator.CHANGED_FROM: _changed_from,
    Operator.ADDED: _added,
    Operator.REMOVED: _removed,
    Operator.INCLUDES: _includes,
    Operator.NOT_INCLUDES: _not(_includes),
    Operator.PRESENT: _is_there,
    Operator.NOT_PRESENT: _not(_is_there),
}
