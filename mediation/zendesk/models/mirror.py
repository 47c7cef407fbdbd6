"""A case's ticket: how far each side knows the other."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mediation.disputes.models import Dispute


class Mirror(models.Model):
    """One case's ticket. `work_at`: something waits to be done from then on; None, nothing does.

    A worker holds it by `lease` until `leased_until`. `stamp` is the ticket's `updated_at` as we last saw it,
    `audit_id` the newest audit that was read, `pushed` what the ticket was last given: {"state", "tags", "no_fields"};
    `there` what it has: {"status", "assignee_id", "priority", "tags"}. `earlier` are tickets that this one follows.
    `began_at` is since when what is said in the room belongs to the case. `is_asked_anew`: somebody wants it read anew
    while a worker holds it, who does so when letting go.
    """

    class Health(models.TextChoices):
        ON = "on", _("In step")
        FROZEN = "frozen", _("Stopped: somebody must look")
        GONE = "gone", _("The ticket was deleted")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispute = models.OneToOneField(Dispute, on_delete=models.PROTECT, related_name="+")
    ticket_id = models.BigIntegerField(_("ticket"), null=True, unique=True)
    health = models.CharField(_("state"), max_length=8, choices=Health.choices, default=Health.ON.value)
    why = models.CharField(_("why"), max_length=60, blank=True)
    work_at = models.DateTimeField(_("next try"), null=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    is_rung = models.BooleanField(default=False)
    is_asked_anew = models.BooleanField(default=False)
    stamp = models.CharField(max_length=40, blank=True)
    audit_id = models.BigIntegerField(default=0)
    pushed = models.JSONField(default=dict)
    there = models.JSONField(default=dict)
    earlier = models.JSONField(default=list)
    began_at = models.DateTimeField()
    created_at = models.DateTimeField(_("begun"))
    synced_at = models.DateTimeField(_("in step at"), null=True)
    checked_at = models.DateTimeField(_("checked"), null=True)

    class Meta:
        verbose_name = _("ticket of a case")
        verbose_name_plural = _("tickets of cases")
        indexes = [
            models.Index(fields=["work_at"], condition=Q(work_at__isnull=False), name="zendesk_work"),
            models.Index(fields=["checked_at"], name="zendesk_check"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id or '–'}"
