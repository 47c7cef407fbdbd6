"""The tickets: in step or not, since when, and why."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Min, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mediation.core import clock
from mediation.core.admin import LookOnlyRows
from mediation.zendesk import audience
from mediation.zendesk.actions import freezing
from mediation.zendesk.admin.keepers import KeepersAdmin
from mediation.zendesk.models import Mirror, Request
from mediation.zendesk.queries.tickets import address

_WAITING = Q(outgoing__done_at__isnull=True, outgoing__isnull=False)


class Requests(LookOnlyRows):
    """What was sent, without a word of it."""

    model = Request
    fields = ("made_at", "kind", "attempts", "tried_at", "settled_at", "problem", "audit_id")
    ordering = ("-made_at",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return audience.may_keep(request.user)


@admin.register(Mirror)
class MirrorAdmin(KeepersAdmin):
    """A ticket that stopped goes on after somebody has looked."""

    list_display = ("case", "ticket", "health", "why", "waiting", "lag", "failures", "work_at", "synced_at")
    list_filter = ("health", ("work_at", admin.EmptyFieldListFilter))
    search_fields = ("=ticket_id", "=dispute__number")
    list_select_related = ("dispute",)
    ordering = ("-created_at",)
    list_per_page = 50
    fields = (
        "case", "ticket", "health", "why", "waiting", "lag", "failures", "work_at", "synced_at", "checked_at",
        "created_at",
    )  # fmt: skip
    readonly_fields = fields
    inlines = (Requests,)
    actions = ("resync",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mirror]:
        """With what waits, counted in the same question."""
        counted = {"waits": Count("outgoing", filter=_WAITING), "since": Min("outgoing__written_at", filter=_WAITING)}
        return super().get_queryset(request).select_related("dispute__room__contract").annotate(**counted)

    @admin.display(description=_("dispute"), ordering="dispute__number")
    def case(self, mirror: Mirror) -> str:
        return f"{mirror.dispute.number or mirror.dispute.room.contract.title}"

    @admin.display(description=_("ticket"), ordering="ticket_id")
    def ticket(self, mirror: Mirror) -> str:
        if mirror.ticket_id is None:
            return "–"
        return format_html('<a href="{}">#{}</a>', address(mirror.ticket_id), mirror.ticket_id)

    @admin.display(description=_("lines that wait"), ordering="waits")
    def waiting(self, mirror: Any) -> int:
        return int(mirror.waits)

    @admin.display(description=_("behind by"), ordering="since")
    def lag(self, mirror: Any) -> str:
        return timesince(mirror.since, clock.now()) if mirror.since else "–"

    @admin.action(description=_("Read the ticket anew, and go on from there"), permissions=["view"])
    def resync(self, request: HttpRequest, chosen: QuerySet[Mirror]) -> None:
        """Also for one whose ticket was deleted: it gets another."""
        for mirror in chosen:
            freezing.resync(mirror)
        count = len(chosen)
        said = ngettext("%d ticket will be read anew.", "%d tickets will be read anew.", count) % count
        self.message_user(request, said)
