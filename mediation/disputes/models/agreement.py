"""The agreement, who accepted it, and the money that moves for it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mediation.conversations.models import Milestone
from mediation.disputes.models.case import Dispute

User = settings.AUTH_USER_MODEL


class Agreement(models.Model):
    """One version of the text, from a template and its parameters; `sha256` is of the canonical parameters.

    Every language is rendered from the same parameters, so that all three say exactly the same.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="agreements")
    version = models.PositiveIntegerField()
    reopenings = models.PositiveSmallIntegerField(default=0)
    template = models.CharField(max_length=24)
    params = models.JSONField()
    sha256 = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    void_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispute", "version"], name="agreement_version"),
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(void_at__isnull=True), name="agreement_one_current"
            ),
        ]


class Acceptance(models.Model):
    """A party accepted exactly this fingerprint."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="acceptances")
    party = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "party"], name="acceptance_one_each")]


class Instruction(models.Model):
    """Money to be moved by the ledger: given once for each settling of the case (`batch`), confirmed by the ledger.

    Release and refund are of the amount in dispute; the others of a party's share of an arbitration, which waits in
    the ledger until it is the arbitrator's fee or goes back (decisions/0013).
    """

    class Kind(models.TextChoices):
        RELEASE = "release"
        REFUND = "refund"
        SHARE = "share"
        FEE = "fee"
        RETURN = "return"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="instructions")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    batch = models.PositiveSmallIntegerField(default=0)
    party = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    given_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "kind", "batch"], condition=Q(party__isnull=True), name="instruction_once"
            ),
            models.UniqueConstraint(
                fields=["dispute", "kind", "batch", "party"],
                condition=Q(party__isnull=False),
                name="instruction_once_for_a_party",
            ),
        ]
        indexes = [models.Index(fields=["dispute"], condition=Q(confirmed_at__isnull=True), name="instruction_waiting")]


class AutoRelease(models.Model):
    """Money of a submitted milestone that goes to the freelancer by itself, unless somebody files a claim: then it
    stops, and `left_ms` is what it still has when the claim is taken back. `warned_at`: the client was told that it is
    near.
    """

    milestone = models.OneToOneField(Milestone, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField(null=True)
    left_ms = models.BigIntegerField(null=True)
    released_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)


class LedgerEntry(models.Model):
    """The embedded ledger: one side of a movement of a contract's money. The sum over all accounts is always
    nothing.
    """

    account = models.CharField(max_length=60)
    contract_id = models.UUIDField()
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    key = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("line of the ledger")
        verbose_name_plural = _("lines of the ledger")
        constraints = [models.UniqueConstraint(fields=["key", "account"], name="ledger_once")]
        indexes = [models.Index(fields=["contract_id", "account"], name="ledger_account")]
