"""Telling the ticket how the case stands. What is true now is told, not each thing that was: the last word wins."""

from uuid import uuid4

from mediation.zendesk.actions.asking import ask
from mediation.zendesk.actions.requests import fields_of, write
from mediation.zendesk.models import Mirror, Request
from mediation.zendesk.rules import pace, payloads
from mediation.zendesk.rules.statuses import is_ours, status_of, tags_of


def prepare(mirror: Mirror) -> bool:
    """Write the request for the state. False when the ticket has it."""
    state = mirror.dispute.state
    if mirror.pushed.get("state") == state:
        return False
    id = uuid4()
    fields = fields_of(mirror, state)
    body = payloads.update(stamp=mirror.stamp, comment=None, status=status_of(state), fields=fields, mark=[str(id)])
    write(mirror, Request.Kind.STATE, body, pushes={"state": state}, id=id)
    return True


def tag(mirror: Mirror) -> bool:
    """Put our tags on and take old ones off, and touch nobody else's. Said twice it changes nothing, so it needs no
    request that is remembered. False when they are right.
    """
    # Who does not know what was put on, as after a resync, goes by what is there.
    known = mirror.pushed.get("tags") or filter(is_ours, mirror.there.get("tags") or ())
    wanted, had = tags_of(mirror.dispute.state), frozenset(known)
    uses = {"updates": pace.UPDATES, f"ticket.{mirror.ticket_id}": pace.OF_A_TICKET}
    path = f"/api/v2/tickets/{mirror.ticket_id}/tags"
    if wanted == had:
        return False
    if wanted - had:
        ask("PUT", path, body=payloads.tags(wanted - had), uses=uses)
    old = {name for name in had - wanted if is_ours(name)}
    if old:
        ask("DELETE", path, body=payloads.tags(old), uses=uses)
    mirror.pushed = {**mirror.pushed, "tags": sorted(wanted)}
    # They moved the ticket's stamp.
    mirror.is_rung = True
    mirror.save(update_fields=["pushed", "is_rung"])
    return True
