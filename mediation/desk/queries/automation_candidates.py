"""Which cases an automation has to look at: found by the index of the time that it asks for, never all of them.

What is left out cannot fit; what is found is judged row by row. A page goes on after a key (moment, case).
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from mediation.desk.models import Automation, AutomationFiring, CaseTag, Handling, QueueRow
from mediation.desk.rules.conditions.fields import Kind, Operator
from mediation.desk.rules.conditions.reading import Condition, Conditions

PAGE = 200
Key = tuple[datetime, UUID]
_MORE = (Operator.GREATER, Operator.GREATER_OPEN)


def candidates(automation: Automation, conditions: Conditions, now: datetime, after: Key | None) -> list[Key]:
    """The next open cases that can fit and to which it has not been done already, by the moment that it asks for."""
    asked = next(one for one in conditions.all if one.field.kind is Kind.HOURS)
    rows, column = _rows(asked)
    found = rows.filter(_within(asked, column, now), is_open=True).annotate(moment=F(column))
    if after is not None:
        at, case = after
        found = found.filter(Q(moment__gt=at) | Q(moment=at, pk__gt=case), moment__gte=at)
    done = AutomationFiring.objects.filter(automation=automation, dispute=OuterRef("pk"), undone_at__isnull=True)
    found = _narrowed(found.exclude(Exists(done)), conditions)
    return list(found.order_by("moment", "pk").values_list("moment", "pk")[:PAGE])


def _rows(asked: Condition) -> tuple[QuerySet[Any], str]:
    """The table whose index knows the moment, and its column."""
    key = asked.field.key
    if key in ("until_breach", "since_breach"):
        return QueueRow.objects.filter(due_at__isnull=False), "order_at"
    return Handling.objects.all(), "deadline_at" if key == "until_due" else f"{key.removeprefix('since_')}_at"


def _within(asked: Condition, column: str, now: datetime) -> Q:
    """Where the moment lies. Business hours are never more than the hours that passed, so those bound them only where
    more is asked for.
    """
    hours = timedelta(hours=float(asked.value))
    is_since = asked.field.key.startswith("since_")
    edge = now - hours if is_since else now + hours
    if asked.operator in _MORE:
        return Q(**{f"{column}__lt" if is_since else f"{column}__gt": edge})
    known = Q(**{f"{column}__lte" if is_since else f"{column}__gte": now})
    if asked.operator is Operator.LESS:
        known &= Q(**{f"{column}__gt" if is_since else f"{column}__lt": edge})
    return known


def _narrowed(found: QuerySet[Any], conditions: Conditions) -> QuerySet[Any]:
    """What the database can tell at once of the rows that must all hold."""
    for one in conditions.all:
        if one.field.key == "state" and one.operator is Operator.IS:
            found = found.filter(dispute__state=one.value)
        elif one.field.key == "tags" and one.operator in (Operator.INCLUDES, Operator.NOT_INCLUDES):
            tagged = Exists(CaseTag.objects.filter(dispute=OuterRef("pk"), name__in=one.value))
            found = found.filter(tagged if one.operator is Operator.INCLUDES else ~tagged)
    return found
