"""Whether the file of a case held when it was looked at last."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mediation.disputes.models.case import Dispute


class ChainCheck(models.Model):
    """The newest check of a case. `broken_since` is when it was first found not to hold."""

    dispute = models.OneToOneField(Dispute, verbose_name=_("dispute"), on_delete=models.CASCADE, related_name="+")
    checked_at = models.DateTimeField(_("checked"))
    holds = models.BooleanField(_("holds"), default=True)
    broken_since = models.DateTimeField(_("does not hold since"), null=True)

    class Meta:
        verbose_name = _("check of a case file")
        verbose_name_plural = _("checks of case files")
        indexes = [models.Index(fields=["checked_at"], name="chain_check_turn")]
