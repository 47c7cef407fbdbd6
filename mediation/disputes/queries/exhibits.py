"""The files of a case, for whoever reads the evidence or the award: they need not be in the room."""

from uuid import UUID

from accounts.models import User
from mediation.conversations.models import Attachment, Thread
from mediation.core.errors import NotFound
from mediation.disputes import audience
from mediation.disputes.rules import visibility
from mediation.disputes.rules.visibility import Thing, Viewer


def file_of(*, user: User, dispute_id: UUID, number: int) -> Attachment:
    """The file of an item of a case; one that was taken out of view only for staff. Raises NotFound for who may not
    read the evidence, and where there is no file.
    """
    dispute = audience.case_of(user, dispute_id)
    if not visibility.reads(Thing.EVIDENCE, audience.viewers(dispute, user)):
        raise NotFound
    joint = Thread.Audience.JOINT.value
    item = dispute.evidence.filter(number=number, audience=joint).select_related("attachment__message").first()
    if item is None or item.attachment is None or (item.redacted and not user.is_upwork_staff):
        raise NotFound
    return item.attachment


def award_of(*, user: User, dispute_id: UUID, round_number: int) -> Attachment:
    """The arbitrator's document, from the first time the case was open (1) or after it was opened again. Until a
    second senior has confirmed it only seniors read it. Raises NotFound for everybody else, and where there is none.
    """
    dispute = audience.case_of(user, dispute_id)
    awards = dispute.awards.filter(reopenings=round_number - 1).select_related("document__message")
    if Viewer.SENIOR not in audience.viewers(dispute, user):
        awards = awards.filter(confirmed_at__isnull=False)
    newest = awards.order_by("-pk").first()
    if newest is None:
        raise NotFound
    return newest.document
