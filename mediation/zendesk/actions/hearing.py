"""A comment from Zendesk comes into the room: as a note of the agent who wrote it, once, and never goes back."""

import html
import re
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

import nh3
from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import STAFF_ROLES
from mediation.conversations.actions.rooms import notes_thread
from mediation.conversations.actions.send import Send, send_message
from mediation.conversations.models import Thread
from mediation.conversations.rules.message import MAX_CHARACTERS
from mediation.core import clock
from mediation.core.errors import Refused
from mediation.zendesk import client
from mediation.zendesk.actions.asking import ask
from mediation.zendesk.models import Heard, Mirror, Person, Stray
from mediation.zendesk.rules.audits import Audit, Said
from mediation.zendesk.rules.wording import fit

LOOKED_UP_FOR = timedelta(days=1)  # a role may be given or taken away there
_BREAKS = re.compile(r"<br\s*/?>|</(?:div|li|tr|h[1-6]|blockquote|pre)>", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"</p>\s*", re.IGNORECASE)


def hear(mirror: Mirror, audit: Audit, comment: Said) -> None:
    """Put a comment into the room, or among those that a person must look at. Heard twice, said once."""
    if Stray.objects.filter(mirror=mirror, comment_id=comment.id).exists():
        return
    author = _agent(comment.author_id)
    if author is None or not _say(mirror, audit.id, comment, author):
        _keep(mirror, comment)


def words_of(comment: Said) -> str:
    """Plain words of a comment, whatever markup it came in."""
    text = comment.text
    if comment.html:
        broken = _BREAKS.sub("\n", _PARAGRAPHS.sub("\n\n", comment.html))
        text = html.unescape(nh3.clean(broken, tags=set()))
    lines = [line.strip() for line in fit(text).splitlines()]
    files = [_("File in Zendesk: %(name)s") % {"name": name} for name in comment.files]
    return re.sub(r"\n{3,}", "\n\n", "\n".join([*lines, *files])).strip()


def cut(text: str) -> str:
    """As much of it as a message holds; where that is not all, it says so."""
    end = _(" … The rest stands in Zendesk.")
    return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - len(end)] + end


def _say(mirror: Mirror, audit_id: int, comment: Said, author: User) -> bool:
    """Whether it could be said."""
    client_id = id_of(mirror.pk, comment.id)
    with translation.override(settings.ZENDESK.language):
        thread, body = _place(mirror, comment, author)
        body = cut(body)
    # Known for Zendesk's own before it is said: whoever hears of the message must not send it back.
    Heard.objects.get_or_create(
        mirror=mirror,
        comment_id=comment.id,
        defaults={"audit_id": audit_id, "client_id": client_id, "at": clock.now()},
    )
    try:
        send_message(Send(author.pk, thread.pk, client_id, body, confirmed=True))
    except Refused as refusal:
        if refusal.retry:
            raise
        return False
    return True


def id_of(mirror_id: UUID, comment_id: int) -> UUID:
    """Under which id a comment is said: the same whenever it is heard."""
    return uuid5(NAMESPACE_URL, f"parley:zendesk:{mirror_id}:{comment_id}")


def _place(mirror: Mirror, comment: Said, author: User) -> tuple[Thread, str]:
    """Among the staff's notes; a public reply of the case's mediator in front of both, if the setting says so."""
    words = words_of(comment)
    room = mirror.dispute.room_id
    if comment.public and settings.ZENDESK.replies_are_joint and mirror.dispute.mediator_id == author.pk:
        return Thread.objects.get(room=room, audience=Thread.Audience.JOINT.value, is_main=True), words
    with transaction.atomic():
        thread = notes_thread(room)
    head = _("From Zendesk, a public reply there:") if comment.public else _("From Zendesk:")
    return thread, f"{head}\n{words}"


def _keep(mirror: Mirror, comment: Said) -> None:
    """For a person to look at."""
    Heard.objects.filter(mirror=mirror, comment_id=comment.id).delete()
    known = Person.objects.filter(zendesk_id=comment.author_id).first()
    name = f"{known.name} ({known.role})" if known else str(comment.author_id)
    kept = {"author": name[:300], "text": words_of(comment), "public": comment.public, "at": clock.now()}
    Stray.objects.get_or_create(mirror=mirror, comment_id=comment.id, defaults=kept)


def _agent(zendesk_id: int) -> User | None:
    """Who of our staff that is: an agent there whose address is theirs. Nobody else speaks as one of us."""
    now = clock.now()
    known = Person.objects.select_related("user").filter(zendesk_id=zendesk_id, looked_at__gt=now - LOOKED_UP_FOR)
    person = known.first() or _look_up(zendesk_id)
    is_one = person.user is not None and not person.is_shadow and person.user.is_active
    return person.user if is_one else None


def _look_up(zendesk_id: int) -> Person:
    try:
        found = ask("GET", f"/api/v2/users/{zendesk_id}").data["user"]
    except client.Missing:  # deleted, or merged with somebody
        found = {"role": "deleted"}
    is_agent = (
        found.get("role") in ("agent", "admin") and found.get("active") is not False and not found.get("suspended")
    )
    email = str(found.get("email") or "").strip().lower()
    user = User.objects.filter(email=email, is_active=True).first() if is_agent and email else None
    values = {
        "name": str(found.get("name") or "")[:255],
        "role": str(found.get("role") or ""),
        "looked_at": clock.now(),
    }
    shadow = Person.objects.filter(zendesk_id=zendesk_id, is_shadow=True).first()
    if shadow is not None:
        Person.objects.filter(pk=shadow.pk).update(**values)
        return shadow
    staff = user if user is not None and user.role in STAFF_ROLES else None
    return Person.objects.update_or_create(zendesk_id=zendesk_id, defaults={**values, "user": staff})[0]
