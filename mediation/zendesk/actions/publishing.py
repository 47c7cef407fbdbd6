"""Before something is said in public on a ticket: who would read it there."""

from mediation.zendesk.actions.asking import ask
from mediation.zendesk.models import Mirror, Person


def is_right(mirror: Mirror) -> bool:
    """Whether the ticket's requester and CCs are the two parties of the case, and nobody else. Raises Wait, Trouble."""
    parties = {mirror.dispute.filer_id, mirror.dispute.respondent_id}
    ours = set(Person.objects.filter(user__in=parties, is_shadow=True).values_list("zendesk_id", flat=True))
    ticket = ask("GET", f"/api/v2/tickets/{mirror.ticket_id}").data["ticket"]
    there = {ticket.get("requester_id"), *(ticket.get("email_cc_ids") or ()), *(ticket.get("collaborator_ids") or ())}
    return len(ours) == len(parties) and there == ours
