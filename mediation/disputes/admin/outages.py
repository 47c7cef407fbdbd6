"""Outages of ours: those that were noticed, and a way to record one that only people know of. None is ever changed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from mediation.core.admin import LookOnlyAdmin
from mediation.core.errors import Refused
from mediation.disputes.actions import outages
from mediation.disputes.models import Outage, Performed


class OutageForm(forms.ModelForm):
    """When, and what happened."""

    class Meta:
        model = Outage
        fields = ("began_at", "ended_at", "reason")
        field_classes = {"began_at": forms.SplitDateTimeField, "ended_at": forms.SplitDateTimeField}
        help_texts = {
            "ended_at": _(
                "What the parties have to do by then or within 24 hours after it moves by this length, once."
            ),
            "reason": _("A sentence for colleagues. It cannot be changed later."),
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors:
            try:
                outages.check_new(**said)
            except Refused as refusal:
                self.add_error(None, str(refusal.message))
        return said


@admin.register(Outage)
class OutageAdmin(LookOnlyAdmin):
    form = OutageForm
    list_display = ("began_at", "ended_at", "reason", "recorded_by", "granted_at", "cases_moved")
    list_select_related = ("recorded_by",)
    readonly_fields = ("recorded_by", "granted_at", "cases_moved")
    fields = ("began_at", "ended_at", "reason")
    ordering = ("-began_at",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Outage]:
        granted = Performed.objects.filter(command="grant_outage", command_id=OuterRef("pk"))
        counted = granted.values("command_id").annotate(cases=Count("pk")).values("cases")
        return super().get_queryset(request).annotate(moved=Coalesce(Subquery(counted), 0))

    @admin.display(description=_("cases moved"))
    def cases_moved(self, outage: Any) -> int:
        return int(outage.moved)

    def get_fields(self, request: HttpRequest, obj: Outage | None = None) -> Any:
        return (*self.fields, *self.readonly_fields) if obj else self.fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def save_model(self, request: HttpRequest, obj: Outage, form: Any, change: bool) -> None:
        """Through the action, which moves the deadlines."""
        if not isinstance(request.user, User):
            raise PermissionDenied
        recorded = outages.record(user=request.user, **form.cleaned_data)
        obj.pk, obj.granted_at = recorded.pk, recorded.granted_at
