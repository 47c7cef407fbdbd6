"""Notices to a party: of a case in which its silence would count, and of what happened to the contract outside of one.
Written with what they tell of, handed over by the worker, kept for good.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mediation.conversations.models import Milestone, Room
from mediation.disputes.models.case import Dispute


class Notice(models.Model):
    """One notice on one channel, about a case or about a room's contract. `handed_over_at` is when the channel took it,
    which is what the default rule counts.
    """

    class Channel(models.TextChoices):
        IN_APP = "in_app"
        EMAIL = "email"

    dispute = models.ForeignKey(Dispute, null=True, on_delete=models.CASCADE, related_name="notices")
    room = models.ForeignKey(Room, null=True, on_delete=models.CASCADE, related_name="+")
    milestone = models.ForeignKey(Milestone, null=True, on_delete=models.CASCADE, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    code = models.CharField(max_length=32)
    params = models.JSONField(default=dict)
    written_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True)  # not before; also how one worker keeps a notice from the others

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispute", "to", "channel", "code"], name="notice_once"),
            models.UniqueConstraint(fields=["room", "to", "channel", "code"], name="notice_of_a_room_once"),
            models.CheckConstraint(
                condition=Q(dispute__isnull=False, room__isnull=True) | Q(dispute__isnull=True, room__isnull=False),
                name="notice_about_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["written_at"], condition=Q(handed_over_at__isnull=True), name="notice_waiting")]
