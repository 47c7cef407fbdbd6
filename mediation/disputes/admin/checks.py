"""Whether the case files hold, by the daily look at them. Where one is broken stands in the log."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mediation.core.admin import LookOnlyAdmin
from mediation.disputes.models import ChainCheck
from mediation.disputes.rules.states import State


@admin.register(ChainCheck)
class ChainCheckAdmin(LookOnlyAdmin):
    list_display = ("number", "contract", "holds", "checked_at", "broken_since")
    list_filter = ("holds",)
    list_select_related = ("dispute__room__contract",)
    search_fields = ("=dispute__number",)
    ordering = ("holds", "-checked_at")
    show_full_result_count = False
    fields = ("number", "contract", "holds", "checked_at", "broken_since")
    readonly_fields = ("number", "contract")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """A claim that was never filed is its filer's alone, and so is that it was begun."""
        drafts = {"dispute__filed_at__isnull": True, "dispute__has_claim": True}
        return super().get_queryset(request).exclude(dispute__state=State.DRAFT.value).exclude(**drafts)

    @admin.display(description=_("number"), ordering="dispute__number")
    def number(self, check: ChainCheck) -> str:
        return str(check.dispute.number or check.dispute_id)

    @admin.display(description=_("contract"), ordering="dispute__room__contract__title")
    def contract(self, check: ChainCheck) -> str:
        return check.dispute.room.contract.title
