"""The request of a ticket that is under way: written, taken, or forgotten. There is one at most."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from mediation.core import clock
from mediation.zendesk.models import Mirror, Outgoing, Request


def under_way(mirror: Mirror) -> Request | None:
    """The one that is not settled."""
    return Request.objects.filter(mirror=mirror, settled_at__isnull=True).first()


@transaction.atomic
def write(
    mirror: Mirror,
    kind: Request.Kind,
    body: bytes,
    *,
    public: bool | None = None,
    items: Sequence[Outgoing] = (),
    pushes: dict[str, Any] | None = None,
    id: UUID | None = None,
) -> None:
    """Keep a request byte for byte as it will be sent, with the rows that it carries and what it makes of the state."""
    request = Request.objects.create(
        id=id or uuid4(),
        mirror=mirror,
        kind=kind.value,
        body=body.decode(),
        public=public,
        pushes=pushes or {},
        made_at=clock.now(),
    )
    Outgoing.objects.filter(pk__in=[item.pk for item in items]).update(request=request)


@transaction.atomic
def done(mirror: Mirror, request: Request, *, audit_id: int | None) -> None:
    """The ticket has it."""
    now = clock.now()
    Request.objects.filter(pk=request.pk).update(settled_at=now, audit_id=audit_id, problem="")
    Outgoing.objects.filter(request=request).update(done_at=now)
    mirror.pushed = {**mirror.pushed, **request.pushes}
    mirror.why = ""
    mirror.save(update_fields=["ticket_id", "stamp", "there", "pushed", "why"])


@transaction.atomic
def forget(request: Request) -> None:
    """It was not applied. What it carried waits again, and is put together anew with what is known now."""
    Outgoing.objects.filter(request=request).update(request=None)
    Request.objects.filter(pk=request.pk).delete()


def fields_of(mirror: Mirror, state: str) -> dict[int, str]:
    """The case's state for the ticket's own field; nothing without one, or where Zendesk did not know it."""
    field = settings.ZENDESK.state_field
    return {field: state} if field and not mirror.pushed.get("no_fields") else {}
