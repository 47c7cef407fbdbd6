"""Calendars: versions are drafted, then published; what clocks were counted by never changes."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from mediation.core import clock
from mediation.core.errors import Conflict, Invalid
from mediation.sla import keepers
from mediation.sla.actions import clocks
from mediation.sla.models import Calendar, CalendarVersion, Clock
from mediation.sla.queries.calendars import calendars, hours

BATCH = 200


class VersionPublished(Conflict):
    code = "calendar.published"
    message = _("Published hours never change. Write a new version that is valid from a later day.")


class NeverOpens(Invalid):
    code = "calendar.closed"
    message = _("A calendar has to open on at least one day of the week.")


class BeginsInThePast(Invalid):
    code = "calendar.past"
    message = _("Clocks were counted by the hours until now. Choose a day after today.")


@dataclass(frozen=True, slots=True)
class Said:
    """What a version says; see the fields of `CalendarVersion`."""

    calendar: Calendar
    zone: str
    week: list[list[list[int]]]
    valid_from: date | None = None
    holidays: dict[str, str] = field(default_factory=dict)
    openings: dict[str, list[list[int]]] = field(default_factory=dict)
    note: str = ""


SAID = ("calendar", "zone", "week", "valid_from", "holidays", "openings", "note")


@transaction.atomic
def write_draft(*, user: User, said: Said, version: CalendarVersion | None = None) -> CalendarVersion:
    """A new draft, or other hours for one. Raises VersionPublished."""
    values = {name: getattr(said, name) for name in SAID}
    if version is None:
        return CalendarVersion.objects.create(**values, created_by=user, created_at=clock.now())
    draft = _draft(version)
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save(update_fields=SAID)
    return draft


@transaction.atomic
def publish(*, version: CalendarVersion) -> CalendarVersion:
    """From its day on clocks are counted by it. Raises VersionPublished, NeverOpens, BeginsInThePast."""
    Calendar.objects.select_for_update(of=("self",)).get(pk=version.calendar_id)
    draft, now = _draft(version), clock.now()
    if not any(draft.week):
        raise NeverOpens
    is_first = not draft.calendar.versions.filter(published_at__isnull=False).exists()
    if not is_first and (draft.valid_from is None or hours(draft).begins() <= now):
        raise BeginsInThePast
    if draft.calendar.versions.filter(published_at__isnull=False, valid_from=draft.valid_from).exists():
        raise VersionPublished
    draft.published_at, draft.valid_from = now, None if is_first else draft.valid_from
    draft.save(update_fields=["published_at", "valid_from"])
    return draft


@transaction.atomic
def discard(*, version: CalendarVersion) -> None:
    """A draft that nobody wants. Raises VersionPublished."""
    _draft(version).delete()


def apply_published() -> int:
    """Count the running clocks of calendars with new hours anew; returns how many. Begun again if it was cut off."""
    total = 0
    for version in CalendarVersion.objects.filter(published_at__isnull=False, applied_at__isnull=True):
        waiting = Clock.objects.filter(calendar=version.calendar_id, ended_at__isnull=True).order_by("pk")
        keys = list(waiting.values_list("pk", flat=True))
        for first in range(0, len(keys), BATCH):
            total += _recount(keys[first : first + BATCH])
        CalendarVersion.objects.filter(pk=version.pk).update(applied_at=clock.now())
    return total


@transaction.atomic
def _recount(keys: list[UUID]) -> int:
    found = Clock.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=keys).order_by("pk")
    recounted = list(found)
    clocks.refresh(recounted, calendars())
    keepers.tell(one.dispute_id for one in recounted)
    return len(keys)


def _draft(version: CalendarVersion) -> CalendarVersion:
    draft = CalendarVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if draft.published_at is not None:
        raise VersionPublished
    return draft
