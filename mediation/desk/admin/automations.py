"""Automations and what they did."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mediation.desk.admin.leads import LeadsLog
from mediation.desk.admin.rules import RuleAdmin
from mediation.desk.admin.triggers import case_of, deeds, sentences
from mediation.desk.forms.rules import AutomationForm
from mediation.desk.models import Automation, AutomationFiring


@admin.register(Automation)
class AutomationAdmin(RuleAdmin):
    """Each looks twice a minute, and at a case again only once its conditions did not hold in between."""

    kind = "automations"
    form = AutomationForm


@admin.register(AutomationFiring)
class AutomationFiringAdmin(LeadsLog):
    """Why an automation did something, and until when it does so no second time."""

    list_display = ("at", "automation", "case", "because", "undone_at")
    list_filter = ("automation",)
    list_select_related = ("automation", "dispute__room__contract")
    search_fields = ("=dispute__number",)
    ordering = ("-at", "-pk")
    list_per_page = 50
    fields = ("at", "automation", "case", "because", "what_it_did", "undone_at")
    readonly_fields = fields

    @admin.display(description=_("case"), ordering="dispute__number")
    def case(self, firing: AutomationFiring) -> str:
        return case_of(firing.dispute)

    @admin.display(description=_("why"))
    def because(self, firing: AutomationFiring) -> Any:
        return sentences(firing.why)

    @admin.display(description=_("What is done"))
    def what_it_did(self, firing: AutomationFiring) -> Any:
        return deeds(firing.done)
