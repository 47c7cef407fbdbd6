"""The file of a form whose command was refused: a browser cannot send it back, so it is kept and named."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from accounts.models import User
from mediation.disputes.actions import exhibits
from mediation.disputes.models import Dispute


def chosen(request: HttpRequest, user: User, dispute: Dispute, command: str) -> dict[str, Any] | None:
    """`{id, name}` of the file that comes with the form, or that was kept when it was refused; None if there is none.

    Raises what `exhibits.keep` and `exhibits.kept_before` raise.
    """
    before = _uuid(request.POST.get("kept"))
    file = request.FILES.get("upload")
    if file is not None:
        kept_id = exhibits.keep(user=user, dispute_id=dispute.pk, command=command, file=file, instead_of=before)
        return {"id": kept_id, "name": file.name or ""}
    if before is None:
        return None
    kept = exhibits.kept_before(user=user, dispute_id=dispute.pk, file_id=before)
    return {"id": kept.pk, "name": kept.name}


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
