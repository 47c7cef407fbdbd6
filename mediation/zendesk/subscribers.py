"""The mirror hears whatever stands in a room's timeline, and what becomes of cases."""

from mediation.events.catalogue import declared
from mediation.events.models import Event
from mediation.events.subscribers import subscriber
from mediation.zendesk.actions import asking, outbox

_SAID = ("message.sent", "message.edited", "message.removed")
_LINES = ("member.", "help.", "milestone.", "contract.", "dispute.", "room.")


@subscriber("zendesk", *_SAID, *(name for name in declared() if name.startswith(_LINES)))
def tell_the_ticket(event: Event) -> None:
    """Write it down for the case's ticket."""
    if asking.is_on():
        outbox.hear(event=event)
