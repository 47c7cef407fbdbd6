"""What waits to go to a ticket, and the requests that carry it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mediation.conversations.models import Thread
from mediation.zendesk.models.mirror import Mirror
from mediation.zendesk.rules.privacy import Visibility


class Request(models.Model):
    """One write at Zendesk, byte for byte as it is sent. Until it is settled nothing else of its ticket is written.

    `tried_at`: it was sent, and unless `settled_at` says so, nobody knows whether it was taken; `looks` counts how
    often the ticket's audits were searched for it in vain. `job` is Zendesk's, of an import.
    """

    class Kind(models.TextChoices):
        OPEN = "open", _("new ticket")
        COMMENT = "comment", _("comment")
        STATE = "state", _("state")
        IMPORT = "import", _("import")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mirror = models.ForeignKey(Mirror, on_delete=models.CASCADE, related_name="requests", db_index=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    body = models.TextField()
    public = models.BooleanField(null=True)
    pushes = models.JSONField(default=dict)
    made_at = models.DateTimeField(_("made"))
    first_tried_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(_("sent"), null=True)
    attempts = models.PositiveIntegerField(_("tries"), default=0)
    looks = models.PositiveSmallIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)
    audit_id = models.BigIntegerField(null=True)
    job = models.CharField(max_length=64, blank=True)
    row = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(_("what went wrong"), max_length=60, blank=True)
    settled_at = models.DateTimeField(_("taken"), null=True)

    class Meta:
        verbose_name = _("request to Zendesk")
        verbose_name_plural = _("requests to Zendesk")
        constraints = [
            models.UniqueConstraint(
                fields=["mirror"], condition=Q(settled_at__isnull=True), name="zendesk_one_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["mirror", "made_at"], name="zendesk_requests")]


class Outgoing(models.Model):
    """Something that the ticket is to say, in the order of the events it is of. What it says is read when it is sent:
    a message that was taken away meanwhile has no copy here.

    The constraint is the last door of a private talk: no audience of one can stand in `audience`.
    """

    class Kind(models.TextChoices):
        LINE = "line", _("said")
        EDIT = "edit", _("changed")
        REMOVAL = "removal", _("taken away")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mirror = models.ForeignKey(Mirror, on_delete=models.CASCADE, related_name="outgoing", db_index=False)
    event_id = models.BigIntegerField()
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    visibility = models.CharField(max_length=20)  # any audience fits, so that it is the constraint that refuses
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+", db_index=False)
    seq = models.PositiveIntegerField()
    written_at = models.DateTimeField(_("written"))
    request = models.ForeignKey(Request, null=True, on_delete=models.SET_NULL, related_name="items")
    done_at = models.DateTimeField(_("on the ticket"), null=True)

    class Meta:
        verbose_name = _("line for a ticket")
        verbose_name_plural = _("lines for tickets")
        constraints = [
            models.UniqueConstraint(fields=["mirror", "event_id"], name="zendesk_told_once"),
            models.CheckConstraint(
                condition=Q(visibility__in=[one.value for one in Visibility]), name="zendesk_nothing_private"
            ),
        ]
        indexes = [
            models.Index(fields=["mirror", "event_id"], condition=Q(done_at__isnull=True), name="zendesk_waiting")
        ]
