"""The rarer turns of a case: objections, reviews, arbitration, and words released from a private talk."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from mediation.conversations.models import Attachment, Thread
from mediation.disputes.models.case import Dispute

User = settings.AUTH_USER_MODEL


class Disclosure(models.Model):
    """An agent says what ties them to one of the parties. Both agree to it, or a supervisor answers for it, before
    that agent can take the case.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="disclosures")
    agent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=500)
    disclosed_at = models.DateTimeField()
    accepted_by = models.JSONField(default=list)
    decided_at = models.DateTimeField(null=True)
    is_accepted = models.BooleanField(null=True)
    overridden_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    override_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(decided_at__isnull=True), name="disclosure_one_open"
            )
        ]


class Objection(models.Model):
    """A party objects to the mediator; somebody else decides. One nobody ruled on ends with the case."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="objections")
    mediator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    raised_at = models.DateTimeField()
    reopenings = models.PositiveSmallIntegerField(default=0)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_upheld = models.BooleanField(null=True)
    ruling = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "reopenings"], condition=Q(decided_at__isnull=True), name="objection_one_open"
            )
        ]


class Review(models.Model):
    """A party asks after the close whether the process was right; upheld, the case can be reopened."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="reviews")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_upheld = models.BooleanField(null=True)
    ruling = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispute"], condition=Q(decided_at__isnull=True), name="review_one_open")
        ]


class ArbitrationStep(models.Model):
    """A party chose arbitration, or paid its share of it. Both parties see every step.

    `reopenings` is how often the case had been opened again by then, as in everything that decides how a case ends:
    what was said before it was opened again is history and decides no more.
    """

    class Kind(models.TextChoices):
        ELECTED = "elected"
        PAID = "paid"

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="arbitration_steps")
    party = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    reopenings = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispute", "party", "kind", "reopenings"], name="arbitration_step_once")
        ]


class Award(models.Model):
    """What the arbitrator decided: entered by one senior, confirmed by another."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="awards")
    refund_minor = models.BigIntegerField()
    release_minor = models.BigIntegerField()
    document = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    reopenings = models.PositiveSmallIntegerField(default=0)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)


class Caucus(models.Model):
    """A private talk of the mediator with one side, offered or held. That it took place everyone sees, never what was
    said. Who is offered one while the other side has one is offered as much.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="caucuses")
    party = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    reopenings = models.PositiveSmallIntegerField(default=0)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "party"],
                condition=Q(ended_at__isnull=True, declined_at__isnull=True),
                name="caucus_one_open_each",
            )
        ]


class Release(models.Model):
    """Exact words from a private talk that the mediator would like to share. Nothing is posted unless the party
    consents; a refusal leaves no trace in front of everyone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="releases")
    caucus = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    is_granted = models.BooleanField(null=True)
