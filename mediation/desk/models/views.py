"""Views that somebody keeps under a name: their own, or their team's."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Team

User = settings.AUTH_USER_MODEL


class SavedView(models.Model):
    """A queue with filters (`rules.views.View`). With a `team` everybody in it has the view."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=40)
    owner = models.ForeignKey(User, verbose_name=_("owner"), on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(
        Team, verbose_name=_("team"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    parameters = models.JSONField(_("view"), default=dict)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "created_at"]

    def __str__(self) -> str:
        return self.name
