"""What only few messages have: a reply, mentions, files, a mediator who may have missed something. ORM is fine here."""

from mediation.conversations import snapshots
from mediation.conversations.actions.sending.shapes import LockedThread, Send, Sent
from mediation.conversations.errors import BadMention, BadReply, FileGone, Stale, TooManyFiles, TooManyMentions
from mediation.conversations.models import Attachment, Message
from mediation.conversations.queries.log import readers
from mediation.conversations.rules import message as rules

Files = list[dict[str, object]]


def check_not_stale(send: Send, thread: LockedThread) -> None:
    """Refuse an agent's message to everyone that was written without the newest one, and hand that one over."""
    if thread.audience != "joint" or send.seen is None or send.confirmed or thread.head <= send.seen:
        return
    by_others = Message.objects.filter(thread=thread.id, seq__gt=send.seen, kind=Message.Kind.TEXT.value)
    newest = by_others.exclude(author=send.author_id).order_by("-seq").values_list(*snapshots.MESSAGE_FIELDS).first()
    if newest is None:
        return
    row = snapshots.MessageRow(*newest)
    if rules.is_stale(
        audience=thread.audience,
        author_is_staff=True,
        seen=send.seen,
        newest_by_others=row.seq,
        confirmed=send.confirmed,
    ):
        raise Stale(detail={"newest": snapshots.message(row)})


def check_reply(send: Send) -> None:
    """A reply answers a message of the same thread, so it can never carry words into another audience."""
    said = Message.objects.filter(thread=send.thread_id, kind=Message.Kind.TEXT.value)
    if send.reply_to_seq is None or not said.filter(seq=send.reply_to_seq).exists():
        raise BadReply


def check_mentions(send: Send, thread: LockedThread) -> None:
    """Only people who will read the message can be mentioned in it."""
    if len(send.mentions) > rules.MAX_MENTIONS:
        raise TooManyMentions
    strangers = set(send.mentions) - readers([thread.id]).get(thread.id, frozenset())
    if strangers:
        raise BadMention(detail={"mentions": sorted(str(one) for one in strangers)})


def claim_files(send: Send) -> Files:
    """The files of the message, which its author uploaded to this thread and has not sent yet."""
    if len(send.files) > rules.MAX_FILES:
        raise TooManyFiles
    # Locked: the sweep of abandoned uploads may be looking at them at this moment.
    free = Attachment.objects.select_for_update().filter(
        pk__in=send.files, thread=send.thread_id, uploader=send.author_id, message__isnull=True
    )
    found = free.in_bulk()
    if len(found) != len(set(send.files)):
        raise FileGone
    return [snapshots.file(found[file_id]) for file_id in dict.fromkeys(send.files)]


def attach_files(send: Send, sent: Sent) -> None:
    """Tie the files to the message now that it is stored: from here on its readers can open them."""
    message_id = Message.objects.values_list("pk", flat=True).get(thread=sent.thread_id, seq=sent.seq)
    Attachment.objects.filter(pk__in=send.files).update(message_id=message_id)
