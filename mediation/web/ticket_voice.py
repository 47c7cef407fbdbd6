"""How the lines of a room read on a ticket: the sentences of the timeline, as somebody reads them who is not in it."""

from uuid import UUID

from django.utils.html import strip_tags

from mediation.conversations import snapshots
from mediation.conversations.models import Member, Thread
from mediation.conversations.queries import history
from mediation.web.sentences import Reader, system_line


def sentence(thread_id: UUID, seq: int) -> str:
    """A line of the system in the language that is active; plain words."""
    message = history.snapshot_of(thread_id, seq)
    room = Thread.objects.values_list("room_id", flat=True).get(pk=thread_id)
    stays = Member.objects.filter(room=room).select_related("user").order_by("joined_at")
    cards = {str(stay.user_id): snapshots.person(stay.user, stay.role) for stay in stays}
    return strip_tags(system_line(message, Reader(me="", people=cards, members=[])))
