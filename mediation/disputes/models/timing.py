"""Timers, the deadline ledger that both parties read, overlays, and requests to a named person."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from mediation.disputes.models.case import Dispute, choices
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.states import Overlay as OverlayKind

User = settings.AUTH_USER_MODEL


class Timer(models.Model):
    """A moment at which the system says something. A new `epoch` replaces the earlier ones of its kind."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="timers")
    kind = models.CharField(max_length=16, choices=choices(Kind))
    epoch = models.PositiveIntegerField(default=1)
    due_at = models.DateTimeField()
    fired_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispute", "kind", "epoch"], name="timer_once")]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(fired_at__isnull=True, cancelled_at__isnull=True), name="timer_due"
            )
        ]


class Deadline(models.Model):
    """A line of the ledger: who, what, until when and why. A moved deadline is a new line that names the old due
    time. `about` is what a request asks; `reason` why it was given or moved, a code of ours or somebody's words.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="deadlines")
    kind = models.CharField(max_length=16, choices=choices(Kind))
    who = models.CharField(max_length=12)
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    was_due_at = models.DateTimeField(null=True)
    about = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    is_extension = models.BooleanField(default=False)
    reopenings = models.PositiveSmallIntegerField(default=0)
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes = [models.Index(fields=["dispute", "set_at"], name="deadline_ledger")]


class Overlay(models.Model):
    """A hold, a cooling-off or an absence, with its begin and end."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="overlays")
    kind = models.CharField(max_length=12, choices=choices(OverlayKind))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(kind="hold", ended_at__isnull=True), name="overlay_one_hold"
            )
        ]


class Request(models.Model):
    """Something asked of a named person with a due time. The only thing that pauses a pausable clock."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="requests")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    text = models.CharField(max_length=500)
    audience = models.CharField(max_length=20, default="joint")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class Promise(models.Model):
    """Something that the mediator promised everyone to do by a time. Whoever owns the case then keeps it; one that was
    not kept ends with the case.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="promises")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=500)
    reopenings = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    kept_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(null=True)
