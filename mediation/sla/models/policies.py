"""Policies: ordered lines of conditions and targets, and what is done at which step. Published ones never change."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mediation.sla.models.calendars import Calendar
from mediation.sla.rules.metrics import Metric
from mediation.sla.rules.steps import PERCENTS, Action

User = settings.AUTH_USER_MODEL
METRICS = [(metric.value, metric.value) for metric in Metric]
ACTIONS = [
    (Action.NOTIFY.value, _("tell the mediator")),
    (Action.PING_GROUP.value, _("tell everybody who mediates")),
    (Action.REASSIGN.value, _("ask the leads for another mediator")),
    (Action.LEVEL_UP.value, _("bring it to the leads")),
]


class Policy(models.Model):
    """One version. Clocks are counted by the newest that is published; what they counted before is kept."""

    version = models.PositiveIntegerField(_("version"), unique=True)
    note = models.CharField(_("what changed and why"), max_length=200, blank=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(_("published"), null=True)

    class Meta:
        verbose_name = _("policy of clocks")
        verbose_name_plural = _("policies of clocks")
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{self.version}"


class PolicyLine(models.Model):
    """A target for a metric. Each condition is a list of values with commas; an empty one fits everything."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(_("order"))
    metric = models.CharField(_("what is measured"), max_length=8, choices=METRICS)
    segment = models.CharField(_("segment"), max_length=80, blank=True)
    level = models.CharField(_("level"), max_length=80, blank=True)
    track = models.CharField(_("track"), max_length=20, blank=True)
    priority = models.CharField(_("priority"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=80, blank=True)
    target_minutes = models.PositiveIntegerField(_("target, minutes"))
    calendar = models.ForeignKey(
        Calendar, verbose_name=_("calendar"), null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text=_("Without one, time is counted as it passes."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets, the first that fits counts")
        ordering = ["position", "pk"]


class PolicyStep(models.Model):
    """What is done when so much of a target is over. An empty metric means all that have no steps of their own."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="steps")
    metric = models.CharField(_("what is measured"), max_length=8, choices=METRICS, blank=True)
    percent = models.PositiveSmallIntegerField(
        _("percent of the target"), choices=[(percent, f"{percent} %") for percent in PERCENTS]
    )
    action = models.CharField(_("what is done"), max_length=12, choices=ACTIONS)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["metric", "percent", "pk"]
        constraints = [models.UniqueConstraint(fields=["policy", "metric", "percent", "action"], name="step_said_once")]
