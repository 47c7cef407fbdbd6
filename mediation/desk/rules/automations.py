"""An automation looks again and again: what it does must make its own conditions untrue, or it would never end."""

from collections.abc import Sequence

from mediation.desk.rules.conditions.fields import Kind, Operator
from mediation.desk.rules.conditions.judging import holds
from mediation.desk.rules.conditions.reading import Condition, Conditions, Problem, tags
from mediation.desk.rules.rule_actions import NONE, Act, Deed

_SETS = {Act.PRIORITY: "priority", Act.TEAM: "team", Act.ASSIGNEE: "assignee"}


def problems(conditions: Conditions, deeds: Sequence[Deed]) -> list[Problem]:
    """Why such an automation cannot be: it has no time in `all`, or nothing that it does ends it."""
    found = []
    if not any(one.field.kind is Kind.HOURS for one in conditions.all):
        found.append(Problem("all", 0, "", "no_time"))
    if not is_undone(conditions, deeds):
        found.append(Problem("actions", 0, "", "not_undone"))
    return found


def is_undone(conditions: Conditions, deeds: Sequence[Deed]) -> bool:
    """Whether the conditions cannot hold any more once this was done."""
    ends_one = any(_ends(one, deeds) for one in conditions.all)
    return ends_one or (bool(conditions.any) and all(_ends(one, deeds) for one in conditions.any))


def _ends(condition: Condition, deeds: Sequence[Deed]) -> bool:
    key = condition.field.key
    if key == "tags":
        return _ends_tags(condition, deeds)
    values = [deed.value for deed in deeds if _SETS.get(deed.act) == key]
    if not values:
        return False
    return not holds(condition, {key: None if values[-1] == NONE else values[-1]})


def _ends_tags(condition: Condition, deeds: Sequence[Deed]) -> bool:
    there: set[str] = set()
    gone: set[str] = set()
    for deed in deeds:
        named = set(tags(deed.value))
        if deed.act is Act.ADD_TAGS:
            there, gone = there | named, gone - named
        elif deed.act is Act.REMOVE_TAGS:
            there, gone = there - named, gone | named
    if condition.operator is Operator.INCLUDES:
        return gone.issuperset(condition.value)
    if condition.operator is Operator.NOT_INCLUDES:
        return not there.isdisjoint(condition.value)
    return condition.operator is Operator.NOT_PRESENT and bool(there)
