"""Triggers and automations: conditions and actions that a lead has put together, and what became of them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mediation.disputes.models import Dispute


class Rule(models.Model):
    """`conditions` is `{all: [{field, operator, value}], any: […]}`, `actions` is `[{action, value}]`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    is_active = models.BooleanField(_("in use"), default=True)
    conditions = models.JSONField(_("conditions"), default=dict)
    actions = models.JSONField(_("actions"), default=list)

    class Meta:
        abstract = True
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Trigger(Rule):
    """Looked at in order whenever something happens to a case."""

    class Meta(Rule.Meta):
        verbose_name = _("trigger")
        verbose_name_plural = _("triggers")


class TriggerLog(models.Model):
    """What a trigger made of an event: `why` are the verdicts on its conditions, `done` what it did.

    An event that a trigger caused carries the `root` of its cycle, the event that began it; in a cycle a trigger fires
    once. `skipped` says why a trigger was not even asked.
    """

    trigger = models.ForeignKey(Trigger, on_delete=models.CASCADE, related_name="+", db_index=False)
    event = models.BigIntegerField()
    happening = models.CharField(_("what happened"), max_length=40)
    root = models.BigIntegerField()
    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="+")
    has_fired = models.BooleanField(_("fired"))
    skipped = models.CharField(max_length=10, blank=True)
    why = models.JSONField(default=list)
    done = models.JSONField(default=list)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("line of the triggers' log")
        verbose_name_plural = _("log of the triggers")
        constraints = [
            models.UniqueConstraint(fields=["trigger", "event"], name="trigger_once_an_event"),
            models.UniqueConstraint(
                fields=["trigger", "root"], condition=Q(has_fired=True), name="trigger_once_a_cycle"
            ),
        ]
        indexes = [
            models.Index(fields=["has_fired", "at"], name="trigger_log_age"),
            models.Index(fields=["-at", "-id"], name="trigger_log_newest"),
        ]


class Automation(Rule):
    """Looked at every half minute. `resume_at` and `resume_case` are where the next look goes on, if one was cut."""

    resume_at = models.DateTimeField(null=True, editable=False)
    resume_case = models.UUIDField(null=True, editable=False)

    class Meta(Rule.Meta):
        verbose_name = _("automation")
        verbose_name_plural = _("automations")


class AutomationFiring(models.Model):
    """An automation did something to a case. Until its conditions were seen not to hold, it does so no second time."""

    automation = models.ForeignKey(Automation, on_delete=models.CASCADE, related_name="+", db_index=False)
    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="+")
    why = models.JSONField(default=list)
    done = models.JSONField(default=list)
    at = models.DateTimeField(_("when"))
    undone_at = models.DateTimeField(_("undone"), null=True)

    class Meta:
        verbose_name = _("line of the automations' log")
        verbose_name_plural = _("log of the automations")
        constraints = [
            models.UniqueConstraint(
                fields=["automation", "dispute"], condition=Q(undone_at__isnull=True), name="automation_once_a_cycle"
            )
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="automation_newest")]


class RuleMail(models.Model):
    """A mail that a rule asked for, to one person at Upwork. It is kept from other workers by moving `try_at`."""

    rule = models.CharField(max_length=80)
    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="+")
    to = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    try_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    handed_over_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["try_at"], condition=Q(handed_over_at__isnull=True), name="rule_mail_due")]
