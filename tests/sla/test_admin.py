"""The admin: hours and targets are drafted and published there; clocks are only looked at."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mediation.core import clock
from mediation.sla.actions.defaults import newest_terms
from mediation.sla.forms.calendars import FILE_BYTES
from mediation.sla.forms.policies import PolicyLineForm
from mediation.sla.models import Calendar, CalendarVersion, Clock, Policy
from tests.cast import Cast
from tests.sla.conftest import World
from tests.sla.test_calendars import ICAL


def page(name: str, *args: object) -> str:
    return reverse(f"admin:sla_{name}", args=args)


@pytest.fixture
def admin(cast: Cast, client: Client) -> Client:
    newest_terms()
    client.force_login(cast.admin)
    return client


def hours(**fields: object) -> dict[str, object]:
    """A form of a version, filled in."""
    week = {f"day_{number}": "09:00-12:00, 13:00-17:00" if number < 5 else "" for number in range(7)}
    return {"calendar": Calendar.objects.get(code="desk").pk, "valid_from": "2030-01-01", "zone": "Europe/Amsterdam",
            "note": "", "holiday_lines": "2030-04-22 Easter", "opening_lines": "", **week, **fields}  # fmt: skip


def test_hours_are_written_read_and_published(admin: Client) -> None:
    file = SimpleUploadedFile("days.ics", ICAL.replace(b"20260406", b"20260107"), "text/calendar")
    admin.post(page("calendarversion_add"), hours(ical=file, country="nl"))
    draft = CalendarVersion.objects.get(published_at__isnull=True)
    christmas = f"{clock.now().year}-12-25"
    assert draft.holidays["2030-04-22"] == "Easter"
    assert christmas in draft.holidays
    assert draft.week[0] == [[540, 720], [780, 1020]]
    html = admin.get(page("calendarversion_change", draft.pk)).content.decode()
    assert "2030-04-22 Easter" in html
    assert "09:00-12:00, 13:00-17:00" in html
    admin.post(page("calendarversion_change", draft.pk), hours(note="Winter", opening_lines="2030-01-05 10:00-12:00"))
    admin.post(page("calendarversion_publish", draft.pk))
    draft.refresh_from_db()
    assert (draft.published_at is not None, draft.note) == (True, "Winter")
    html = admin.get(page("calendarversion_change", draft.pk)).content.decode()
    assert "2030-01-05 10:00-12:00" in html
    assert admin.post(page("calendarversion_change", draft.pk), hours()).status_code == 403
    assert admin.get(page("calendarversion_changelist")).status_code == 200


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"day_0": "nine to five"}, "day_0"),
        ({"holiday_lines": "Christmas"}, "holiday_lines"),
        ({"country": "XX"}, "country"),
        ({"zone": "Mars/Phobos"}, "zone"),
        ({"ical": SimpleUploadedFile("x.ics", b"no", "text/calendar")}, "ical"),
        ({"ical": SimpleUploadedFile("x.ics", ICAL + b" " * FILE_BYTES, "text/calendar")}, "ical"),
    ],
)
def test_what_cannot_be_read_is_shown_again_with_all_that_was_typed(admin: Client, fields: dict, field: str) -> None:
    answer = admin.post(page("calendarversion_add"), hours(**fields))
    assert field in answer.context["adminform"].form.errors
    assert "2030-04-22 Easter" in answer.content.decode() or field == "holiday_lines"
    assert CalendarVersion.objects.filter(published_at__isnull=True).count() == 0


def test_what_is_refused_is_said_and_a_draft_can_be_thrown_away(admin: Client) -> None:
    admin.post(page("calendarversion_add"), hours(valid_from="2020-01-01"))
    draft = CalendarVersion.objects.get(published_at__isnull=True)
    answer = admin.post(page("calendarversion_publish", draft.pk), follow=True)
    assert "Choose a day after today" in answer.content.decode()
    admin.post(page("calendarversion_delete", draft.pk), {"post": "yes"})
    assert not CalendarVersion.objects.filter(pk=draft.pk).exists()
    assert admin.get(page("calendar_change", draft.calendar_id)).status_code == 200
    assert admin.get(page("calendar_changelist")).status_code == 200


def test_a_policy_is_drafted_tried_and_published(admin: Client, world: World) -> None:
    world.ask()
    world.hear()
    assert "copy of the newest" in admin.get(page("policy_add")).content.decode()
    admin.post(page("policy_add"))
    draft = Policy.objects.get(published_at__isnull=True)
    assert admin.get(page("policy_change", draft.pk)).status_code == 200
    assert "A mediator takes the case" in admin.get(page("policy_simulate", draft.pk)).content.decode()
    admin.post(page("policy_publish", draft.pk))
    draft.refresh_from_db()
    assert draft.published_at is not None
    assert admin.get(page("policy_change", draft.pk)).status_code == 200
    assert "never changes" in admin.post(page("policy_publish", draft.pk), follow=True).content.decode()
    admin.post(page("policy_add"))
    unwanted = Policy.objects.get(published_at__isnull=True)
    admin.post(page("policy_delete", unwanted.pk), {"post": "yes"})
    assert Policy.objects.filter(published_at__isnull=True).count() == 0
    assert admin.get(page("policy_changelist")).status_code == 200


@pytest.mark.parametrize(
    ("metric", "fields", "wrong"),
    [
        ("TTFR", {"priority": "urgent, high", "level": "4", "track": "A,C", "language": "nl"}, None),
        ("EE", {"segment": "VSB, SB"}, None),
        ("TTFR", {"priority": "Urgent"}, "priority"),
        ("TTFR", {"level": "L4"}, "level"),
        ("TTFR", {"language": "fr"}, "language"),
        ("TTFR", {"segment": "VSB"}, "segment"),  # cases have none
        ("EE", {"segment": "tiny"}, "segment"),
        ("EE", {"priority": "urgent"}, "priority"),  # referrals have none
    ],
)
def test_a_condition_that_nothing_fits_is_refused(
    admin: Client, metric: str, fields: dict[str, str], wrong: str | None
) -> None:
    form = PolicyLineForm({"position": 1, "metric": metric, "target_minutes": 5, **fields})
    assert set(form.errors) == ({wrong} if wrong else set())


def test_clocks_are_looked_at(admin: Client, world: World) -> None:
    world.ask()
    timed = world.clock("TTFC", world.cast.client)
    html = admin.get(page("clock_change", timed.pk)).content.decode()
    assert "activate" in html
    assert admin.post(page("clock_change", timed.pk), {"status": "met"}).status_code == 403
    assert admin.get(page("clock_changelist"), {"q": "Helen"}).status_code == 200
    assert Clock.objects.get(pk=timed.pk).status == "running"


@pytest.mark.parametrize("who", ["client", "supervisor", "outsider"])
def test_nobody_else_publishes(cast: Cast, client: Client, who: str) -> None:
    newest_terms()
    client.force_login(getattr(cast, who))
    version = CalendarVersion.objects.first()
    for address in (page("calendarversion_publish", version.pk), page("policy_publish", 1), page("policy_add")):
        assert client.post(address).status_code in (302, 403)
    assert Policy.objects.count() == 1


def test_who_may_only_look_publishes_nothing_and_begins_no_draft(admin: Client, cast: Cast) -> None:
    """The rights of the admin are given one by one: to see a draft is not to publish it."""
    admin.post(page("calendarversion_add"), hours())
    draft = CalendarVersion.objects.get(published_at__isnull=True)
    cast.senior.is_staff = True
    cast.senior.save()
    cast.senior.user_permissions.set(Permission.objects.filter(codename__in=("view_calendarversion", "view_policy")))
    admin.force_login(cast.senior)
    assert admin.get(page("calendarversion_change", draft.pk)).status_code == 200
    assert admin.post(page("calendarversion_publish", draft.pk)).status_code == 403
    assert [getattr(admin, how)(page("policy_add")).status_code for how in ("get", "post")] == [403, 403]
    draft.refresh_from_db()
    assert draft.published_at is None
    assert not Policy.objects.filter(published_at__isnull=True).exists()


def test_what_a_version_would_have_done_is_for_who_sees_policies(admin: Client, cast: Cast) -> None:
    simulate = page("policy_simulate", Policy.objects.get().pk)
    assert admin.get(simulate).status_code == 200
    cast.senior.is_staff = True
    cast.senior.save()
    admin.force_login(cast.senior)
    assert admin.get(simulate).status_code == 403
