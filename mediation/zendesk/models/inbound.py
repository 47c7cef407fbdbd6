"""What Zendesk said: door-bells, the audits that were read, and comments whose author nobody knows."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mediation.zendesk.models.mirror import Mirror


class Ring(models.Model):
    """A webhook, kept by its invocation id so that a repeated one changes nothing."""

    id = models.CharField(max_length=80, primary_key=True)
    ticket_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="zendesk_rings")]


class Heard(models.Model):
    """A comment that came from Zendesk and became a message of ours, said under `client_id`: known when it comes by
    again, and never sent back.
    """

    mirror = models.ForeignKey(Mirror, on_delete=models.CASCADE, related_name="+", db_index=False)
    comment_id = models.BigIntegerField()
    audit_id = models.BigIntegerField()
    client_id = models.UUIDField(unique=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mirror", "comment_id"], name="zendesk_heard_once")]


class Stray(models.Model):
    """A comment that cannot be put into the room by itself: its author is none of our staff, or may not write there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mirror = models.ForeignKey(Mirror, on_delete=models.CASCADE, related_name="+", db_index=False)
    comment_id = models.BigIntegerField()
    author = models.CharField(_("author at Zendesk"), max_length=300)
    text = models.TextField(_("text"))
    public = models.BooleanField(_("public"))
    at = models.DateTimeField(_("received"))
    settled_at = models.DateTimeField(_("settled"), null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("comment of somebody unknown")
        verbose_name_plural = _("comments of people unknown")
        constraints = [models.UniqueConstraint(fields=["mirror", "comment_id"], name="zendesk_stray_once")]
        indexes = [models.Index(fields=["-at"], condition=models.Q(settled_at__isnull=True), name="zendesk_strays")]
