"""Calendars and their dated versions. A version that was published never changes: clocks were counted by it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import check_time_zone

User = settings.AUTH_USER_MODEL


class Calendar(models.Model):
    """Somebody's working hours, under a code that policies name."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CalendarVersion(models.Model):
    """The hours from a day on. `week` is seven lists of `[opens, closes]` in minutes of the local day, Monday first;
    `holidays` maps ISO dates to names; `openings` maps ISO dates to all the hours of that day. `applied_at` is when
    running clocks had been counted anew by it.
    """

    calendar = models.ForeignKey(
        Calendar, verbose_name=_("calendar"), on_delete=models.PROTECT, related_name="versions"
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[check_time_zone])
    week = models.JSONField(_("week"), default=list)
    holidays = models.JSONField(_("holidays"), default=dict, blank=True)
    openings = models.JSONField(_("openings"), default=dict, blank=True)
    note = models.CharField(_("what changed and why"), max_length=200, blank=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(_("published"), null=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("version of a calendar")
        verbose_name_plural = _("versions of calendars")
        ordering = ["calendar", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "valid_from"],
                condition=Q(published_at__isnull=False),
                name="calendar_version_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.calendar} {self.valid_from or ''}".strip()
