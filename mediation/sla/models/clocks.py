"""Clocks, the facts they are folded from, and the steps they took."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from mediation.disputes.models import Dispute
from mediation.sla.models.calendars import Calendar
from mediation.sla.models.policies import METRICS, Policy
from mediation.sla.rules.clock import Kind, Status

User = settings.AUTH_USER_MODEL
STATUSES = [(status.value, status.value) for status in Status]
KINDS = [(kind.value, kind.value) for kind in Kind]


class Clock(models.Model):
    """One clock of a case, or of one party of it (`person`). Everything from `status` on is a copy of what its facts
    fold to; `manage.py rebuild_clocks --check` compares. `next_at` is when the next step is due.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    metric = models.CharField(max_length=8, choices=METRICS)
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="+", db_index=False)
    room_id = models.UUIDField()
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    about = models.CharField(max_length=40, blank=True)  # whose or which it is, where there are several of a metric
    policy = models.ForeignKey(Policy, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    status = models.CharField(max_length=10, choices=STATUSES, default=Status.RUNNING.value)
    activated_at = models.DateTimeField()
    target_ms = models.BigIntegerField()
    calendar = models.ForeignKey(Calendar, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    elapsed_ms = models.BigIntegerField(default=0)
    since = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "metric", "about"], condition=Q(ended_at__isnull=True), name="clock_one_open"
            )
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="clock_next"),
            models.Index(fields=["dispute", "activated_at"], name="clock_of_dispute"),
            models.Index(fields=["policy"], condition=Q(ended_at__isnull=True), name="clock_policy"),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.status}"


class ClockFact(models.Model):
    """One thing that happened to a clock. `event_id` is the event it came from, so that it is told once."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=16, choices=KINDS)
    at = models.DateTimeField()
    reason = models.CharField(max_length=16, blank=True)
    target_ms = models.BigIntegerField(default=0)
    calendar = models.ForeignKey(Calendar, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    event_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["event_id"], condition=Q(event_id__isnull=False), name="clock_fact_event")]


class StepTaken(models.Model):
    """A clock reached a step, at `due_at`; `told_at` is when those concerned were told."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="steps")
    percent = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    taken_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["clock", "percent"], name="step_once")]
        indexes = [models.Index(fields=["due_at"], condition=Q(told_at__isnull=True), name="step_untold")]


class StepMail(models.Model):
    """A mail about a step to one person. It is kept from other workers by moving `try_at`."""

    step = models.ForeignKey(StepTaken, on_delete=models.CASCADE, related_name="mails")
    to = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    try_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    handed_over_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "to"], name="step_mail_once")]
        indexes = [models.Index(fields=["try_at"], condition=Q(handed_over_at__isnull=True), name="step_mail_due")]
