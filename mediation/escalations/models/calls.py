"""Calls with a client: the moments that were offered, and the one that is set."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mediation.escalations.models.cases import Case


class Slot(models.Model):
    """A moment that the client was offered."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["case", "starts_at"], name="ee_slot_once")]


class Call(models.Model):
    """A call. `id` is its UID in calendars and `sequence` grows with each move, so that a calendar moves it too.

    `remind_at` is when its owner is reminded; nothing once that was done or the call is over.
    """

    class Status(models.TextChoices):
        SET = "set", _("set")
        HELD = "held", _("held")
        DROPPED = "dropped", _("did not take place")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="calls")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.SET.value)
    starts_at = models.DateTimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=30)
    sequence = models.PositiveIntegerField(default=0)
    remind_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["case"], condition=Q(status="set"), name="ee_call_one_set")]
        indexes = [models.Index(fields=["remind_at"], condition=Q(remind_at__isnull=False), name="ee_call_remind")]
