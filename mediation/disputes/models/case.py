"""The dispute itself, its statements, what was done to it, and the policy it is under."""

import uuid
from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mediation.conversations.models import Milestone, Room
from mediation.disputes.rules.states import Outcome, Phase, State, Track

User = settings.AUTH_USER_MODEL


def choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """A plain enum as Django's choices; the words people read are in `words.py`."""
    return [(one.value, one.value) for one in kind]


class Policy(models.Model):
    """One version of the numbers (`rules.policy.Terms`). Drafts are edited, published ones never change."""

    version = models.PositiveIntegerField(_("version"), unique=True)
    terms = models.JSONField(_("numbers"), default=dict)
    note = models.CharField(_("what changed and why"), max_length=200, blank=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(_("published"), null=True)

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{self.version}"


class Dispute(models.Model):
    """A case. `state` and what follows from it are written by `actions.transition` alone.

    Without a claim (`has_claim` false) somebody only asked for a mediator; a claim can be attached later. Money is
    in minor units of `currency`; `claimed_refund_minor` is what the filer wants to go back to the client. `version`
    grows with every command.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveBigIntegerField(_("number"), unique=True, null=True)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="+")
    filer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    respondent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    filer_is_client = models.BooleanField()
    has_claim = models.BooleanField(default=True)
    track = models.CharField(_("track"), max_length=1, choices=choices(Track), default=Track.ESCROW.value)
    state = models.CharField(_("state"), max_length=20, choices=choices(State), default=State.DRAFT.value)
    phase = models.CharField(_("phase"), max_length=12, choices=choices(Phase), blank=True)
    outcome = models.CharField(_("outcome"), max_length=24, choices=choices(Outcome), blank=True)
    version = models.PositiveIntegerField(default=0)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+")
    milestone = models.ForeignKey(Milestone, null=True, on_delete=models.PROTECT, related_name="+")
    week_starts = models.DateField(_("week of the hours"), null=True)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField(_("amount in dispute"), default=0)
    claimed_refund_minor = models.BigIntegerField(default=0)
    is_refund_said = models.BooleanField(default=False)  # a draft's writer who wants nothing back has said so
    settled_refund_minor = models.BigIntegerField(null=True)
    problem = models.CharField(_("kind of problem"), max_length=24, blank=True)
    is_low_value = models.BooleanField(default=False)
    asker = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    mediator = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    evidence_closed_at = models.DateTimeField(null=True)
    is_overdue = models.BooleanField(default=False)
    reopenings = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        constraints = [
            models.UniqueConstraint(
                fields=["room"],
                condition=~Q(state__in=[State.CLOSED.value, State.DRAFT.value]),
                name="dispute_one_open_in_a_room",
            )
        ]
        indexes = [models.Index(fields=["room", "created_at"], name="dispute_of_room")]

    def __str__(self) -> str:
        return f"{self.number or ''} {self.state}".strip()


class Statement(models.Model):
    """What a side says at the opening. Both are revealed together; until then only its author reads one."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="statements")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    wants = models.TextField(blank=True)
    reason = models.CharField(max_length=24, blank=True)
    updated_at = models.DateTimeField()
    revealed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispute", "author"], name="statement_one_each")]


class Performed(models.Model):
    """A command that was carried out, by its id: said again, it gives the same result."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="+")
    command_id = models.UUIDField()
    command = models.CharField(max_length=32)
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    result = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispute", "command_id"], name="performed_once")]
        indexes = [
            models.Index(fields=["command_id"], condition=Q(command="grant_outage"), name="performed_for_an_outage")
        ]


class CaseEntry(models.Model):
    """One line of the case file, chained by its hash to the line before in the same audience. Only ever inserted.

    There is a chain for each audience, so that no number or hash tells anybody of lines they may not read.
    `content_hash` stands in the chain instead of the content, so that the content can be erased without breaking it.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    type = models.CharField(max_length=40)
    actor_id = models.UUIDField(null=True)
    audience = models.CharField(max_length=20)
    content = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispute", "audience", "number"], name="case_entry_number")]
