"""What no article answers: looked at with its questions, and decided with one click."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.models import User
from mediation.core.admin import LookOnlyAdmin
from mediation.core.errors import Refused
from mediation.help_center.actions import gaps as acts
from mediation.help_center.audience import may_write
from mediation.help_center.models import Gap, Version
from mediation.help_center.queries import gaps as queries

DRAFT = "draft"
_MOST_SHOWN = 100


@admin.register(Gap)
class GapAdmin(LookOnlyAdmin):
    """For who writes articles, by the role. Nothing of a gap is written here but what was decided about it."""

    list_display = ("name", "middle", "language", "size", "last_at", "state", "draft")
    list_filter = ("state", "language")
    list_select_related = ("article",)
    search_fields = ("name", "middle")
    fields = (
        "name", "middle", "language", "size", "first_at", "last_at", "state", "decided_by", "decided_at", "draft",
        "asked",
    )  # fmt: skip
    readonly_fields = fields
    actions = ("lay_aside", "not_ours")
    change_form_template = "admin/help_center/gap/change_form.html"
    change_list_template = "admin/help_center/gap/change_list.html"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_write(_who(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_write(_who(request))

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return may_write(_who(request))

    @admin.display(description=gettext_lazy("article"))
    def draft(self, gap: Gap) -> str:
        return _to_write(gap) or "–"

    @admin.display(description=gettext_lazy("questions"))
    def asked(self, gap: Gap) -> str:
        rows = ((one.question, f"{one.at:%Y-%m-%d}") for one in queries.questions(gap)[:_MOST_SHOWN])
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{} ({})</li>", rows))

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        decide = path("<int:gap_id>/decide/<slug:act>/", wrap(require_POST(self.decide)), name="help_center_gap_decide")
        look = path("look/", wrap(require_POST(self.look)), name="help_center_gap_look")
        return [look, decide, *super().get_urls()]

    def decide(self, request: HttpRequest, gap_id: int, act: str) -> HttpResponse:
        """One click: an article to write, not ours, or laid aside."""
        user = self._decider(request)
        gap = get_object_or_404(Gap, pk=gap_id)
        if act == DRAFT:
            return self._draft(request, gap, user)
        if act not in acts.DISMISSALS:
            raise Http404
        acts.dismiss(gap_id=gap.pk, state=act, user=user)
        self.log_change(request, gap, act)
        return redirect("admin:help_center_gap_changelist")

    def look(self, request: HttpRequest) -> HttpResponse:
        """What the worker does each day, now."""
        self._decider(request)
        try:
            found = acts.find_gaps()
        except Refused as refusal:
            self.message_user(request, str(refusal.message), messages.ERROR)
        else:
            self.message_user(request, _("To be decided: %(found)s") % {"found": found})
        return redirect("admin:help_center_gap_changelist")

    def _draft(self, request: HttpRequest, gap: Gap, user: User) -> HttpResponse:
        try:
            acts.make_draft(gap_id=gap.pk, user=user)
        except Refused as refusal:
            self.message_user(request, str(refusal.message), messages.ERROR)
            return redirect("admin:help_center_gap_change", gap.pk)
        self.log_change(request, gap, DRAFT)
        return redirect(_draft_address(Gap.objects.get(pk=gap.pk)))

    def _decider(self, request: HttpRequest) -> User:
        if not self.has_decide_permission(request) or not isinstance(request.user, User):
            raise PermissionDenied
        return request.user

    @admin.action(description=gettext_lazy("Lay aside"), permissions=["decide"])
    def lay_aside(self, request: HttpRequest, chosen: QuerySet[Gap]) -> None:
        self._dismiss(request, chosen, Gap.State.DISMISSED.value)

    @admin.action(description=gettext_lazy("Not ours to answer"), permissions=["decide"])
    def not_ours(self, request: HttpRequest, chosen: QuerySet[Gap]) -> None:
        self._dismiss(request, chosen, Gap.State.NOT_OURS.value)

    def _dismiss(self, request: HttpRequest, chosen: QuerySet[Gap], state: str) -> None:
        for gap in chosen:
            acts.dismiss(gap_id=gap.pk, state=state, user=self._decider(request))
            self.log_change(request, gap, state)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        more = {"may_decide": self.has_decide_permission(request)}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **more})

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        more = {"may_decide": self.has_decide_permission(request)}
        return super().changelist_view(request, {**(extra_context or {}), **more})


def _who(request: HttpRequest) -> User | AnonymousUser:
    """Whom the admin has let in, as ours."""
    return request.user if isinstance(request.user, User) else AnonymousUser()


def _draft_address(gap: Gap) -> str:
    """The newest version of its article in its language; the article itself where there is none."""
    newest = Version.objects.filter(article=gap.article_id, language=gap.language).order_by("-number").first()
    if newest is None:
        return reverse("admin:help_center_article_change", args=[gap.article_id])
    return reverse("admin:help_center_version_change", args=[newest.pk])


def _to_write(gap: Gap) -> str:
    return format_html('<a href="{}">{}</a>', _draft_address(gap), gap.article) if gap.article_id else ""
