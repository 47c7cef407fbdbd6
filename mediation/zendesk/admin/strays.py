"""Comments of people unknown: put among the notes, or left out."""

from collections.abc import Callable

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from mediation.zendesk import audience
from mediation.zendesk.actions import straying
from mediation.zendesk.admin.keepers import KeepersAdmin
from mediation.zendesk.models import Stray


@admin.register(Stray)
class StrayAdmin(KeepersAdmin):
    """For supervisors: here stands what was written."""

    list_display = ("at", "mirror", "author", "public", "settled_at", "settled_by")
    list_filter = (("settled_at", admin.EmptyFieldListFilter), "public")
    list_select_related = ("mirror", "settled_by")
    ordering = ("-at",)
    fields = ("at", "mirror", "author", "text", "public", "settled_at", "settled_by")
    readonly_fields = fields
    actions = ("take_in", "dismiss")

    def may(self, request: HttpRequest) -> bool:
        return audience.may_read_strays(request.user)

    @admin.action(description=_("Put them among the notes of their cases, in my name"), permissions=["view"])
    def take_in(self, request: HttpRequest, chosen: QuerySet[Stray]) -> None:
        self._do(request, chosen, straying.take_in)

    @admin.action(description=_("They do not belong there"), permissions=["view"])
    def dismiss(self, request: HttpRequest, chosen: QuerySet[Stray]) -> None:
        self._do(request, chosen, straying.dismiss)

    def _do(self, request: HttpRequest, chosen: QuerySet[Stray], act: Callable[..., bool]) -> None:
        user = request.user
        count = sum(act(user=user, stray=stray) for stray in chosen) if isinstance(user, User) else 0
        self.message_user(request, ngettext("%d comment was settled.", "%d comments were settled.", count) % count)
