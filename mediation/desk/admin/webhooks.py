"""Webhooks: where something is sent to, what waits, what was given up, and each try."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mediation.core.admin import LookOnlyRows
from mediation.desk.actions import webhooks
from mediation.desk.admin.leads import LeadsAdmin, LeadsLog, is_lead
from mediation.desk.forms.webhooks import WebhookForm
from mediation.desk.models import Webhook, WebhookAttempt, WebhookDelivery


@admin.register(Webhook)
class WebhookAdmin(LeadsAdmin):
    """The secret is shown once, when it is made."""

    form = WebhookForm
    list_display = ("name", "address", "is_active")
    actions = ("renew_secret",)

    def save_model(self, request: HttpRequest, obj: Webhook, form: ModelForm, change: bool) -> None:
        """A new one is given its secret."""
        secret = "" if change else webhooks.new_secret(obj)
        super().save_model(request, obj, form, change)
        if secret:
            self._show(request, obj, secret)

    @admin.action(description=_("Give it a new secret"))
    def renew_secret(self, request: HttpRequest, chosen: QuerySet[Webhook]) -> None:
        """The old one signs nothing any more."""
        for webhook in chosen:
            secret = webhooks.new_secret(webhook)
            webhook.save(update_fields=["sealed_secret"])
            self._show(request, webhook, secret)

    def _show(self, request: HttpRequest, webhook: Webhook, secret: str) -> None:
        said = _("The secret of “%(name)s”, shown this once: %(secret)s") % {"name": webhook.name, "secret": secret}
        self.message_user(request, said, messages.WARNING)


class Tries(LookOnlyRows):
    model = WebhookAttempt
    fields = ("at", "status", "problem", "took_ms")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_lead(request)


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(LeadsLog):
    """What was given up can be sent again, byte for byte."""

    list_display = ("written_at", "webhook", "happening", "attempts", "try_at", "taken_at", "dead_at")
    list_filter = ("webhook", ("dead_at", admin.EmptyFieldListFilter))
    list_select_related = ("webhook",)
    ordering = ("-written_at",)
    list_per_page = 50
    fields = ("id", "webhook", "happening", "body", "written_at", "attempts", "try_at", "taken_at", "dead_at")
    readonly_fields = fields
    inlines = (Tries,)
    actions = ("send_again",)

    @admin.action(description=_("Send again what was given up"), permissions=["view"])
    def send_again(self, request: HttpRequest, chosen: QuerySet[WebhookDelivery]) -> None:
        count = webhooks.replay(chosen)
        self.message_user(request, ngettext("%d will be sent again.", "%d will be sent again.", count) % count)
