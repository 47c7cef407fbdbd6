"""The list of reasons, edited in place, and what was said of cases, to look at."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mediation.desk.admin.leads import LeadsAdmin, LeadsLog, is_lead
from mediation.desk.models import CaseReason, ReasonName, ReasonTag


class NameForm(forms.ModelForm):
    """How people say it is written one a line."""

    phrasings = forms.CharField(
        label=_("How people say it, one a line"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    class Meta:
        model = ReasonName
        fields = ("language", "name", "phrasings")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["phrasings"] = "\n".join(self.instance.phrasings)

    def clean_phrasings(self) -> list[str]:
        return [line.strip()[:300] for line in self.cleaned_data["phrasings"].splitlines() if line.strip()]


class Names(admin.TabularInline):
    model = ReasonName
    form = NameForm
    extra = 0
    min_num = 1
    max_num = len(settings.LANGUAGES)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_lead(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_lead(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_lead(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_lead(request)


@admin.register(ReasonTag)
class ReasonTagAdmin(LeadsAdmin):
    """One that was said of a case is switched off, not deleted."""

    inlines = (Names,)
    list_display = ("code", "parent", "called", "position", "is_active")
    list_editable = ("position", "is_active")
    list_filter = ("is_active",)
    list_select_related = ("parent",)
    search_fields = ("code", "names__name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReasonTag]:
        return super().get_queryset(request).prefetch_related("names")

    @admin.display(description=_("name"))
    def called(self, tag: ReasonTag) -> str:
        return " · ".join(one.name for one in tag.names.all())


@admin.register(CaseReason)
class CaseReasonAdmin(LeadsLog):
    """Who said what of a case, when, and what had been suggested."""

    list_display = ("said_at", "case", "tag", "suggested", "said_by", "ended_at")
    list_filter = ("tag",)
    list_select_related = ("dispute__room__contract", "tag", "suggested", "said_by")
    search_fields = ("=dispute__number",)
    fields = ("said_at", "case", "tag", "suggested", "said_by", "ended_at")
    readonly_fields = fields

    @admin.display(description=_("case"), ordering="dispute__number")
    def case(self, said: CaseReason) -> str:
        return str(said.dispute.number or said.dispute.room.contract.title)
