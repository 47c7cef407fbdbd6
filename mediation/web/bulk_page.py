"""Several cases at once, in words: which, what can be done with them, and what came of each."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import Role
from mediation.core.errors import NotFound
from mediation.desk import audience
from mediation.desk.actions.bulk import Outcome
from mediation.desk.queries import routing
from mediation.web import desk_words, routing_words, snooze_words

AS_THE_MONEY = "money"
# What is typed for each act.
TYPED = {
    "assign": ("agent_id", "brief", "override_reason"),
    "note": ("text",),
    "prioritise": ("priority",),
    "tag": ("tags",),
    "untag": ("tags",),
    "snooze": ("until", "moment", "on_word"),
}


def context(user: User, cases: Sequence[UUID]) -> dict[str, Any]:
    """The page of the chosen cases that the reader may see. Raises NotFound for who has no desk."""
    if not audience.is_at_desk(user):
        raise NotFound
    rows = audience.visible_rows(user).filter(pk__in=cases).select_related("dispute__room__contract")
    may_assign = user.role == Role.SUPERVISOR
    return {
        "cases": [{"id": row.pk, "title": row.dispute.room.contract.title} for row in rows.order_by("order_at", "pk")],
        "may_assign": may_assign,
        "agents": _agents() if may_assign else [],
        "may_handle": audience.may_handle(user),
        "priorities": [*desk_words.PRIORITIES.items(), (AS_THE_MONEY, _("As the money says"))],
        "until": snooze_words.choices(user),
        "press": uuid4(),
    }


def results(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """One line for each case: done, or why not."""
    lines = [
        {
            "title": one.case.room.contract.title if one.case else _("A case that is not on your desk"),
            "href": reverse("web:desk") + f"?queue=open&case={one.case.pk}" if one.case else "",
            "refused": str(one.refused),
        }
        for one in outcomes
    ]
    return {"lines": lines, "done": sum(not one["refused"] for one in lines), "count": len(lines)}


def left(outcomes: Sequence[Outcome]) -> list[UUID]:
    """The cases that refused."""
    return [one.case.pk for one in outcomes if one.case and one.refused]


def still_said(said: Mapping[str, str], act: str, outcomes: Sequence[Outcome]) -> dict[str, str]:
    """What was typed and is not done: for other acts, and for this one while a case refuses it."""
    is_done = not any(one.refused for one in outcomes)
    return {name: value for name, value in said.items() if not (is_done and name in TYPED[act])}


def _agents() -> list[dict[str, str]]:
    return [
        {"value": str(one.agent.pk), "word": f"{one.agent.name} · {routing_words.load(one.fit)}"}
        for one in routing.everybody()
    ]
