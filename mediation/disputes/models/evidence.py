"""Issues, what each side says about them, and the evidence."""

import uuid

from django.conf import settings
from django.db import models

from mediation.conversations.models import Attachment, Message, Thread
from mediation.disputes.models.case import Dispute

User = settings.AUTH_USER_MODEL


class Issue(models.Model):
    """One point of disagreement under a neutral title, with a joint thread of its own if wanted."""

    class Status(models.TextChoices):
        OPEN = "open"
        AGREED = "agreed"
        PARKED = "parked"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="issues")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=140)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN.value)
    amount_minor = models.BigIntegerField(null=True)
    thread = models.ForeignKey(Thread, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["dispute", "position"], name="issue_position")]


class Position(models.Model):
    """What one side says about an issue, and whether they confirm that it is one (the tick)."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="positions")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issue", "author"], name="position_one_each")]


class EvidenceKind(models.TextChoices):
    """What a piece of evidence is made from."""

    MESSAGE = "message"
    DELIVERY = "delivery"
    TERM = "term"
    TIME_LOG = "time_log"
    PAYMENT = "payment"
    FILE = "file"


class Pick(models.Model):
    """What the writer of a draft claim will put forward with it; nobody else ever reads it, and filing ends it.

    A message, a file of the room, a file that is uploaded and not sent yet, words, or what the contract says: `term_id`
    is the contract itself or one of its milestones, and what that says is read when the claim is filed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="picks")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=EvidenceKind.choices)
    title = models.CharField(max_length=200)
    excerpt = models.TextField(blank=True)
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="+")
    attachment = models.ForeignKey(Attachment, null=True, on_delete=models.SET_NULL, related_name="+")
    term_id = models.UUIDField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["dispute", "position"], name="pick_position")]

    @property
    def is_there(self) -> bool:
        """Whether what it was made from can still be put forward."""
        carried_by = self.message or (self.attachment.message if self.attachment else None)
        if carried_by is not None and carried_by.removed_at is not None:
            return False
        return bool(self.message_id or self.attachment_id or self.term_id or self.excerpt)


class Evidence(models.Model):
    """An item with its fingerprint, which is of the file's bytes, of what the contract says (`term`, a code and its
    parameters, which every reader gets in their language), or of the words in `excerpt` (decisions/0032).
    """

    Kind = EvidenceKind

    class Status(models.TextChoices):
        OFFERED = "offered"
        ACKNOWLEDGED = "acknowledged"
        CONTESTED = "contested"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="evidence")
    number = models.PositiveIntegerField()
    issue = models.ForeignKey(Issue, null=True, on_delete=models.SET_NULL, related_name="evidence")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=200)
    excerpt = models.TextField(blank=True)
    term = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64)
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="+")
    attachment = models.ForeignKey(Attachment, null=True, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=20, default="joint")
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OFFERED.value)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answer_note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["dispute", "number"], name="evidence_number")]

    @property
    def redacted(self) -> Message | None:
        """What is left of the message it was made from, if staff took that out of view. Who takes back their own words
        does not take back the evidence.
        """
        made_from = self.attachment.message if self.attachment else self.message
        if made_from is None or made_from.removed_at is None:
            return None
        return made_from if self.attachment or made_from.removed_by_id != made_from.author_id else None
