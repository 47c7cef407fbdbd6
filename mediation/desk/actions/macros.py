"""Macros that a house begins with."""

from django.db import transaction

from accounts.rules import STAFF_ROLES
from mediation.desk.models import Macro, MacroText
from mediation.desk.rules.default_macros import DEFAULT_MACROS


@transaction.atomic
def add_defaults() -> int:
    """Add those that are not there; returns how many. One that somebody changed or switched off stays as it is."""
    known = set(Macro.objects.values_list("key", flat=True))
    new = [(place, one) for place, one in enumerate(DEFAULT_MACROS, 1) if one.key not in known]
    for place, one in new:
        macro = Macro.objects.create(
            key=one.key, places=list(one.places), roles=sorted(STAFF_ROLES), position=place * 10
        )
        MacroText.objects.bulk_create(
            MacroText(macro=macro, language=language, title=said.title, body=said.body)
            for language, said in one.texts.items()
        )
    return len(new)
