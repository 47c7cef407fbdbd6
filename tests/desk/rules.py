"""Short ways to write rules and webhooks."""

from typing import Any
from uuid import uuid4

from mediation.core import clock
from mediation.desk.actions.webhooks import new_secret
from mediation.desk.models import Automation, Trigger, Webhook, WebhookDelivery
from mediation.desk.rules.conditions import reading
from mediation.desk.rules.conditions.fields import Use
from mediation.desk.rules.conditions.reading import Conditions

Row = tuple[str, ...]


def rows(*said: Row) -> list[dict[str, str]]:
    """Each row as (field, operator) or (field, operator, value)."""
    return [dict(zip(("field", "operator", "value"), (*row, "")[:3], strict=True)) for row in said]


def deeds(*said: tuple[str, str]) -> list[dict[str, str]]:
    return [{"action": action, "value": value} for action, value in said]


def read(*every: Row, some: tuple[Row, ...] = (), use: Use = Use.TRIGGER) -> Conditions:
    return reading.read({"all": rows(*every), "any": rows(*some)}, use)


def trigger(name: str, *every: Row, do: tuple[tuple[str, str], ...], position: int = 10, **more: Any) -> Trigger:
    conditions = {"all": rows(*every), "any": rows(*more.pop("some", ()))}
    return Trigger.objects.create(name=name, position=position, conditions=conditions, actions=deeds(*do), **more)


def automation(name: str, *every: Row, do: tuple[tuple[str, str], ...], **more: Any) -> Automation:
    conditions = {"all": rows(*every), "any": rows(*more.pop("some", ()))}
    return Automation.objects.create(name=name, conditions=conditions, actions=deeds(*do), **more)


def webhook(address: str, *events: str, name: str = "House") -> tuple[Webhook, str]:
    """One, and its secret."""
    made = Webhook(name=name, address=address, events=list(events))
    secret = new_secret(made)
    made.save()
    return made, secret


def waiting(address: str, **more: Any) -> WebhookDelivery:
    """Something to be sent."""
    made = webhook(address, name=f"House {uuid4()}")[0]
    now = clock.now()
    values = {"body": "{}", "written_at": now, "try_at": now, "cause": "test", "happening": "dispute.file"}
    return WebhookDelivery.objects.create(webhook=made, **values | more)
