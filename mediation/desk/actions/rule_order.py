"""The order in which rules are looked at: one is moved past its neighbour, and all are numbered anew."""

from uuid import UUID

from django.db import transaction

from mediation.core.errors import NotFound
from mediation.desk.models.triggers import Rule

GAP = 10  # so that a number can still be typed in between


@transaction.atomic
def move(*, model: type[Rule], rule_id: UUID, by: int) -> tuple[Rule, int, int]:
    """Move a rule up (`by` is -1) or down (1) among all of its kind, those that are off too; at an end it stays.
    Returns it with its place, counted from 1, and how many there are. Raises NotFound.
    """
    # One lock for all, in the order of the keys: two who move at once go one after the other.
    list(model._default_manager.select_for_update().order_by("pk").values_list("pk", flat=True))
    rules = list(model._default_manager.order_by("position", "name"))
    here = next((place for place, one in enumerate(rules) if one.pk == rule_id), None)
    if here is None:
        raise NotFound
    there = min(max(here + by, 0), len(rules) - 1)
    rules.insert(there, rules.pop(here))
    changed = [one for place, one in enumerate(rules, 1) if one.position != place * GAP]
    for place, one in enumerate(rules, 1):
        one.position = place * GAP
    model._default_manager.bulk_update(changed, ["position"])
    return rules[there], there + 1, len(rules)
