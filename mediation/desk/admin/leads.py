"""Who may set up rules: administrators and supervisors who may open the admin at all, and nobody else."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from accounts.models import User
from mediation.desk import audience


def is_lead(request: HttpRequest) -> bool:
    """By the role, whatever rights of the admin somebody was given beside."""
    user = request.user
    return isinstance(user, User) and user.is_staff and audience.is_lead(user)


class LeadsAdmin(admin.ModelAdmin):
    """Opened by the role."""

    class Media:
        css: ClassVar = {"all": ["css/rules.css"]}

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_lead(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_lead(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_lead(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_lead(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_lead(request)


class LeadsLog(LeadsAdmin):
    """Lines to look at."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
