"""The vocabulary with its words, for the form in the admin and its script."""

from typing import Any

from django.utils.translation import gettext as _

from mediation.desk import rule_words as words
from mediation.desk.queries.rule_sentences import names
from mediation.desk.rules.conditions.fields import WITHOUT_VALUE, Field, Kind, Use, fields_of
from mediation.desk.rules.rule_actions import CHOICES, NONE, Act

Choice = tuple[str, str]
_NAMED = {Kind.PERSON: "people", Kind.TEAM: "teams", Kind.CALENDAR: "calendars"}
_ACTS = {Act.TEAM: "teams", Act.ASSIGNEE: "people", Act.WEBHOOK: "webhooks"}


def vocabulary(use: Use) -> dict[str, Any]:
    """`{fields: {key: {label, operators, values}}, actions: {key: {label, values}}, …}`; `values` are pairs of code and
    word to choose among, None where it is written freely.
    """
    known = names()
    fields = {one.key: _field(one, use, known) for one in fields_of(use)}
    actions = {act.value: {"label": str(words.ACTIONS[act]), "values": _acts(act, known)} for act in Act}
    return {
        "fields": fields,
        "operators": {key: word for field in fields.values() for key, word in field["operators"]},
        "actions": actions,
        "without_value": sorted(one.value for one in WITHOUT_VALUE),
        "words": {"gone": _("%(value)s (no longer there)"), "add": _("Add a row"), "remove": _("Remove this row")},
    }


def _field(one: Field, use: Use, known: dict[str, dict[str, str]]) -> dict[str, Any]:
    values: list[Choice] | None = None
    if one.kind is Kind.CHOICE:
        values = [(key, str(words.VALUES[one.key][key])) for key in one.choices]
    elif one.kind in _NAMED:
        values = list(known[_NAMED[one.kind]].items())
    return {
        "label": str(words.FIELDS[one.key]),
        "operators": [(operator.value, str(words.OPERATORS[operator])) for operator in one.operators(use)],
        "values": values,
    }


def _acts(act: Act, known: dict[str, dict[str, str]]) -> list[Choice] | None:
    if act in CHOICES:
        return [(key, str(words.VALUES[act][key])) for key in CHOICES[act]]
    if act in _ACTS:
        nobody = [] if act is Act.WEBHOOK else [(NONE, str(words.NOBODY))]
        return [*nobody, *known[_ACTS[act]].items()]
    return None
