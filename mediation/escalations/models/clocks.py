"""What happened to the clock of a reply, and the steps it took. Counted by `sla.rules.clock`."""

from django.db import models

from mediation.escalations.models.cases import Case
from mediation.sla.models import Calendar
from mediation.sla.rules.clock import Kind


class ReplyFact(models.Model):
    """One thing that happened to the clock of a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clock_facts")
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in Kind])
    at = models.DateTimeField()
    target_ms = models.BigIntegerField(default=0)
    calendar = models.ForeignKey(Calendar, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["pk"]


class ReplyStep(models.Model):
    """The clock reached a step, at `due_at`."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clock_steps")
    percent = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "percent"], name="ee_step_once")]
