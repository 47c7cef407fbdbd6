"""Policies: begin a draft as a copy of the newest, change its lines, try it on the clocks there are, publish it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from mediation.sla.actions import policies
from mediation.sla.admin.publishing import PublishedAdmin, person
from mediation.sla.forms.policies import PolicyLineForm
from mediation.sla.models import Policy, PolicyLine, PolicyStep
from mediation.sla.queries.simulation import simulate
from mediation.sla.words import METRICS


class DraftRows(admin.TabularInline):
    """Rows that can be changed as long as their policy is a draft."""

    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and _is_draft(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _is_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_draft(obj)


class Lines(DraftRows):
    model = PolicyLine
    form = PolicyLineForm


class Steps(DraftRows):
    model = PolicyStep


@admin.register(Policy)
class PolicyAdmin(PublishedAdmin):
    """Running clocks follow the newest that is published and keep what they have counted."""

    list_display = ("version", "note", "published_at", "created_by")
    list_select_related = ("created_by",)
    fields = ("note",)
    inlines = (Lines, Steps)
    ordering = ("-version",)
    change_form_template = "admin/sla/policy/change_form.html"

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A new draft is a copy, so adding is one step: it opens where it can be changed."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            context = {**self.admin_site.each_context(request), "title": _("New policy"), "opts": self.opts}
            return TemplateResponse(request, "admin/sla/policy/begin.html", context)
        draft = policies.begin_draft(user=person(request))
        self.log_addition(request, draft, "draft")
        return redirect(reverse("admin:sla_policy_change", args=[draft.pk]))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.simulate)
        return [path("<int:pk>/simulate/", view, name="sla_policy_simulate"), *super().get_urls()]

    def simulate(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the newest clocks would have come to."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        policy = get_object_or_404(Policy, pk=pk)
        tried = simulate(policy)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Version %(version)s on past clocks") % {"version": policy.version},
            "opts": self.opts, "original": policy, "tried": tried,
            "rows": [(METRICS[metric], figures) for metric, figures in tried.metrics.items()],
        }  # fmt: skip
        return TemplateResponse(request, "admin/sla/policy/simulate.html", context)

    def publish_it(self, obj: Policy) -> object:
        return policies.publish(policy=obj)

    def discard_it(self, obj: Policy) -> object:
        return policies.discard(policy=obj)


def _is_draft(policy: Policy | None) -> bool:
    return policy is None or policy.published_at is None
