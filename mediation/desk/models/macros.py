"""Macros: what agents say often, in each language."""

import uuid

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

_KEY = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Use small letters, digits and single hyphens, like ask-file."))


class Macro(models.Model):
    """Found by `key` behind a slash. `places` and `roles` are lists of `rules.macros.Place` and of roles of staff."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(_("short name"), max_length=30, unique=True, validators=[_KEY])
    places = models.JSONField(_("where it can be said"), default=list)
    roles = models.JSONField(_("who can say it"), default=list)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("macro")
        verbose_name_plural = _("macros")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return f"/{self.key}"


class MacroText(models.Model):
    """What it says in one language, with variables in braces (`rules.macros.Variable`)."""

    macro = models.ForeignKey(Macro, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    title = models.CharField(_("title"), max_length=60)
    body = models.TextField(_("text"), max_length=4_000)

    class Meta:
        verbose_name = _("text of a macro")
        verbose_name_plural = _("texts of a macro")
        constraints = [models.UniqueConstraint(fields=["macro", "language"], name="macro_text_once")]
        ordering = ["language"]

    def __str__(self) -> str:
        return self.title
