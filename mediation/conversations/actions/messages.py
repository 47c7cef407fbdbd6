"""Changing a message, taking it away, reacting to it. The log keeps that it happened, the message how it stands."""

from functools import partial
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError

from accounts.models import User
from accounts.rules import Role
from mediation.conversations import audience
from mediation.conversations.actions.append import append
from mediation.conversations.errors import (
    AlreadyRemoved,
    ChangedMeanwhile,
    FileIsKept,
    NotYours,
    RoomLocked,
    TalkFirst,
)
from mediation.conversations.models import Attachment, Member, Message, MessageVersion, Thread
from mediation.conversations.queries.history import snapshot_of
from mediation.conversations.rules import message as rules
from mediation.core import clock
from mediation.core.errors import Forbidden, NotFound


@transaction.atomic
def edit_message(*, user: User, thread_id: UUID, seq: int, body: str, rev: int | None = None) -> Message:
    """The author says it differently; what it said before stays readable. The same text again changes nothing.

    `rev` is the revision the author was looking at. Raises NotFound, NotYours, AlreadyRemoved, and ChangedMeanwhile
    when the text was changed after `rev`; the last two carry the message as it stands.
    """
    thread = audience.thread_to_write(user, thread_id)
    message = _message(thread, seq)
    if message.author_id != user.pk:
        raise NotYours
    _check_not_removed(message)
    body = rules.check_text(body, has_files=bool(message.files))
    if body == message.body:
        return message
    # Reactions and thumbnails raise `rev` too; only a changed text can be overwritten unseen.
    if rev is not None and MessageVersion.objects.filter(message=message, rev__gte=rev).exists():
        raise ChangedMeanwhile(detail={"newest": snapshot_of(thread_id, seq)})
    now = clock.now()
    MessageVersion.objects.create(message=message, rev=message.rev, body=message.body, replaced_at=now)
    message.body, message.edited_at, message.rev = body, now, message.rev + 1
    message.save(update_fields=["body", "edited_at", "rev"])
    append(thread=thread, type="message.edited", actor_id=user.pk, at=now, target_seq=seq)
    return message


@transaction.atomic
def remove_message(*, user: User, thread_id: UUID, seq: int, reason: str = "") -> Message:
    """Take a message away: its place, its author and the reason stay; text, earlier texts, files, reactions go.

    For its author, the room's mediator and supervisors; all but the author must give a reason. Where a case rests on
    one of its files only staff may, with a reason: nobody opens it in the room any more, and the exhibit keeps its
    fingerprint. Said twice, it happened once. Raises NotFound, NotYours, NoReason, FileIsKept.
    """
    thread = _thread_to_clear(user, thread_id)
    message = _message(thread, seq)
    is_author, is_staff = message.author_id == user.pk, _may_clear(user, thread)
    if not is_author and not is_staff:
        raise NotYours
    if message.removed_at:
        return message
    reason = rules.check_reason(reason, is_required=not is_author)
    now = clock.now()
    MessageVersion.objects.filter(message=message).delete()
    for attachment in Attachment.objects.filter(message=message):
        if not _erase_file(attachment):
            _check_may_redact(thread, reason, is_staff=is_staff)
    message.body, message.mentions, message.files, message.reactions = "", [], [], {}
    message.removed_at, message.removed_by, message.removed_reason, message.rev = now, user, reason, message.rev + 1
    message.save(
        update_fields=[
            "body", "mentions", "files", "reactions", "removed_at", "removed_by", "removed_reason", "rev",
        ]
    )  # fmt: skip
    append(thread=thread, type="message.removed", actor_id=user.pk, at=now, target_seq=seq)
    return message


@transaction.atomic
def react(*, user: User, thread_id: UUID, seq: int, reaction: str, on: bool) -> Message:
    """Set or take back the person's reaction. Said twice, it happened once.

    Raises NotFound, BadReaction, AlreadyRemoved.
    """
    thread = audience.thread_to_write(user, thread_id)
    message = _message(thread, seq)
    _check_not_removed(message)
    reactions = rules.with_reaction(message.reactions, reaction, str(user.pk), on=on)
    if reactions is not None:
        message.reactions, message.rev = reactions, message.rev + 1
        message.save(update_fields=["reactions", "rev"])
        append(thread=thread, type="message.reacted", actor_id=user.pk, at=clock.now(), target_seq=seq)
    return message


def _message(thread: Thread, seq: int) -> Message:
    """Somebody's message in a thread whose row is locked; lines of the system cannot be changed."""
    message = Message.objects.filter(thread=thread, seq=seq).first()
    if message is None:
        raise NotFound
    if message.kind != Message.Kind.TEXT.value:
        raise Forbidden
    return message


def _check_not_removed(message: Message) -> None:
    if message.removed_at:
        raise AlreadyRemoved(detail={"newest": snapshot_of(message.thread_id, message.seq)})


def _thread_to_clear(user: User, thread_id: UUID) -> Thread:
    """The thread, locked. A supervisor may take a message away where they may otherwise only read, and the mediator
    outside of a private talk too: that says nothing. From a room that is read only nobody takes their own words.
    """
    try:
        return audience.thread_to_write(user, thread_id)
    except TalkFirst:
        return audience.thread_to_read(user, thread_id)  # its row is locked by the try above
    except RoomLocked:
        thread = audience.thread_to_read(user, thread_id)  # its row is locked by the try above
        if not _may_clear(user, thread):
            raise
        return thread
    except Forbidden:
        if user.role != Role.SUPERVISOR.value:
            raise
        return audience.thread_to_read(user, thread_id)  # its row is locked by the try above


def _may_clear(user: User, thread: Thread) -> bool:
    mediates = Member.objects.filter(
        room=thread.room_id, user=user, role=Member.Role.MEDIATOR.value, left_at__isnull=True
    )
    return user.role == Role.SUPERVISOR.value or mediates.exists()


def _erase_file(attachment: Attachment) -> bool:
    """Forget the file now, and erase its bytes once that is certain; False where a case rests on it."""
    names = [name for name in (attachment.file.name, attachment.thumbnail.name) if name]
    try:
        with transaction.atomic():
            attachment.delete()
    except ProtectedError:
        return False
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name), robust=True)
    return True


def _check_may_redact(thread: Thread, reason: str, *, is_staff: bool) -> None:
    """What everyone could read, and staff alone, with a reason also for their own. Raises FileIsKept, NoReason."""
    if not is_staff or thread.audience != Thread.Audience.JOINT.value:
        raise FileIsKept
    rules.check_reason(reason, is_required=True)
