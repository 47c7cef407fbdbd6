"""Files: uploaded first, seen by nobody else until a message carries them, gone with that message."""

import hashlib
import logging
from collections.abc import Collection
from datetime import timedelta
from functools import partial
from typing import Any, BinaryIO, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import ProtectedError

from accounts.models import User
from mediation.conversations import audience
from mediation.conversations.actions.append import append
from mediation.conversations.errors import TooManyUploads
from mediation.conversations.models import Attachment, Thread
from mediation.conversations.rules import files as rules
from mediation.conversations.rules import images
from mediation.core import clock

MOST_WAITING = 50  # uploads of one person that no message carries yet
ABANDONED_AFTER = timedelta(hours=24)

log = logging.getLogger(__name__)


def upload(*, user: User, thread_id: UUID, file: UploadedFile) -> Attachment:
    """Keep a file for a message the person is about to send in this thread.

    Pictures are encoded anew, without what the camera wrote beside them; `sha256` is of the bytes that are kept and
    downloaded. Raises NotFound, Forbidden, TooManyUploads and what `rules.files.check_file` raises.
    """
    thread = audience.thread_to_compose(user, thread_id)
    if Attachment.objects.filter(uploader=user, message__isnull=True).count() >= MOST_WAITING:
        raise TooManyUploads
    size, stream = file.size or 0, cast(BinaryIO, file.file)
    kept = rules.check_file(name=file.name or "", size=size, most_bytes=settings.ATTACHMENT_MAX_BYTES, stream=stream)
    content: File = File(stream)
    width = height = None
    if kept.is_image:
        picture = images.without_metadata(stream, kept.content_type)
        content, width, height = ContentFile(picture.data), picture.width, picture.height
    now = clock.now()
    attachment = Attachment(
        thread=thread, uploader=user, name=kept.name, content_type=kept.content_type, size=content.size,
        sha256=_sha256(content), width=width, height=height, created_at=now,
    )  # fmt: skip
    # The name on disk says nothing, not even the kind, so nothing that finds it there can run it.
    attachment.file.name = default_storage.save(f"attachments/{now:%Y/%m}/{uuid4()}", content)
    try:
        attachment.save(force_insert=True)
    except Exception:
        default_storage.delete(attachment.file.name)
        raise
    return attachment


def make_thumbnail(*, attachment_id: UUID) -> Attachment | None:
    """Give a sent picture its small version and say so in its thread. Said twice, it happened once.

    None if there is nothing to do: no picture, not sent, removed meanwhile, or nothing can be drawn from it.
    """
    waiting = Attachment.objects.filter(
        pk=attachment_id, message__isnull=False, thumbnail="", content_type__startswith="image/"
    )
    attachment = waiting.first()
    if attachment is None:
        return None
    try:
        with attachment.file.open("rb") as stream:
            picture = images.thumbnail(cast(BinaryIO, stream))
    except Exception as problem:  # a picture that cannot be drawn stays a file to download
        log.warning("No thumbnail for %s: %s.", attachment_id, type(problem).__name__)
        return None
    name = default_storage.save(f"thumbnails/{clock.now():%Y/%m}/{uuid4()}", ContentFile(picture.data))
    try:
        kept = _keep_thumbnail(attachment, name)
    except Exception:
        default_storage.delete(name)
        raise
    if not kept:
        default_storage.delete(name)
        return None
    return attachment


@transaction.atomic
def _keep_thumbnail(attachment: Attachment, name: str) -> bool:
    """Whether the thumbnail was still wanted once the thread was locked."""
    thread = Thread.objects.select_for_update(no_key=True).get(pk=attachment.thread_id)
    message = attachment.message
    if message is None or message.removed_at or not Attachment.objects.filter(pk=attachment.pk, thumbnail="").exists():
        return False
    attachment.thumbnail.name = name
    attachment.save(update_fields=["thumbnail"])
    message.files = [_with_thumbnail(file, str(attachment.pk)) for file in message.files]
    message.rev += 1
    message.save(update_fields=["files", "rev"])
    append(thread=thread, type="file.ready", actor_id=None, at=clock.now(), target_seq=message.seq)
    return True


def erase_abandoned_uploads() -> int:
    """Erase files that no message carried within a day; returns how many."""
    erased = 0
    free = Attachment.objects.filter(message__isnull=True, is_kept=False)
    old = free.filter(created_at__lt=clock.now() - ABANDONED_AFTER)
    for attachment_id, name in old.values_list("pk", "file")[:500]:
        # A message or a draft may be claiming it at this moment: only a row that is still free may go.
        try:
            is_gone = bool(free.filter(pk=attachment_id).delete()[0])
        except ProtectedError:
            log.error("An abandoned file is held by something", extra={"file": str(attachment_id)})
            continue  # one such row must not keep the others
        if is_gone:
            default_storage.delete(name)
            erased += 1
    return erased


def keep_unsent(*, user: User, room_id: UUID, attachment_id: UUID) -> Attachment | None:
    """Keep a file that the person uploaded for everyone in the room and has not sent, until it is sent or erased.

    None if it is none of these. Said twice, it is kept once.
    """
    mine = Attachment.objects.filter(
        pk=attachment_id,
        uploader=user,
        message__isnull=True,
        thread__room=room_id,
        thread__audience=Thread.Audience.JOINT.value,
    )
    return mine.first() if mine.update(is_kept=True) else None


@transaction.atomic
def erase_unsent(attachment_ids: Collection[UUID]) -> None:
    """Erase those of the files that no message carries; their bytes go once that is certain."""
    unsent = Attachment.objects.filter(pk__in=attachment_ids, message__isnull=True)
    for attachment in unsent.select_for_update():
        name = str(attachment.file.name)
        attachment.delete()
        transaction.on_commit(partial(default_storage.delete, name), robust=True)


def _with_thumbnail(file: dict[str, Any], attachment_id: str) -> dict[str, Any]:
    return file | {"thumb": True} if file["id"] == attachment_id else file


def _sha256(content: File) -> str:
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()
