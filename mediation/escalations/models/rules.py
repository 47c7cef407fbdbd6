"""The rules of whom to refer. A version never changes; the newest counts for what is referred from then on."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mediation.sla.rules.policies import SEGMENTS


class ReferralRules(models.Model):
    """One version, in the words of `rules.criteria.Terms`."""

    version = models.PositiveIntegerField(_("version"), unique=True)
    least_value_minor = models.PositiveBigIntegerField(
        _("value of the job post at least"), null=True, blank=True, default=250_000
    )
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    asks_web_presence = models.BooleanField(_("an established web presence"), default=True)
    least_segment = models.CharField(
        _("segment at least"), max_length=3, blank=True, choices=[(one, one) for one in SEGMENTS], default="SB"
    )
    asks_long_term = models.BooleanField(_("may hire several people for long"), default=True)
    note = models.CharField(_("what changed and why"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("rules of whom to refer")
        verbose_name_plural = _("rules of whom to refer")
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{self.version}"
