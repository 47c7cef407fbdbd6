"""Rules, verdicts and slips as sentences, in the language of whoever reads them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.models import Team
from mediation.desk import rule_words as words
from mediation.desk.models import Webhook
from mediation.desk.queries.rule_people import staff
from mediation.desk.rules.conditions.fields import FIELDS, Kind
from mediation.desk.rules.conditions.reading import Problem
from mediation.desk.rules.rule_actions import NONE, Act
from mediation.sla.models import Calendar

Names = Mapping[str, str]
_NUMBERS = frozenset({Kind.MONEY, Kind.HOURS})


def names() -> dict[str, dict[str, str]]:
    """What rules can name: id → name, for people, teams, webhooks; code → name for calendars."""
    return {
        "people": {str(key): name for key, name in staff().order_by("name").values_list("pk", "name")},
        "teams": {str(key): name for key, name in Team.objects.values_list("pk", "name")},
        "webhooks": {str(key): name for key, name in Webhook.objects.values_list("pk", "name")},
        "calendars": dict(Calendar.objects.values_list("code", "name")),
    }


def all_names() -> Names:
    """The same in one."""
    return {key: name for of_kind in names().values() for key, name in of_kind.items()}


def explained(verdicts: Iterable[Mapping[str, Any]], known: Names) -> list[dict[str, Any]]:
    """Each row of a verdict with `group`, `holds` and its `sentence`."""
    return [
        {"group": one["group"], "holds": one["holds"], "sentence": _verdict(one, known)}
        for one in verdicts
    ]  # fmt: skip


def _verdict(one: Mapping[str, Any], known: Names) -> str:
    row = f"{words.FIELDS[one['field']]} {words.OPERATORS[one['operator']]}"
    if one["value"]:
        row += f" {value(one['field'], one['value'], known)}"
    if one["holds"]:
        return _("%(row)s: yes") % {"row": row}
    if not one["found"]:
        return _("%(row)s: no") % {"row": row}
    return _("%(row)s: no, it is %(found)s") % {"row": row, "found": value(one["field"], one["found"], known)}


def value(field: str, said: str, known: Names) -> str:
    """A value as people read it."""
    if said in words.VALUES.get(field, {}):
        return str(words.VALUES[field][said])
    if field == "happening":
        return str(words.OTHER_HAPPENING)
    asked = FIELDS.get(field)
    if asked is not None and asked.kind in _NUMBERS:
        places = 2 if asked.kind is Kind.MONEY else None
        return number_format(said, decimal_pos=places, force_grouping=True)
    return known.get(said, said)


def deed(action: str, said: str, known: Names) -> str:
    """An action as people read it."""
    named = str(words.NOBODY) if said == NONE and action in (Act.TEAM, Act.ASSIGNEE) else value(action, said, known)
    if action in (Act.NOTE, Act.TELL):
        return _("%(what)s “%(text)s”") % {"what": words.ACTIONS[action], "text": named}
    return f"{words.ACTIONS[action]} {named}"


def problem(one: Problem) -> str:
    """A slip with its row and its part."""
    said = str(words.WRONG[one.code]) % {"given": one.given}
    if one.row and one.part:
        where = {"row": one.row, "part": words.PARTS[one.part], "problem": said}
        return _("Row %(row)s, %(part)s: %(problem)s") % where
    if one.row:
        return _("Row %(row)s: %(problem)s") % {"row": one.row, "problem": said}
    return said
