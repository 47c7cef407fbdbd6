"""What the executive desk tells: that a case was referred, and every command said to one: its id and its state."""

from mediation.escalations.rules.table import TABLE
from mediation.events.catalogue import EventType, declare

REFERRED = "escalation.refer"
DATA = ("case", "state", "owner")


def of_command(command: str) -> str:
    """The event of a command."""
    return f"escalation.{command}"


declare(
    EventType(REFERRED, "a client was referred to the executive desk", data=DATA, has_message=False),
    *(
        EventType(of_command(name), f"the command {name} was said to a referred case", data=DATA, has_message=False)
        for name in sorted({row.command for row in TABLE})
    ),
)
