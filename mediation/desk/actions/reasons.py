"""What a case is about, as who works on it says. The newest word holds; those before it stay on record."""

from uuid import UUID

from django.db import transaction

from accounts.models import User
from mediation.core import clock
from mediation.core.errors import Forbidden
from mediation.desk import audience
from mediation.desk.errors import NoSuchReason
from mediation.desk.models import CaseReason, ReasonName, ReasonTag
from mediation.desk.queries.reasons import choices
from mediation.desk.rules.default_reasons import DEFAULT_REASONS
from mediation.disputes.models import Dispute


@transaction.atomic
def say_reason(*, user: User, dispute_id: UUID, code: str, suggested: str = "", question: str = "") -> CaseReason:
    """The one reason of a case from now on; the same again changes nothing. `suggested` is what was proposed first.

    A case that is over can be told apart from others, too. Raises NotFound, Forbidden, NoSuchReason.
    """
    audience.case_of(user, dispute_id)
    if not audience.may_handle(user):
        raise Forbidden
    dispute = Dispute.objects.select_for_update().get(pk=dispute_id)
    known = {one.code for one in choices("")}
    if code not in known:
        raise NoSuchReason
    before = CaseReason.objects.filter(dispute=dispute, ended_at__isnull=True).select_related("tag").first()
    if before is not None and before.tag.code == code:
        return before
    now = clock.now()
    if before is not None:
        before.ended_at = now
        before.save(update_fields=["ended_at"])
    return CaseReason.objects.create(
        dispute=dispute, tag=ReasonTag.objects.get(code=code), question=question, said_by=user, said_at=now,
        suggested=ReasonTag.objects.get(code=suggested) if suggested in known else None,
    )  # fmt: skip


@transaction.atomic
def add_defaults() -> int:
    """Add those that are not there; returns how many. One that somebody changed or switched off stays as it is."""
    known = {tag.code: tag for tag in ReasonTag.objects.all()}
    new = [(place, one) for place, one in enumerate(DEFAULT_REASONS, 1) if one.code not in known]
    for place, one in new:
        tag = ReasonTag.objects.create(code=one.code, parent=known.get(one.parent), position=place * 10)
        known[one.code] = tag
        ReasonName.objects.bulk_create(
            ReasonName(tag=tag, language=language, name=name, phrasings=list(one.said) if language == "en" else [])
            for language, name in one.names.items()
        )
    return len(new)
