"""Views that people keep: to look through and to take away. They are made and changed at the desk."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mediation.desk.admin.leads import LeadsAdmin
from mediation.desk.models import SavedView


@admin.register(SavedView)
class SavedViewAdmin(LeadsAdmin):
    list_display = ("name", "owner", "team", "said", "created_at")
    list_filter = ("team",)
    list_select_related = ("owner", "team")
    search_fields = ("name", "owner__name", "team__name")
    readonly_fields = ("owner", "said", "created_at")
    fields = ("name", "owner", "team", "said", "created_at")

    @admin.display(description=_("view"))
    def said(self, view: SavedView) -> str:
        return ", ".join(f"{name} = {value}" for name, value in view.parameters.items())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
