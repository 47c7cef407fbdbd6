"""Cases: found, looked at, and acted on by saying a command, like everywhere else."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from mediation.core.admin import LookOnlyAdmin
from mediation.core.errors import Refused
from mediation.disputes.actions.transition import transition
from mediation.disputes.admin.forms import COMMANDS
from mediation.disputes.admin.rows import ROWS
from mediation.disputes.models import Dispute, LedgerEntry
from mediation.disputes.queries import chains
from mediation.disputes.queries import facts as facts_of
from mediation.disputes.rules import table
from mediation.disputes.rules.states import State, Track


@admin.register(Dispute)
class DisputeAdmin(LookOnlyAdmin):
    """What may be done with a case follows from the role of who is signed in, as the workflow table says."""

    list_display = (
        "number", "contract", "track", "state", "phase", "outcome", "filer", "respondent", "mediator", "filed_at",
    )  # fmt: skip
    list_filter = ("state", "track", "outcome", "is_overdue", "has_claim", "is_low_value")
    list_select_related = ("room__contract", "filer", "respondent", "mediator")
    search_fields = (
        "=number", "room__contract__title", "filer__name", "filer__email", "respondent__name", "respondent__email",
        "mediator__name",
    )  # fmt: skip
    date_hierarchy = "filed_at"
    ordering = ("-created_at",)
    show_full_result_count = False
    fields = (
        "number", "contract", "track", "state", "phase", "outcome", "version", "policy", "filer", "respondent",
        "mediator", "currency", "amount_minor", "is_low_value", "is_overdue", "reopenings", "created_at", "filed_at",
        "closed_at", "chain",
    )  # fmt: skip
    readonly_fields = ("contract", "chain")
    inlines = ROWS
    change_form_template = "admin/disputes/dispute/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Dispute]:
        """A claim that was never filed is its filer's alone."""
        was_filed = Q(filed_at__isnull=False) | Q(has_claim=False)
        return super().get_queryset(request).filter(was_filed).exclude(state=State.DRAFT.value)

    @admin.display(description=gettext_lazy("contract"), ordering="room__contract__title")
    def contract(self, dispute: Dispute) -> str:
        return dispute.room.contract.title

    @admin.display(description=gettext_lazy("case file"))
    def chain(self, dispute: Dispute) -> str:
        """Whether all chains hold. Of a private one only that much is said."""
        return _("does not hold") if next(chains.breaks(dispute), None) else _("holds")

    def get_urls(self) -> list[URLPattern]:
        do = path("<uuid:case_id>/do/<slug:command>/", self.admin_site.admin_view(self.do), name="disputes_dispute_do")
        return [do, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        dispute = self.get_object(request, object_id)
        more = {"commands": list(_sayable(dispute, request.user)) if dispute else []}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **more})

    def do(self, request: HttpRequest, case_id: Any, command: str) -> HttpResponse:
        """One command with its form. Refusals are shown as they are anywhere else."""
        if not self.has_view_permission(request) or not isinstance(request.user, User):
            raise PermissionDenied
        dispute = get_object_or_404(self.get_queryset(request), pk=case_id)
        named = dict(_sayable(dispute, request.user))
        if command not in named:
            raise PermissionDenied
        form = COMMANDS[command](request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                transition(actor=request.user, dispute_id=dispute.pk, command=command, payload=form.payload())
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
            else:
                self.log_change(request, dispute, f"{command}")
                self.message_user(request, _("Done: %(what)s") % {"what": named[command]}, messages.SUCCESS)
                return redirect(reverse("admin:disputes_dispute_change", args=[dispute.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": named[command], "opts": self.opts, "original": dispute, "form": form,
        }  # fmt: skip
        return TemplateResponse(request, "admin/disputes/dispute/do.html", context)


@admin.register(LedgerEntry)
class LedgerAdmin(LookOnlyAdmin):
    """The embedded ledger: every movement has two lines whose sum is nothing."""

    list_display = ("at", "account", "amount_minor", "currency", "contract_id", "key")
    list_filter = ("currency",)
    search_fields = ("account", "key", "contract_id")
    ordering = ("-pk",)
    show_full_result_count = False


def _sayable(dispute: Dispute, user: Any) -> list[tuple[str, str]]:
    """The commands that this person may try now and that have a form here, with their names."""
    if not isinstance(user, User):
        return []
    actors = facts_of.actors(dispute, user)
    lines = table.sayable(State(dispute.state), Track(dispute.track), actors, has_claim=dispute.has_claim)
    return [(line.command, str(COMMANDS[line.command].title)) for line in lines if line.command in COMMANDS]
