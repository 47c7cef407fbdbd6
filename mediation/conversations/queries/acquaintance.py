"""Who knows whom: the answer that `accounts` asks for before it shows a person's picture."""

from uuid import UUID

from django.db.models import Exists, OuterRef

from mediation.conversations.models import Member


def share_a_room(one: UUID, other: UUID) -> bool:
    """Whether both are or were members of one room; what was written there stays, and so does its author's face."""
    together = Member.objects.filter(room=OuterRef("room"), user=other)
    return Member.objects.filter(Exists(together), user=one).exists()
