"""Calendars and their versions."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from mediation.sla.actions import calendars
from mediation.sla.admin.publishing import PublishedAdmin, person
from mediation.sla.forms.calendars import DAYS, CalendarVersionForm
from mediation.sla.models import Calendar, CalendarVersion
from mediation.sla.rules import said


@admin.register(Calendar)
class CalendarAdmin(admin.ModelAdmin):
    """A name and a code; the hours are in the versions."""

    list_display = ("name", "code")
    search_fields = ("name", "code")

    def get_readonly_fields(self, request: HttpRequest, obj: Calendar | None = None) -> tuple[str, ...]:
        return ("code",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Calendar | None = None) -> bool:
        return obj is not None and not obj.versions.exists() and super().has_delete_permission(request, obj)


@admin.register(CalendarVersion)
class CalendarVersionAdmin(PublishedAdmin):
    """Hours from a day on."""

    form = CalendarVersionForm
    list_display = ("calendar", "valid_from", "zone", "note", "published_at")
    list_filter = ("calendar",)
    ordering = ("calendar", "-valid_from")

    def get_fields(self, request: HttpRequest, obj: CalendarVersion | None = None) -> Any:
        first = ["calendar", "valid_from", "zone", "note"]
        if not self.is_draft(obj):
            return [*first, "hours", "closed_days", "opened_days", "published_at"]
        return [*first, *DAYS, "holiday_lines", "ical", "country", "opening_lines"]

    def get_readonly_fields(self, request: HttpRequest, obj: CalendarVersion | None = None) -> Any:
        shown = ("hours", "closed_days", "opened_days", "published_at")
        return () if self.is_draft(obj) else ("calendar", "valid_from", "zone", "note", *shown)

    @admin.display(description=_("week"))
    def hours(self, version: CalendarVersion) -> str:
        """A weekday a line."""
        lines = ((WEEKDAYS[number], said.write_day(day)) for number, day in enumerate(version.week))
        return "\n".join(f"{name}: {written or '–'}" for name, written in lines)

    @admin.display(description=_("holidays"))
    def closed_days(self, version: CalendarVersion) -> str:
        return said.write_lines(version.holidays.items())

    @admin.display(description=_("openings"))
    def opened_days(self, version: CalendarVersion) -> str:
        return said.write_lines((day, said.write_day(hours)) for day, hours in version.openings.items())

    def save_model(self, request: HttpRequest, obj: CalendarVersion, form: Any, change: bool) -> None:
        """Through the action, which keeps what is published as it is."""
        existing = obj if change else None
        saved = calendars.write_draft(user=person(request), said=form.said(), version=existing)
        obj.pk, obj.created_at = saved.pk, saved.created_at

    def publish_it(self, obj: CalendarVersion) -> object:
        return calendars.publish(version=obj)

    def discard_it(self, obj: CalendarVersion) -> object:
        return calendars.discard(version=obj)
