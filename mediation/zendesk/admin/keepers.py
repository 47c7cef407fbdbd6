"""Pages to look at, for who looks after the mirror; what can be done there are buttons that call an action."""

from typing import Any

from django.http import HttpRequest

from mediation.core.admin import LookOnlyAdmin
from mediation.zendesk import audience


class KeepersAdmin(LookOnlyAdmin):
    """Opened by the role."""

    show_full_result_count = False

    def may(self, request: HttpRequest) -> bool:
        return audience.may_keep(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may(request)
