"""What a look into a private talk (break-glass) is in answers."""

from rest_framework import serializers as s

from mediation.conversations.api.shapes import PersonCard
from mediation.disputes.rules.glass import Ground, Status


class LookShape(s.Serializer):
    """A look into a private talk (break-glass). A party reads only that of its own talk, after it was told."""

    id = s.UUIDField()
    party = s.UUIDField(help_text="Whose private talk with the mediator.")
    ground = s.ChoiceField([one.value for one in Ground])
    status = s.ChoiceField([one.value for one in Status])
    reason = s.CharField(allow_blank=True, help_text="For colleagues; empty for the party.")
    note = s.CharField(allow_blank=True, help_text="What the second person said to it, for colleagues.")
    asked_by = PersonCard()
    asked_at = s.DateTimeField()
    lapses_at = s.DateTimeField(allow_null=True, help_text="Until when a second person can decide.")
    decided_by = PersonCard(allow_null=True)
    decided_at = s.DateTimeField(allow_null=True)
    opened_at = s.DateTimeField(allow_null=True)
    ends_at = s.DateTimeField(allow_null=True, help_text="Until when it can be read; from then on it cannot.")
    ended_by = s.UUIDField(allow_null=True, help_text="Who ended it before its time.")
    ended_at = s.DateTimeField(allow_null=True)
    told_at = s.DateTimeField(allow_null=True, help_text="When the party was told, after the case had closed.")
