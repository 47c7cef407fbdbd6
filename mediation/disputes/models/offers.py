"""Offers and counter-offers, and double-blind bids."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from mediation.disputes.models.case import Dispute

User = settings.AUTH_USER_MODEL


class Offer(models.Model):
    """A split with terms and an expiry. A side has at most one open offer; `number` counts within the dispute."""

    class Status(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        COUNTERED = "countered"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"
        EXPIRED = "expired"
        SUPERSEDED = "superseded"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="offers")
    number = models.PositiveIntegerField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    refund_minor = models.BigIntegerField()
    release_minor = models.BigIntegerField()
    terms = models.JSONField(default=list)
    note = models.TextField(blank=True)
    declined_why = models.TextField(blank=True, default="")
    answers = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN.value)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "number"], name="offer_number"),
            models.UniqueConstraint(
                fields=["dispute", "made_by"], condition=Q(status="open"), name="offer_one_open_each"
            ),
            models.UniqueConstraint(fields=["dispute"], condition=Q(status="accepted"), name="offer_one_accepted"),
        ]
        indexes = [models.Index(fields=["expires_at"], condition=Q(status="open"), name="offer_expiry")]


class BidRound(models.Model):
    """A round of double-blind bidding. Both agree to the rule (`agreed_by`) before anybody bids."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="bid_rounds")
    number = models.PositiveSmallIntegerField()
    reopenings = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    agreed_by = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True)
    has_matched = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispute", "number"], name="bid_round_number")]


class Bid(models.Model):
    """A sealed sum: encrypted at rest, shown to nobody but its author, and erased when the case closes."""

    round = models.ForeignKey(BidRound, on_delete=models.CASCADE, related_name="bids")
    bidder = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sealed = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "bidder"], name="bid_one_each")]
