"""Clocks to look at: how they stand, what happened to them, and their adjusted figure."""

from datetime import timedelta

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mediation.core import clock as time
from mediation.core.admin import LookOnlyAdmin, LookOnlyRows
from mediation.sla.models import Clock, ClockFact, StepTaken
from mediation.sla.queries.readings import adjusted


class Facts(LookOnlyRows):
    model = ClockFact
    fields = ("at", "kind", "reason", "target_ms", "calendar")
    verbose_name_plural = _("what happened to it")


class Steps(LookOnlyRows):
    model = StepTaken
    fields = ("percent", "due_at", "taken_at", "told_at")


@admin.register(Clock)
class ClockAdmin(LookOnlyAdmin):
    """Only actions write clocks."""

    list_display = ("metric", "case", "person", "status", "activated_at", "due_at", "breached_at", "ended_at")
    list_filter = ("metric", "status")
    list_select_related = ("dispute", "person")
    search_fields = ("=dispute__number", "person__name")
    ordering = ("-activated_at",)
    show_full_result_count = False
    fields = (
        "metric", "case", "person", "policy", "status", "activated_at", "calendar", "due_at", "breached_at",
        "ended_at", "next_at", "counted", "illegitimate",
    )  # fmt: skip
    readonly_fields = ("case", "counted", "illegitimate")
    inlines = (Facts, Steps)

    @admin.display(description=_("case"), ordering="dispute__number")
    def case(self, timed: Clock) -> str:
        return str(timed.dispute)

    @admin.display(description=_("counted until the last change"))
    def counted(self, timed: Clock) -> timedelta:
        return adjusted(timed, time.now())[0]

    @admin.display(description=_("paused while the party waited for an answer"))
    def illegitimate(self, timed: Clock) -> timedelta:
        return adjusted(timed, time.now())[1]
