"""What goes with a draft claim: picked and dropped by its writer alone, put forward when the claim is filed."""

from typing import Any
from uuid import uuid5

from django.db.models import Max

from mediation.conversations.actions import files
from mediation.conversations.actions.send import Send, send_message
from mediation.conversations.models import Attachment
from mediation.core.errors import NotFound
from mediation.disputes.actions.effects.evidence import file_of, message_of, term_of
from mediation.disputes.actions.step import Step, effect
from mediation.disputes.models import Pick
from mediation.disputes.models.evidence import EvidenceKind


@effect("pick_evidence")
def pick_evidence(step: Step) -> None:
    """A message, file or term picked again keeps its place and gets the new words."""
    message, attachment, quoted = message_of(step), _file(step), term_of(step)
    said = {
        "kind": EvidenceKind.TERM.value if quoted else step.payload["kind"],
        "title": step.payload["title"],
        "excerpt": "" if message or quoted else step.payload.get("excerpt", ""),
    }
    source = {"message": message, "attachment": attachment, "term_id": quoted.id if quoted else None}
    pick = step.dispute.picks.filter(**source).first() if any(source.values()) else None
    if pick is None:
        last = step.dispute.picks.aggregate(last=Max("position"))["last"] or 0
        pick = Pick(dispute=step.dispute, position=last + 1, **source)
    for name, value in said.items():
        setattr(pick, name, value)
    pick.save()
    step.result |= {"pick_id": str(pick.pk)}


@effect("drop_pick")
def drop_pick(step: Step) -> None:
    """A file that was uploaded for it is erased."""
    pick = step.dispute.picks.get(pk=step.payload["pick_id"])
    pick.delete()
    if pick.attachment_id:
        files.erase_unsent([pick.attachment_id])


@effect("put_forward")
def put_forward(step: Step) -> None:
    """Everything that goes with the claim becomes evidence in its order, by the command that submits evidence.

    A file that was kept until now is sent to the room first.
    """
    picks = list(step.dispute.picks.select_related("message", "attachment"))
    step.dispute.picks.all().delete()
    for pick in picks:
        if pick.attachment and pick.attachment.message_id is None:
            _send(step, pick, pick.attachment)
        step.also.append(("submit_evidence", _payload(pick)))


def forget(step: Step) -> None:
    """Nothing of what would have gone with a claim is kept, nor a file that was uploaded for it and never sent."""
    kept = list(step.dispute.picks.filter(attachment__isnull=False).values_list("attachment", flat=True))
    step.dispute.picks.all().delete()
    files.erase_unsent(kept)


def _file(step: Step) -> Attachment | None:
    """A file of the room, or the writer's own that is not sent yet. Raises NotFound for any other."""
    try:
        return file_of(step)
    except NotFound:
        unsent = files.keep_unsent(
            user=step.person, room_id=step.dispute.room_id, attachment_id=step.payload["file_id"]
        )
        if unsent is None:
            raise
        return unsent


def _send(step: Step, pick: Pick, attachment: Attachment) -> None:
    send_message(
        Send(
            author_id=step.person.pk,
            thread_id=attachment.thread_id,
            client_id=uuid5(pick.pk, "file"),
            body=pick.title,
            files=(attachment.pk,),
        )
    )


def _payload(pick: Pick) -> dict[str, Any]:
    return {
        "kind": pick.kind,
        "title": pick.title,
        "excerpt": pick.excerpt,
        "message": {"thread": pick.message.thread_id, "seq": pick.message.seq} if pick.message else None,
        "file_id": pick.attachment_id,
        "term_id": pick.term_id,
    }
