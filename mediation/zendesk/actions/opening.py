"""Making a case's ticket: once, whatever becomes of the answer."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from mediation.core import clock
from mediation.disputes.models import Dispute
from mediation.zendesk.actions.asking import ask
from mediation.zendesk.actions.requests import fields_of, write
from mediation.zendesk.models import Mirror, Person, Request
from mediation.zendesk.queries.batches import next_batch
from mediation.zendesk.rules import pace, payloads
from mediation.zendesk.rules.statuses import CLOSED, status_of, tags_of


def external_id(dispute_id: UUID) -> str:
    """How a ticket names its case. Zendesk does not hold it to be unique."""
    return f"parley:dispute:{dispute_id}"


def ticket_of(mirror: Mirror, dispute: Dispute, comment: payloads.Comment) -> payloads.NewTicket:
    """The case's ticket as it is to be, with its first comment."""
    cc = (shadow(dispute.respondent),) if settings.ZENDESK.joint_is_public else ()
    return payloads.NewTicket(
        external_id=external_id(dispute.pk),
        subject=_subject(dispute),
        requester_id=shadow(dispute.filer),
        comment=comment,
        status=status_of(dispute.state),
        tags=tags_of(dispute.state),
        fields=fields_of(mirror, dispute.state),
        cc=cc,
        follows=mirror.earlier[-1] if mirror.earlier and mirror.there.get("status") == CLOSED else None,
    )


def pushes_of(dispute: Dispute) -> dict[str, Any]:
    """What a new ticket says of the state."""
    return {"state": dispute.state, "tags": sorted(tags_of(dispute.state))}


def prepare(mirror: Mirror) -> bool:
    """Write the request for the ticket. False while the case has nothing to say yet."""
    batch = next_batch(mirror)
    if batch is None:
        return False
    dispute = Dispute.objects.select_related("filer", "respondent").get(pk=mirror.dispute_id)
    ticket = ticket_of(
        mirror, dispute, payloads.Comment(batch.html, batch.public, [str(one.pk) for one in batch.items])
    )
    pushes = pushes_of(dispute)
    write(mirror, Request.Kind.OPEN, ticket.body(), public=batch.public, items=batch.items, pushes=pushes)
    return True


def _subject(dispute: Dispute) -> str:
    """The case's number and nothing that anybody wrote: subjects are mailed, and shown in lists."""
    with translation.override(settings.ZENDESK.language):
        return _("Dispute %(number)s") % {"number": dispute.number} if dispute.number else _("Help, without a claim")


def shadow(user: User) -> int:
    """Who a person is there: a shadow, whose address takes no mail."""
    known = Person.objects.filter(user=user, is_shadow=True).values_list("zendesk_id", flat=True).first()
    if known is not None:
        return known
    body = payloads.person(external_id=f"parley:user:{user.pk}", name=user.name or "–", email=f"{user.pk}@example.com")
    answer = ask("POST", "/api/v2/users/create_or_update", body=body, uses={"users": pace.USERS})
    zendesk_id = int(answer.data["user"]["id"])
    found = {"user": user, "is_shadow": True, "name": user.name, "role": "end-user", "looked_at": clock.now()}
    Person.objects.update_or_create(zendesk_id=zendesk_id, defaults=found)
    return zendesk_id
