"""Whether a rule can be saved: the one check of the form, of the import and of the API."""

from dataclasses import dataclass
from typing import Any

from mediation.desk.rules import automations, rule_actions
from mediation.desk.rules.conditions import reading
from mediation.desk.rules.conditions.fields import Use
from mediation.desk.rules.conditions.reading import Known, Problem, Unreadable

GROUPS = ("all", "any", "actions")


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule as somebody put it together: `{all, any}` and a list of actions."""

    conditions: dict[str, Any]
    actions: Any


def check(draft: Draft, use: Use, known: Known) -> list[Problem]:
    """Everything that is wrong with it, in the order of its rows; nothing if it can be saved."""
    problems: list[Problem] = []
    conditions = deeds = None
    try:
        conditions = reading.read(draft.conditions, use, known)
    except Unreadable as unreadable:
        problems += unreadable.problems
    try:
        deeds = rule_actions.read(draft.actions, known)
    except Unreadable as unreadable:
        problems += unreadable.problems
    if use is Use.AUTOMATION and conditions is not None and deeds is not None:
        problems += automations.problems(conditions, deeds)
    return problems
