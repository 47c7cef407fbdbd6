"""Policies: draft, try on past cases, publish. What is published never changes; open cases keep theirs."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.models import User
from mediation.core.errors import Refused
from mediation.disputes.actions import policies
from mediation.disputes.forms.policy import LABELS, PolicyForm
from mediation.disputes.models import Dispute, Policy
from mediation.disputes.queries.simulation import simulate
from mediation.disputes.rules.bounds import BOUNDS
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.policy import Terms

WHAT = {
    Kind.RESPONSE.value: gettext_lazy("Answer to the claim"),
    Kind.TALKS.value: gettext_lazy("End of the talks"),
    Kind.MEDIATION.value: gettext_lazy("End of the mediation"),
    Kind.RECOMMENDATION.value: gettext_lazy("Recommendation due"),
    Kind.LOG_REVIEW.value: gettext_lazy("Review of the hours due"),
    Kind.ANSWER.value: gettext_lazy("Sealed answers due"),
    Kind.SIGN.value: gettext_lazy("Acceptance of the agreement due"),
    Kind.ELECTION.value: gettext_lazy("Choice of arbitration due"),
    "low_value": gettext_lazy("In the lane for small sums"),
    "password": gettext_lazy("Password asked again"),
    "second_reader": gettext_lazy("Second reader needed"),
    "senior": gettext_lazy("A senior is asked"),
}


@admin.register(Policy)
class PolicyAdmin(admin.ModelAdmin):
    """A draft is edited, tried and published; a published one is only looked at."""

    form = PolicyForm
    list_display = ("version", "note", "published_at", "created_by", "cases")
    list_select_related = ("created_by",)
    search_fields = ("=version", "note")
    ordering = ("-version",)
    change_form_template = "admin/disputes/policy/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Policy]:
        return super().get_queryset(request)

    @admin.display(description=gettext_lazy("cases"))
    def cases(self, policy: Policy) -> int:
        return self._counts().get(policy.pk, 0)

    def _counts(self) -> dict[int, int]:
        rows = Dispute.objects.order_by("policy").values_list("policy").annotate(Count("pk"))
        return dict(rows)

    def get_fieldsets(self, request: HttpRequest, obj: Policy | None = None) -> Any:
        return [(None, {"fields": ["note", *(BOUNDS if self._is_draft(obj) else ["numbers"])]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Policy | None = None) -> tuple[str, ...]:
        return () if self._is_draft(obj) else ("note", "numbers")

    @admin.display(description=gettext_lazy("numbers"))
    def numbers(self, policy: Policy) -> str:
        """A published version, one number a line."""
        terms = Terms.of(policy.terms).as_dict()
        return "\n".join(f"{LABELS[name][0]}: {value} {LABELS[name][1]}" for name, value in terms.items())

    def has_change_permission(self, request: HttpRequest, obj: Policy | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Policy | None = None) -> bool:
        return obj is not None and super().has_delete_permission(request, obj) and self._is_draft(obj)

    def save_model(self, request: HttpRequest, obj: Policy, form: Any, change: bool) -> None:
        """Through the action, which keeps what is published as it is."""
        if not isinstance(request.user, User):
            raise PermissionDenied
        existing = obj if change else None
        saved = policies.write_draft(
            user=request.user, terms=form.terms(), note=form.cleaned_data["note"], policy=existing
        )
        obj.pk, obj.version, obj.created_at = saved.pk, saved.version, saved.created_at

    def delete_model(self, request: HttpRequest, obj: Policy) -> None:
        policies.discard(policy=obj)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        more = [
            path("<int:policy_id>/simulate/", wrap(self.simulate), name="disputes_policy_simulate"),
            path("<int:policy_id>/publish/", wrap(require_POST(self.publish)), name="disputes_policy_publish"),
        ]
        return [*more, *super().get_urls()]

    def simulate(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        """What the newest cases would have had otherwise."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        policy = get_object_or_404(Policy, pk=policy_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Version %(version)s on past cases") % {"version": policy.version},
            "opts": self.opts, "original": policy, "tried": simulate(policy), "what": WHAT,
            "may_publish": self.has_change_permission(request, policy),
        }  # fmt: skip
        return TemplateResponse(request, "admin/disputes/policy/simulate.html", context)

    def publish(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        """New cases begin under these numbers from now on."""
        policy = get_object_or_404(Policy, pk=policy_id)
        if not super().has_change_permission(request, policy):
            raise PermissionDenied
        try:
            policies.publish(policy=policy)
        except Refused as refusal:
            self.message_user(request, str(refusal.message), messages.ERROR)
        else:
            self.log_change(request, policy, "publish")
            self.message_user(request, _("Version %(version)s is published.") % {"version": policy.version})
        return redirect(reverse("admin:disputes_policy_change", args=[policy.pk]))

    @staticmethod
    def _is_draft(obj: Policy | None) -> bool:
        return obj is None or obj.published_at is None
