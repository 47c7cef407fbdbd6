"""Break-glass: who asked to read a private talk, who agreed, and how long it could be read."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mediation.disputes.models.case import Dispute, choices
from mediation.disputes.rules.glass import Ground, Times

User = settings.AUTH_USER_MODEL


class BreakGlass(models.Model):
    """One ask for the private talk of one party, and what came of it. Nobody reads because this row is there:
    `queries.glass` asks its times with every read.

    `ended_at`: it was taken back, refused, ended by `ended_by`, or its time was over. `told_at`: the party was told,
    which happens after the close (decisions/0021).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispute = models.ForeignKey(Dispute, verbose_name=_("dispute"), on_delete=models.PROTECT, related_name="glasses")
    party = models.ForeignKey(User, verbose_name=_("private talk of"), on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=12, choices=choices(Ground))
    reason = models.TextField()
    asked_by = models.ForeignKey(User, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    lapses_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        User, verbose_name=_("decided by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    is_approved = models.BooleanField(_("agreed"), null=True)
    note = models.TextField(blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True)
    ends_at = models.DateTimeField(_("open until"), null=True)
    ended_by = models.ForeignKey(
        User, verbose_name=_("ended by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended"), null=True)
    told_at = models.DateTimeField(_("party told"), null=True)

    class Meta:
        verbose_name = _("look into a private talk")
        verbose_name_plural = _("looks into private talks")
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "party", "asked_by"], condition=Q(ended_at__isnull=True), name="glass_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="glass_second_person"),
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(ended_at__isnull=True), name="glass_running"),
            models.Index(
                fields=["dispute"],
                condition=Q(opened_at__isnull=False, told_at__isnull=True),
                name="glass_untold",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def times(self) -> Times:
        """What the rules need of it."""
        return Times(self.lapses_at, self.is_approved, self.ends_at, self.opened_at, self.ended_at)
