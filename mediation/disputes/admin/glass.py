"""Looks into private talks, to look at: who, when and how it ended. Why stays in the case file."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import Role
from mediation.core import clock
from mediation.core.admin import LookOnlyAdmin
from mediation.disputes.audience import READERS
from mediation.disputes.forms.glass import STATUSES
from mediation.disputes.models import BreakGlass
from mediation.disputes.queries.glass import rooms_mediated
from mediation.disputes.rules import glass as rules
from mediation.disputes.rules import visibility
from mediation.disputes.rules.visibility import Level, Thing, Viewer

_VIEWERS = READERS | {Role.ADMIN.value: Viewer.ADMIN}


@admin.register(BreakGlass)
class BreakGlassAdmin(LookOnlyAdmin):
    """For whom the table shows it; never of a room in which the reader mediates or once did."""

    list_display = ("number", "party", "asked_by", "asked_at", "decided_by", "status", "opened_at", "ended_at")
    list_select_related = ("dispute", "party", "asked_by", "decided_by")
    list_filter = ("is_approved", "asked_at")
    search_fields = ("=dispute__number", "asked_by__name", "decided_by__name")
    ordering = ("-asked_at",)
    show_full_result_count = False
    fields = (
        "number", "party", "asked_by", "asked_at", "decided_by", "decided_at", "is_approved", "status", "opened_at",
        "ends_at", "ended_at", "ended_by", "told_at",
    )  # fmt: skip
    readonly_fields = ("number", "status")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        user = request.user
        viewer = _VIEWERS.get(user.role) if isinstance(user, User) else None
        sees = viewer is not None and visibility.level(Thing.GLASS, frozenset({viewer})) in (Level.READ, Level.META)
        return sees and super().has_view_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[BreakGlass]:
        return super().get_queryset(request).exclude(dispute__room__in=rooms_mediated(cast(User, request.user)))

    @admin.display(description=_("number"), ordering="dispute__number")
    def number(self, one: BreakGlass) -> str:
        return str(one.dispute.number or one.dispute_id)

    @admin.display(description=_("how it stands"))
    def status(self, one: BreakGlass) -> str:
        return str(STATUSES[rules.status(one.times, clock.now())])
