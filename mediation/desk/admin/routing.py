"""Skills, capacity and the weight of cases: what "next for me" and every claim go by."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mediation.desk.admin.leads import LeadsAdmin, LeadsLog
from mediation.desk.forms.routing import AgentProfileForm, CaseWeightForm
from mediation.desk.models import AgentProfile, CaseWeight, Decline
from mediation.desk.rules.declines import Reason
from mediation.desk.words import DECLINES


@admin.register(AgentProfile)
class AgentProfileAdmin(LeadsAdmin):
    """What is changed here counts from the next claim on; nobody loses a case they have."""

    form = AgentProfileForm
    list_display = ("user", "spoken", "taken", "value_limit_minor", "capacity", "begins_on", "ramp_days", "is_away")
    list_editable = ("capacity", "is_away")
    list_filter = ("is_away",)
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AgentProfile]:
        return super().get_queryset(request).select_related("user")

    @admin.display(description=_("languages"))
    def spoken(self, profile: AgentProfile) -> str:
        return " ".join(code.upper() for code in profile.languages) or str(_("all"))

    @admin.display(description=_("tracks"))
    def taken(self, profile: AgentProfile) -> str:
        return " ".join(profile.tracks) or str(_("all"))


@admin.register(CaseWeight)
class CaseWeightAdmin(LeadsAdmin):
    """A case of a track and phase without a row weighs 10 points."""

    form = CaseWeightForm
    list_display = ("track", "phase", "weight")
    list_editable = ("weight",)
    list_filter = ("track",)


@admin.register(Decline)
class DeclineAdmin(LeadsLog):
    """What agents were offered and did not take, and why."""

    list_display = ("at", "agent", "case", "why", "words")
    list_filter = ("agent",)
    list_select_related = ("agent", "dispute__room__contract")
    search_fields = ("=dispute__number", "agent__name")
    ordering = ("-at", "-pk")
    fields = ("at", "agent", "case", "why", "words")
    readonly_fields = fields

    @admin.display(description=_("case"), ordering="dispute__number")
    def case(self, line: Decline) -> str:
        return line.dispute.room.contract.title

    @admin.display(description=_("reason"), ordering="reason")
    def why(self, line: Decline) -> str:
        return str(DECLINES[Reason(line.reason)])
