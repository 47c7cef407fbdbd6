"""Deliveries that failed, for administrators: what, how often, and where in the code; never what an event says."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mediation.core.admin import LookOnlyAdmin
from mediation.events.dispatch import try_again
from mediation.events.models import Delivery


@admin.register(Delivery)
class DeliveryAdmin(LookOnlyAdmin):
    fields = ("subscriber", "event_type", "attempts", "next_try_at", "last_error", "done_at")
    readonly_fields = ("event_type",)
    list_display = ("subscriber", "event_type", "attempts", "next_try_at", "done_at", "last_error")
    list_filter = ("subscriber",)
    list_select_related = ("event",)
    ordering = ("-pk",)
    actions = ("retry",)

    @admin.display(description=_("event"))
    def event_type(self, delivery: Delivery) -> str:
        return delivery.event.type

    @admin.action(description=_("Try again now"))
    def retry(self, request: HttpRequest, chosen: QuerySet[Delivery]) -> None:
        count = try_again(chosen)
        self.message_user(request, _("%(count)d will be tried again.") % {"count": count})
