"""A person decides about a comment whose author nobody knew."""

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from mediation.conversations.actions.rooms import notes_thread
from mediation.conversations.actions.send import Send, send_message
from mediation.core import clock
from mediation.core.errors import NotFound
from mediation.zendesk import audience
from mediation.zendesk.actions.hearing import cut, id_of
from mediation.zendesk.models import Heard, Mirror, Stray


@transaction.atomic
def take_in(*, user: User, stray: Stray) -> bool:
    """Put it among the case's notes, said by whoever decided so and naming its author. Once; whether it was now."""
    found = _unsettled(user, stray)
    if found is None:
        return False
    mirror = Mirror.objects.select_related("dispute").get(pk=found.mirror_id)
    client_id = id_of(mirror.pk, found.comment_id)
    key = {"mirror": mirror, "comment_id": found.comment_id}
    Heard.objects.get_or_create(**key, defaults={"audit_id": 0, "client_id": client_id, "at": clock.now()})
    with translation.override(settings.ZENDESK.language):
        head = _("From Zendesk, by %(author)s:") % {"author": found.author}
        body = cut(f"{head}\n{found.text}")
    thread = notes_thread(mirror.dispute.room_id)
    send_message(Send(user.pk, thread.pk, client_id, body, confirmed=True))
    _settle(user, found)
    return True


@transaction.atomic
def dismiss(*, user: User, stray: Stray) -> bool:
    """It does not belong into the room. Whether it was decided now."""
    found = _unsettled(user, stray)
    if found is None:
        return False
    _settle(user, found)
    return True


def _unsettled(user: User, stray: Stray) -> Stray | None:
    if not audience.may_read_strays(user):
        raise NotFound
    return Stray.objects.select_for_update().filter(pk=stray.pk, settled_at__isnull=True).first()


def _settle(user: User, stray: Stray) -> None:
    stray.settled_at, stray.settled_by = clock.now(), user
    stray.save(update_fields=["settled_at", "settled_by"])
