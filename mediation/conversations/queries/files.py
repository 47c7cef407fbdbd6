"""Which files a person may open."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from mediation.conversations import audience, snapshots
from mediation.conversations.audience import Person
from mediation.conversations.models import Attachment
from mediation.core.errors import NotFound


def download(*, user: Person, attachment_id: UUID) -> Attachment:
    """The file, for whoever may read its message now; before it is sent, for its uploader alone. Raises NotFound."""
    found = Attachment.objects.filter(pk=attachment_id, message__removed_at__isnull=True).first()
    if found is None or (found.message_id is None and found.uploader_id != user.id):
        raise NotFound
    audience.thread_to_read(user, found.thread_id)
    return found


def thumbnail(*, user: Person, attachment_id: UUID) -> Attachment:
    """The same, for a file that has a thumbnail. Raises NotFound."""
    found = download(user=user, attachment_id=attachment_id)
    if not found.thumbnail:
        raise NotFound
    return found


def card(attachment: Attachment) -> dict[str, Any]:
    """`{id, name, type, size, width, height, thumb}`, as a message carries it."""
    return snapshots.file(attachment)


def pictures_without_thumbnail(addresses: Collection[tuple[UUID, int]]) -> list[UUID]:
    """The pictures of the messages at these addresses (thread, seq) that have no small version yet."""
    wanted = Attachment.objects.filter(
        thread__in={thread for thread, _ in addresses},
        message__removed_at__isnull=True,
        thumbnail="",
        content_type__startswith="image/",
    )
    rows = wanted.values_list("pk", "thread", "message__seq").order_by("created_at")
    return [pk for pk, thread, seq in rows if (thread, seq) in addresses]
