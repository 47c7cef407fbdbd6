"""A higher level that was asked for."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from mediation.disputes.models.case import Dispute
from mediation.disputes.rules.ladder import Rung, Why

User = settings.AUTH_USER_MODEL


class LevelAsk(models.Model):
    """Somebody, or a rule, asks for a higher level of the ladder. The owner stays until `taken_by` takes the case; one
    that ended without was dropped, or the case got there by another way. `asked_by` is None for a rule.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="level_asks")
    level = models.PositiveSmallIntegerField(choices=[(rung.value, f"L{rung.value}") for rung in Rung])
    why = models.CharField(max_length=9, choices=[(why.value, why.value) for why in Why])
    note = models.CharField(max_length=2_000, blank=True)
    reopenings = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "level", "reopenings"], condition=Q(ended_at__isnull=True), name="level_asked_once"
            )
        ]
