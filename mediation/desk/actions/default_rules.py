"""Rules that a house begins with."""

from django.conf import settings
from django.db import transaction

from mediation.desk.models import Automation, Trigger
from mediation.desk.models.triggers import Rule
from mediation.desk.rules.default_rules import DEFAULT_AUTOMATIONS, DEFAULT_TRIGGERS, DefaultRule
from mediation.sla.actions.defaults import newest_terms


@transaction.atomic
def add_defaults(*, language: str = settings.LANGUAGE_CODE) -> int:
    """Add those that are not there under any of their names; returns how many. What was changed stays as it is."""
    newest_terms()  # they name a calendar
    return _add(Trigger, DEFAULT_TRIGGERS, language) + _add(Automation, DEFAULT_AUTOMATIONS, language)


def _add(model: type[Rule], defaults: tuple[DefaultRule, ...], language: str) -> int:
    known = set(model._default_manager.values_list("name", flat=True))
    new = [(place, one) for place, one in enumerate(defaults, 1) if known.isdisjoint(one.names.values())]
    for place, one in new:
        rows = [dict(zip(("field", "operator", "value"), row, strict=True)) for row in one.rows]
        model._default_manager.create(
            name=one.names[language],
            position=place * 10,
            conditions={"all": rows, "any": []},
            actions=[{"action": action, "value": value} for action, value in one.actions],
        )
    return len(new)
