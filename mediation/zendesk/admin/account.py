"""Whether Zendesk answers."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mediation.zendesk.actions import asking
from mediation.zendesk.admin.keepers import KeepersAdmin
from mediation.zendesk.models import Account


@admin.register(Account)
class AccountAdmin(KeepersAdmin):
    """One row: what is wrong, and until when nobody asks."""

    list_display = ("trouble", "failures", "stopped_until", "answered_at", "exported_at")
    fields = list_display
    readonly_fields = fields
    actions = ("ask_again",)

    @admin.action(description=_("Ask again now"), permissions=["view"])
    def ask_again(self, request: HttpRequest, chosen: QuerySet[Account]) -> None:
        asking.ask_again()
        self.message_user(request, _("Zendesk is asked again with the next knock."))
