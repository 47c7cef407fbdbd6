"""Why people come to Upwork: a short list in two levels, and which of it each case is about."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mediation.disputes.models import Dispute

_CODE = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Use small letters, digits and single hyphens, like ask-file."))


class ReasonTag(models.Model):
    """Of the first level without `parent`; of the second below one of the first. One that was used is not deleted."""

    code = models.CharField(_("short name"), max_length=40, unique=True, validators=[_CODE])
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="parts",
        limit_choices_to={"parent__isnull": True},
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("reason of cases")
        verbose_name_plural = _("reasons of cases")
        ordering = ["position", "code"]
        constraints = [models.CheckConstraint(condition=~Q(parent=models.F("id")), name="reason_not_own_part")]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """Two levels and no more."""
        has_parts = self.pk is not None and self.parts.exists()
        if self.parent is not None and (has_parts or self.parent.parent_id is not None or self.parent_id == self.pk):
            raise ValidationError({"parent": _("There are two levels: a reason, and what it has below it.")})


class ReasonName(models.Model):
    """What a reason is called in one language; `phrasings` are how people say it, for what is suggested."""

    tag = models.ForeignKey(ReasonTag, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    name = models.CharField(_("name"), max_length=60)
    phrasings = models.JSONField(_("how people say it"), default=list, blank=True)

    class Meta:
        verbose_name = _("name of a reason")
        verbose_name_plural = _("names of a reason")
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["tag", "language"], name="reason_name_once")]

    def __str__(self) -> str:
        return self.name


class CaseReason(models.Model):
    """Somebody said what a case is mostly about. The one that has not ended holds; the others are its past.

    `question` is what was asked of the engine, in words that both sides read; `suggested` is what it proposed first.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="+")
    tag = models.ForeignKey(ReasonTag, verbose_name=_("reason"), on_delete=models.PROTECT, related_name="+")
    suggested = models.ForeignKey(
        ReasonTag, verbose_name=_("suggested"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    question = models.CharField(max_length=500, blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("said by"), on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField(_("said"), db_index=True)
    ended_at = models.DateTimeField(_("until"), null=True)

    class Meta:
        verbose_name = _("reason of a case")
        verbose_name_plural = _("reasons that were said of cases")
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["dispute"], condition=Q(ended_at__isnull=True), name="case_reason_one")
        ]

    def __str__(self) -> str:
        return str(self.tag)
