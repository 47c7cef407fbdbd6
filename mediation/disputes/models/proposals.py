"""The mediator's recommendation and the sealed answers to it."""

import uuid

from django.conf import settings
from django.db import models

from mediation.disputes.models.case import Dispute
from mediation.disputes.models.evidence import Evidence, Issue

User = settings.AUTH_USER_MODEL


class Recommendation(models.Model):
    """Non-binding: a finding with cited evidence and an amount for each issue. A draft until it is issued."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    reopenings = models.PositiveSmallIntegerField(default=0)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    summary = models.TextField(blank=True)
    refund_minor = models.BigIntegerField(default=0)
    release_minor = models.BigIntegerField(default=0)
    second_reader = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    second_read_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True)
    evaluated_at = models.DateTimeField(null=True)
    is_agreed = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispute", "number"], name="recommendation_number")]


class Finding(models.Model):
    """What the mediator finds on one issue. `refund_minor` is this issue's part of the refund."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="findings")
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    refund_minor = models.BigIntegerField(default=0)
    cited = models.ManyToManyField(Evidence, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recommendation", "issue"], name="finding_one_each")]


class Answer(models.Model):
    """A party's sealed answer. It may be changed until both are in or the time is up; it is never shown to the
    other.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="answers")
    party = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_yes = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recommendation", "party"], name="answer_one_each")]
