"""How the desk handles a case: what people and rules at the desk say of it, beside what the case says of itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Team
from mediation.disputes.models import Dispute
from mediation.sla.rules.policies import Priority

User = settings.AUTH_USER_MODEL
OPEN = Q(is_open=True)


class Handling(models.Model):
    """One for each case that came to the desk. An empty priority is the one that the money says.

    `known` is what the newest event left the case as, by the keys of `rules.conditions.fields`: what the next one
    changes is seen against it. `last_event` is the newest that was heard. The moments are what automations look for;
    `_wrote_at` count what was said in front of both, never in private.
    """

    dispute = models.OneToOneField(Dispute, primary_key=True, on_delete=models.CASCADE, related_name="+")
    is_open = models.BooleanField(default=True)
    priority = models.CharField(max_length=8, blank=True, choices=[(one.value, one.value) for one in Priority])
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    assignee = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    known = models.JSONField(default=dict)
    last_event = models.BigIntegerField(default=0)
    filed_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    state_at = models.DateTimeField()
    assigned_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()
    party_wrote_at = models.DateTimeField(null=True)
    mediator_wrote_at = models.DateTimeField(null=True)
    deadline_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=[f"{name}_at", "dispute"], condition=OPEN, name=f"handling_{name}")
            for name in (
                "filed", "opened", "state", "assigned", "updated", "party_wrote", "mediator_wrote", "deadline"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.dispute_id)


class CaseTag(models.Model):
    """A word that the desk has put on a case."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispute", "name"], name="case_tag_once")]
        indexes = [models.Index(fields=["name", "dispute"], name="case_tag_name")]

    def __str__(self) -> str:
        return self.name
