"""The triggers and the automation that a house begins with, named in each language."""

from collections.abc import Mapping
from typing import NamedTuple

from mediation.sla.rules.defaults import DESK

Row = tuple[str, str, str]
QUIET = "quiet"


class DefaultRule(NamedTuple):
    """Rows are (field, operator, value), all of which hold; actions are (action, value)."""

    names: Mapping[str, str]
    rows: tuple[Row, ...]
    actions: tuple[tuple[str, str], ...]


DEFAULT_TRIGGERS = (
    DefaultRule(
        {
            "en": "A large sum is in dispute",
            "es": "Hay mucho dinero en disputa",
            "nl": "Er is veel geld in geschil",
        },
        (("happening", "is", "dispute.file"), ("amount", "greater_than", "2000")),
        (("set_priority", "high"), ("add_tags", "large-sum")),
    ),
    DefaultRule(
        {
            "en": "Asked for a mediator when the desk is closed",
            "es": "Se pide mediación con la mesa cerrada",
            "nl": "Om een bemiddelaar gevraagd als de balie dicht is",
        },
        (("happening", "is", "dispute.ask_mediator"), ("business_hours", "is_not", DESK)),
        (("tell_parties", "seen"),),
    ),
    DefaultRule(
        {
            "en": "Somebody wrote in a quiet case",
            "es": "Alguien escribió en un caso parado",
            "nl": "Iemand schreef in een stille zaak",
        },
        (("happening", "is", "message.sent"), ("tags", "includes", QUIET)),
        (("remove_tags", QUIET),),
    ),
)
DEFAULT_AUTOMATIONS = (
    DefaultRule(
        {
            "en": "Nothing has happened for two days",
            "es": "No pasa nada desde hace dos días",
            "nl": "Er is twee dagen niets gebeurd",
        },
        (
            ("since_updated", "greater_than", "48"),
            ("state", "is", "mediating"),
            ("tags", "not_includes", QUIET),
        ),
        (("add_tags", QUIET), ("notify", "mediator")),
    ),
)
