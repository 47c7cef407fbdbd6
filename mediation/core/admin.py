"""What the Django admin may do with the records of conversations: look."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class LookOnly:
    """For a ModelAdmin or an inline: nothing can be added, changed or deleted; only actions write."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LookOnlyAdmin(LookOnly, admin.ModelAdmin):
    """A list and pages to look at."""


class LookOnlyRows(LookOnly, admin.TabularInline):
    """Rows of something else, on its page."""

    extra = 0
