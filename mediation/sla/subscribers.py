"""Clocks hear everything that happens to a case, and every message."""

from mediation.events.catalogue import declared
from mediation.events.models import Event
from mediation.events.subscribers import subscriber
from mediation.sla.actions import happenings
from mediation.sla.queries.happenings import MESSAGE


@subscriber("clocks", MESSAGE, *(name for name in declared() if name.startswith("dispute.")))
def keep_clocks(event: Event) -> None:
    """Begin, pause and end clocks."""
    happenings.note(event=event)
