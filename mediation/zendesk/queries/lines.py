"""What a row of the outbox says now: read from the message itself, so that nothing is kept twice."""

from datetime import UTC
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import STAFF_ROLES
from mediation.conversations.models import Message, Room
from mediation.zendesk import voice
from mediation.zendesk.models import Outgoing
from mediation.zendesk.rules.privacy import Visibility
from mediation.zendesk.rules.wording import Line, paragraph


def paragraph_of(item: Outgoing) -> str:
    """The HTML of a row, in the language of the tickets."""
    with translation.override(settings.ZENDESK.language):
        return paragraph(line_of(item), cut=_(" … The rest stands in the room."))


def line_of(item: Outgoing) -> Line:
    """Who said what, when. A message that was taken away says so, and nothing of what it was."""
    message = Message.objects.select_related("author", "thread").get(thread=item.thread_id, seq=item.seq)
    if message.kind == Message.Kind.SYSTEM.value:
        return Line(f"{voice.say(message.thread_id, message.seq) or message.code} · {_moment(message)}")
    head = f"{_author(message)} · {_moment(message)}"
    if item.visibility == Visibility.NOTE:
        head = _("Staff note · %(who)s") % {"who": head}
    if message.removed_at is not None:
        return Line(head, _("This message was taken away."))
    if item.kind == Outgoing.Kind.EDIT:
        head = _("Changed · %(who)s") % {"who": head}
    return Line(head, "\n".join([*([message.body] if message.body else []), *_files(message)]))


def _author(message: Message) -> str:
    if message.author is None:
        return "Upwork"
    return f"{message.author.name} ({_role(message.author, message.thread.room_id)})"


def _role(author: User, room_id: UUID) -> str:
    if author.role in STAFF_ROLES:
        return "Upwork"
    room = Room.objects.select_related("contract").get(pk=room_id)
    return _("client") if room.contract.client_id == author.pk else _("freelancer")


def _moment(message: Message) -> str:
    return date_format(message.created_at.astimezone(UTC), "j M Y H:i") + " UTC"


def _files(message: Message) -> list[str]:
    """A name and where it can be opened: only who may see the room is let in there."""
    return [
        _("File: %(name)s – %(address)s")
        % {"name": file["name"], "address": f"{settings.PUBLIC_URL}/api/files/{file['id']}/"}
        for file in message.files
    ]
