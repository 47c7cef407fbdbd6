"""A file that becomes evidence. It is decoded and kept before anything is locked; then it is sent and said in one
transaction, or not at all.

What was kept for a command that is refused waits for the next try, and is swept like every upload that nobody sends.
"""

from typing import Any
from uuid import UUID, uuid5

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from mediation.conversations.actions import files
from mediation.conversations.actions.send import Send, send_message
from mediation.conversations.errors import FileGone
from mediation.conversations.models import Attachment, Message, Thread
from mediation.core import clock
from mediation.disputes import audience
from mediation.disputes.actions.transition import Result, hear_timers, transition
from mediation.disputes.errors import IdUsed, NotYours
from mediation.disputes.models import Dispute
from mediation.disputes.queries.facts import actors
from mediation.disputes.rules import table


def keep(*, user: User, dispute_id: UUID, command: str, file: UploadedFile, instead_of: UUID | None = None) -> UUID:
    """Keep a file that the person is about to name in a command, and let go of the one that it replaces; its id.

    Raises NotFound for who may not know of the case, NotYours for who never says the command, and what `files.upload`
    raises: then nothing is kept.
    """
    dispute = audience.case_of(user, dispute_id)
    if not table.spoken_by(command, actors(dispute, user)):
        raise NotYours
    joint = Thread.objects.get(room=dispute.room_id, audience=Thread.Audience.JOINT.value, is_main=True)
    kept = files.upload(user=user, thread_id=joint.pk, file=file)
    if instead_of is not None:
        _let_go(user, instead_of)
    return kept.pk


def kept_before(*, user: User, dispute_id: UUID, file_id: UUID) -> Attachment:
    """One's own file that was kept for a command which was refused, by the id in its form. Raises FileGone."""
    room = Dispute.objects.filter(pk=dispute_id).values("room")
    found = Attachment.objects.filter(pk=file_id, uploader=user, thread__room__in=room).first()
    if found is None:
        raise FileGone
    return found


def submit_with_file(
    *,
    user: User,
    dispute_id: UUID,
    file_id: UUID,
    payload: dict[str, Any],
    command_id: UUID,
    expected_version: int | None,
) -> Result:
    """Say `submit_evidence` with a file that was kept and is sent to the room with it. Where it is refused, nothing was
    sent.

    The message's client id is made from the command's, so that a retry finds the first and sends no second file.
    Raises what `send_message` and `transition` raise.
    """
    hear_timers(dispute_id, clock.received())  # what refusing this must not undo
    client_id = uuid5(command_id, "file")
    with transaction.atomic():
        dispute = _locked(dispute_id)
        sent = Message.objects.select_related("thread").filter(author=user, client_id=client_id).first()
        if sent is None:
            joint = Thread.objects.get(room=dispute.room_id, audience=Thread.Audience.JOINT.value, is_main=True)
            send_message(
                Send(
                    author_id=user.pk,
                    thread_id=joint.pk,
                    client_id=client_id,
                    body=payload["title"],
                    files=(file_id,),
                )
            )
        elif not sent.files or sent.thread.room_id != dispute.room_id:
            raise IdUsed
        result = transition(
            actor=user,
            dispute_id=dispute_id,
            command="submit_evidence",
            payload=payload | {"file_id": UUID(sent.files[0]["id"]) if sent else file_id},
            command_id=command_id,
            expected_version=expected_version,
        )
    if result.repeated:
        _let_go(user, file_id)
    return result


def pick_with_file(*, user: User, dispute_id: UUID, file_id: UUID, payload: dict[str, Any], command_id: UUID) -> Result:
    """Say `pick_evidence` with a file that was kept, and that nobody else can open until the claim is filed. Where it
    had been said before, no second file is kept.

    Raises what `transition` raises.
    """
    result = transition(
        actor=user,
        dispute_id=dispute_id,
        command="pick_evidence",
        payload=payload | {"file_id": file_id},
        command_id=command_id,
    )
    if result.repeated:
        _let_go(user, file_id)
    return result


def _locked(dispute_id: UUID) -> Dispute:
    """The case before the thread, as everywhere: whoever waits for both waits in this order."""
    return Dispute.objects.select_for_update(no_key=True, of=("self",)).get(pk=dispute_id)


def _let_go(user: User, file_id: UUID) -> None:
    """Erase a file of one's own that waits for nothing any more: not one that was sent, nor one that a draft keeps."""
    mine = Attachment.objects.filter(pk=file_id, uploader=user, message__isnull=True, is_kept=False)
    files.erase_unsent(list(mine.values_list("pk", flat=True)))
