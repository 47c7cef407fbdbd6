"""Rules as JSON, out and in again: what comes out goes in and is the same.

{"kind": "triggers", "version": 1,
 "rules": [{"name", "position", "is_active", "all": [row], "any": [row], "actions": [{"action", "value"}]}]}
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mediation.desk.errors import BadRules
from mediation.desk.models import Automation, Trigger
from mediation.desk.models.triggers import Rule
from mediation.desk.queries.rule_people import known
from mediation.desk.queries.rule_sentences import problem
from mediation.desk.rules.checking import Draft, check
from mediation.desk.rules.conditions.fields import Use
from mediation.desk.rules.conditions.reading import Known

VERSION = 1
MOST_RULES, MOST_POSITION, LONGEST_NAME = 200, 32_767, 80
KINDS: Mapping[str, tuple[type[Rule], Use]] = {
    "triggers": (Trigger, Use.TRIGGER),
    "automations": (Automation, Use.AUTOMATION),
}
_PARTS = frozenset({"name", "position", "is_active", "all", "any", "actions"})


def export(kind: str) -> dict[str, Any]:
    """Every rule of a kind, in its order."""
    model, _use = KINDS[kind]
    return {"kind": kind, "version": VERSION, "rules": [_said(one) for one in model._default_manager.all()]}


@transaction.atomic
def load(kind: str, said: Any) -> int:
    """Bring rules in, all of them or none: one with a name that is there takes its place. Returns how many there were.

    Raises BadRules that names each slip with its rule, its row and its part.
    """
    model, use = KINDS[kind]
    rules = _rules(kind, said)
    problems = list(_problems(rules, use, known()))
    if problems:
        raise BadRules(detail={"problems": problems})
    for one in rules:
        values = {name: one[name] for name in ("position", "is_active", "actions")}
        values["conditions"] = {"all": one["all"], "any": one["any"]}
        model._default_manager.update_or_create(name=one["name"], defaults=values)
    return len(rules)


def _said(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "position": rule.position,
        "is_active": rule.is_active,
        "all": rule.conditions.get("all", []),
        "any": rule.conditions.get("any", []),
        "actions": rule.actions,
    }


def _rules(kind: str, said: Any) -> list[Any]:
    """The list of rules. Raises BadRules for what is no such file."""
    is_file = isinstance(said, dict) and set(said) == {"kind", "version", "rules"}
    if not is_file or said["kind"] != kind or said["version"] != VERSION or not isinstance(said["rules"], list):
        raise BadRules(_("This is no export of rules of this kind. Export some first to see what it looks like."))
    if len(said["rules"]) > MOST_RULES:
        raise BadRules(_("At most %(most)s rules fit into one import.") % {"most": MOST_RULES})
    return said["rules"]


def _problems(rules: list[Any], use: Use, house: Known) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for number, one in enumerate(rules, 1):
        message = _shape(one)
        if message:
            yield {"rule": number, "group": "", "row": 0, "part": "", "message": message}
            continue
        if one["name"] in seen:
            yield {"rule": number, "group": "", "row": 0, "part": "name", "message": _("This name is there twice.")}
        seen.add(one["name"])
        for slip in check(Draft({"all": one["all"], "any": one["any"]}, one["actions"]), use, house):
            where = {"rule": number, "group": slip.group, "row": slip.row, "part": slip.part}
            yield {**where, "message": problem(slip)}


def _shape(one: Any) -> str:
    """What is wrong with a rule beside its rows; empty where nothing is."""
    if not isinstance(one, dict) or set(one) != _PARTS:
        return _("A rule has these parts and no others: %(parts)s.") % {"parts": ", ".join(sorted(_PARTS))}
    name, position = one["name"], one["position"]
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME or "\x00" in name:
        return _("A rule needs a name of at most %(most)s characters.") % {"most": LONGEST_NAME}
    if not isinstance(position, int) or isinstance(position, bool) or not 0 <= position <= MOST_POSITION:
        return _("The place in the list is a whole number from 0 to %(most)s.") % {"most": MOST_POSITION}
    return "" if isinstance(one["is_active"], bool) else _("“is_active” is true or false.")
