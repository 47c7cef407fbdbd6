"""Contracts, rooms, members, threads, messages and what hangs on them.

A message's public address is its thread's UUID and its `seq` there; the integer keys never leave the process.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

User = settings.AUTH_USER_MODEL


class Contract(models.Model):
    """A job between one client and one freelancer. Money is in minor units of `currency`."""

    class Kind(models.TextChoices):
        FIXED = "fixed", _("Fixed price")
        HOURLY = "hourly", _("Hourly")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")
        ENDED = "ended", _("Ended")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("title"), max_length=140)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.FIXED.value)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.ACTIVE.value)
    client = models.ForeignKey(User, verbose_name=_("client"), on_delete=models.PROTECT, related_name="+")
    freelancer = models.ForeignKey(User, verbose_name=_("freelancer"), on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    amount_minor = models.BigIntegerField(
        _("amount, minor units"), default=0, help_text=_("Fixed price: the whole job")
    )
    hourly_rate_minor = models.BigIntegerField(_("hourly rate, minor units"), default=0)
    weekly_limit_hours = models.PositiveSmallIntegerField(_("hours a week at most"), default=0)
    started_at = models.DateTimeField(_("started"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")

    def __str__(self) -> str:
        return self.title


class Milestone(models.Model):
    """A part of a fixed-price contract, paid on its own.

    `refund_asked_at` is when the client asked its money back; a request that was taken back leaves nothing, one that
    was answered has `refund_answered_at` too.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        FUNDED = "funded", _("In escrow")
        SUBMITTED = "submitted", _("Submitted")
        RELEASED = "released", _("Paid")
        REFUNDED = "refunded", _("Refunded")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=140)
    amount_minor = models.BigIntegerField(_("amount, minor units"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PLANNED.value)
    due_date = models.DateField(_("due"), null=True, blank=True)
    refund_asked_at = models.DateTimeField(_("asked back"), null=True, blank=True)
    refund_answered_at = models.DateTimeField(_("asked back, answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["contract", "position"]
        constraints = [models.UniqueConstraint(fields=["contract", "position"], name="milestone_position")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_asked_back(self) -> bool:
        """Whether the client waits for an answer. Once its money is somewhere there is nothing to answer."""
        is_over = self.status in (Milestone.Status.RELEASED.value, Milestone.Status.REFUNDED.value)
        return self.refund_asked_at is not None and self.refund_answered_at is None and not is_over


class Room(models.Model):
    """The one place where a contract's people talk."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.OneToOneField(Contract, on_delete=models.PROTECT, related_name="room")
    created_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True)  # since then it is read only: the case is with an arbitrator

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")


class Member(models.Model):
    """One stay of a person in a room, from joining to leaving; both are shown to everyone in it."""

    class Role(models.TextChoices):
        CLIENT = "client", _("Client")
        FREELANCER = "freelancer", _("Freelancer")
        MEDIATOR = "mediator", _("Mediator, neutral")

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=Role.choices)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(fields=["room", "user"], condition=Q(left_at__isnull=True), name="member_once"),
            models.UniqueConstraint(
                fields=["room", "role"], condition=Q(left_at__isnull=True), name="member_one_of_each_role"
            ),
        ]
        indexes = [models.Index(fields=["user"], condition=Q(left_at__isnull=True), name="member_rooms")]


class HelpRequest(models.Model):
    """A party asked for a mediator. At most one is open in a room; taking it is atomic."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="help_requests")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    note = models.TextField(blank=True)
    taken_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("request for a mediator")
        verbose_name_plural = _("requests for a mediator")
        constraints = [
            models.UniqueConstraint(fields=["room"], condition=Q(ended_at__isnull=True), name="help_one_open")
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(taken_at__isnull=True, ended_at__isnull=True), name="help_waiting"
            ),
            models.Index(fields=["asked_at"], name="help_newest"),
        ]


class Thread(models.Model):
    """A topic in a room with exactly one audience, for good. `head_seq` is the seq of its newest event.

    `last_message_seq` points at the newest message, or line of the system that is news (`rules.news`), for lists.
    """

    class Audience(models.TextChoices):
        JOINT = "joint", _("Everyone")
        CAUCUS_CLIENT = "caucus_client", _("Private with the client")
        CAUCUS_FREELANCER = "caucus_freelancer", _("Private with the freelancer")
        INTERNAL = "internal", _("Staff notes")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="threads")
    audience = models.CharField(max_length=20, choices=Audience.choices)
    is_main = models.BooleanField(default=False)
    title = models.CharField(max_length=80, blank=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    head_seq = models.PositiveIntegerField(default=0)
    last_message_seq = models.PositiveIntegerField(null=True)
    last_message_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        constraints = [
            models.UniqueConstraint(fields=["room", "audience"], condition=Q(is_main=True), name="thread_one_main")
        ]


class Message(models.Model):
    """A line in a thread, by a person (`text`) or by the system (`code` and `params`, rendered for its reader).

    `files` and `reactions` are kept beside the text so that one row is the whole message: `files` is a list of
    `{id, name, type, size, width, height, thumb}`, `reactions` maps a reaction's name to the ids of its people.
    `rev` grows with every change.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        SYSTEM = "system", _("System")

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages", db_index=False)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.TEXT.value)
    author = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    client_id = models.UUIDField(null=True)
    body = models.TextField(blank=True)
    code = models.CharField(max_length=40, blank=True)
    params = models.JSONField(default=dict)
    reply_to_seq = models.PositiveIntegerField(null=True)
    mentions = models.JSONField(default=list)
    files = models.JSONField(default=list)
    reactions = models.JSONField(default=dict)
    rev = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    removed_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(fields=["thread", "seq"], name="message_address"),
            models.UniqueConstraint(fields=["author", "client_id"], name="message_sent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id}/{self.seq}"


class MessageVersion(models.Model):
    """What a message said before an edit. Visible to the message's audience; erased when it is removed."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="versions")
    rev = models.PositiveIntegerField()
    body = models.TextField()
    replaced_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "rev"], name="version_once")]


class Attachment(models.Model):
    """A file in a thread. It is uploaded first and belongs to nobody's view until a message carries it.

    `is_kept`: it waits for its message with a draft, and is not abandoned however long that takes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    uploader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="attachments/%Y/%m/")
    thumbnail = models.FileField(upload_to="thumbnails/%Y/%m/", blank=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    is_kept = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")


class ReadMark(models.Model):
    """How far a person has read a thread. Only moves forward."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "thread"], name="read_mark_once")]


class Draft(models.Model):
    """What a person has begun to write in a thread. Nobody else ever reads it."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    body = models.TextField()
    reply_to_seq = models.PositiveIntegerField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "thread"], name="draft_once")]
