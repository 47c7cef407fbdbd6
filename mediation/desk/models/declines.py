"""Cases that were offered to an agent who said: not now."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mediation.desk.rules.declines import MOST_WORDS, Reason
from mediation.disputes.models import Dispute


class Decline(models.Model):
    """Kept for good: who reads why cases wait reads it here. `press` is the same when it is said again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="+")
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("agent"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    press = models.UUIDField(unique=True)
    reason = models.CharField(_("reason"), max_length=8, choices=[(one.value, one.value) for one in Reason])
    words = models.CharField(_("in words"), max_length=MOST_WORDS, blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("offered case, not taken")
        verbose_name_plural = _("offered cases, not taken")
        indexes = [models.Index(fields=["agent", "at"], name="decline_of_agent")]

    def __str__(self) -> str:
        return f"{self.agent} {self.reason}"
