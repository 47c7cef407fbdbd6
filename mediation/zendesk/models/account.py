"""Our account at Zendesk: how we are let in, whether it answers, how fast we may ask, and who is who there."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Account(models.Model):
    """The one account. `stopped_until`: nobody asks before then; `failures` in a row are why. `cursor` is how far the
    export of changed tickets was read; empty before the first time. `forbidden` is the ticket that we were last refused
    (403), at `forbidden_at`.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sealed_token = models.TextField(blank=True)
    token_until = models.DateTimeField(null=True)
    service_user_id = models.BigIntegerField(null=True)
    failures = models.PositiveIntegerField(default=0)
    stopped_until = models.DateTimeField(_("nobody asks until"), null=True)
    trouble = models.CharField(_("trouble"), max_length=40, blank=True)
    forbidden = models.CharField(max_length=60, blank=True)
    forbidden_at = models.DateTimeField(null=True)
    cursor = models.TextField(blank=True)
    exported_at = models.DateTimeField(_("changes read"), null=True)
    answered_at = models.DateTimeField(_("last answer"), null=True)

    class Meta:
        verbose_name = _("account at Zendesk")
        verbose_name_plural = _("account at Zendesk")


class Allowance(models.Model):
    """What is used up of a limit: it is whole again at `full_at` (`rules.pace`). All workers share the row."""

    name = models.CharField(max_length=60, primary_key=True)
    full_at = models.DateTimeField(null=True)


class Person(models.Model):
    """Somebody at Zendesk: a shadow of one of our people, or an agent; `user` is who of ours has their address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    zendesk_id = models.BigIntegerField(unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    is_shadow = models.BooleanField(default=False)
    name = models.CharField(max_length=255, blank=True)
    role = models.CharField(max_length=20, blank=True)
    looked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(is_shadow=True), name="zendesk_one_shadow")
        ]
