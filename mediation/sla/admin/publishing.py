"""What drafts have in common: they are edited, then published, and only looked at from then on."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from mediation.core.errors import Refused


def person(request: HttpRequest) -> User:
    """Who is signed in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


class PublishedAdmin(admin.ModelAdmin):
    """`publish_it` and `discard_it` are the actions; both raise Refused."""

    change_form_template = "admin/sla/publish.html"

    def publish_it(self, obj: Any) -> object:
        raise NotImplementedError

    def discard_it(self, obj: Any) -> object:
        raise NotImplementedError

    def is_draft(self, obj: Any = None) -> bool:
        """Whether it can still be edited."""
        return obj is None or obj.published_at is None

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self.is_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and super().has_delete_permission(request, obj) and self.is_draft(obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.discard_it(obj)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.publish))
        return [path("<int:pk>/publish/", view, name=f"sla_{self.opts.model_name}_publish"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A draft can be published from its page."""
        obj = self.get_object(request, object_id)
        may = obj is not None and self.has_change_permission(request, obj)
        address = reverse(f"admin:sla_{self.opts.model_name}_publish", args=[obj.pk]) if may and obj else None
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "publish": address})

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        """From now on it holds."""
        obj = get_object_or_404(self.model, pk=pk)
        if not super().has_change_permission(request, obj):
            raise PermissionDenied
        if self._try(request, self.publish_it, obj):
            self.log_change(request, obj, "publish")
            self.message_user(request, _("Published."))
        return redirect(reverse(f"admin:sla_{self.opts.model_name}_change", args=[pk]))

    def _try(self, request: HttpRequest, act: Callable[[Any], object], obj: Any) -> bool:
        try:
            act(obj)
        except Refused as refusal:
            self.message_user(request, str(refusal.message), messages.ERROR)
            return False
        return True
