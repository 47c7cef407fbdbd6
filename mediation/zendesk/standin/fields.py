"""Custom fields of tickets: kept by their number, in words, as JSON keys are."""

from typing import Any

from mediation.zendesk.standin.errors import bad_request, invalid
from mediation.zendesk.standin.seed import FIELDS
from mediation.zendesk.standin.world import Json


def read(given: Any) -> Json:
    """Raises Refusal (422) for a field that the account does not have."""
    if isinstance(given, dict):
        given = [{"id": key, "value": value} for key, value in given.items()]
    if not isinstance(given, list) or not all(isinstance(item, dict) and "id" in item for item in given):
        raise bad_request("InvalidValue", "custom_fields is a list of {id, value}")
    for item in given:
        if not str(item["id"]).isdigit() or int(item["id"]) not in FIELDS:
            raise invalid("custom_fields", f"Custom field {item['id']} does not exist")
    return {str(item["id"]): item.get("value") for item in given}


def shown(values: Json) -> list[Json]:
    """All the account's fields, also the empty ones."""
    return [{"id": number, "value": values.get(str(number))} for number in FIELDS]
