"""A row for each case that was ever on the desk: what queues are filtered and ordered by, beside the case itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mediation.desk.rules.rows import Decision, Turn
from mediation.disputes.models import Dispute
from mediation.sla.rules.metrics import Metric
from mediation.sla.rules.policies import Priority

User = settings.AUTH_USER_MODEL
OPEN = Q(is_open=True)
UNCLAIMED = OPEN & Q(is_unclaimed=True)
PARTIES = ("filer_id", "respondent_id")


class QueueRow(models.Model):
    """A copy of what the case and its clocks say; `manage.py rebuild_queue --check` compares.

    `metric` is the clock that is due next, and `begins_at` to `due_at` are when 0, 50, 80 and 100 % of its time are
    over. `order_at` is `due_at`, or far away without one. `speaker` is who waits longest for us, and so whose language
    an agent should speak. What people read (title, names, sums) is read from the case itself.
    """

    dispute = models.OneToOneField(Dispute, primary_key=True, on_delete=models.CASCADE, related_name="+")
    filer_id = models.UUIDField()
    respondent_id = models.UUIDField()
    is_open = models.BooleanField()
    is_unclaimed = models.BooleanField()
    mediator = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    speaker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    track = models.CharField(max_length=1, blank=True)
    priority = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Priority])
    decision = models.CharField(max_length=8, blank=True, choices=[(one.value, one.value) for one in Decision if one])
    turn = models.CharField(max_length=6, choices=[(one.value, one.value) for one in Turn])
    metric = models.CharField(max_length=8, blank=True, choices=[(one.value, one.value) for one in Metric])
    begins_at = models.DateTimeField(null=True)
    soon_at = models.DateTimeField(null=True)
    risk_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    order_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        # Nobody is shown a case of their own: every count asks for the parties, and with them reads the index alone.
        indexes = [
            models.Index(fields=["order_at", "dispute", "risk_at", *PARTIES], condition=OPEN, name="queue_open"),
            models.Index(fields=["-risk_at", "order_at", "dispute", *PARTIES], condition=OPEN, name="queue_at_risk"),
            models.Index(fields=["order_at", "dispute", *PARTIES], condition=UNCLAIMED, name="queue_unclaimed"),
            models.Index(
                fields=["mediator", "order_at", "dispute", *PARTIES], condition=OPEN, name="queue_of_mediator"
            ),
            models.Index(fields=["order_at", "dispute"], condition=OPEN & ~Q(decision=""), name="queue_to_decide"),
            models.Index(fields=["changed_at"], name="queue_changed"),
        ]
