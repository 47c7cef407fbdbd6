"""Mails of the executive desk. Each is kept from other workers by moving `try_at` (`core.outbox`)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mediation.escalations.models.cases import Entry


class Notice(models.Model):
    """A mail to one person about a line of a case's log."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="notices")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    try_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    handed_over_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "to"], name="ee_notice_once")]
        indexes = [models.Index(fields=["try_at"], condition=Q(handed_over_at__isnull=True), name="ee_notice_due")]
