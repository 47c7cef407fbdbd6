"""Webhooks: addresses that are told what happens to cases, what waits to be sent to them, and each try."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Webhook(models.Model):
    """An address. `sealed_secret` signs what is sent to it and is shown once, when it is made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=80, unique=True)
    address = models.CharField(_("address"), max_length=500)
    sealed_secret = models.CharField(max_length=400, editable=False)
    events = models.JSONField(_("what it is told"), default=list, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class WebhookDelivery(models.Model):
    """Something to be sent, byte for byte as `body`. `cause` says of what, so that it is written once.

    `try_at` is when it is due, and moved on while a worker has it; None once it was taken or given up.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="+", db_index=False)
    cause = models.CharField(max_length=100)
    happening = models.CharField(_("what happened"), max_length=40)
    body = models.TextField()
    written_at = models.DateTimeField(_("written"))
    try_at = models.DateTimeField(_("due"), null=True)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    taken_at = models.DateTimeField(_("taken"), null=True)
    dead_at = models.DateTimeField(_("given up"), null=True)

    class Meta:
        verbose_name = _("delivery to a webhook")
        verbose_name_plural = _("deliveries to webhooks")
        constraints = [models.UniqueConstraint(fields=["webhook", "cause"], name="webhook_told_once")]
        indexes = [
            models.Index(fields=["try_at"], condition=Q(try_at__isnull=False), name="webhook_due"),
            models.Index(fields=["-written_at", "id"], name="webhook_newest"),
        ]


class WebhookAttempt(models.Model):
    """One try: `status` is what the other side answered, `problem` why it could not."""

    delivery = models.ForeignKey(WebhookDelivery, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField(_("when"))
    status = models.PositiveSmallIntegerField(_("answer"), null=True)
    problem = models.CharField(_("what went wrong"), max_length=40, blank=True)
    took_ms = models.PositiveIntegerField(_("milliseconds"), default=0)

    class Meta:
        verbose_name = _("try")
        verbose_name_plural = _("tries")
        ordering = ["at", "pk"]
