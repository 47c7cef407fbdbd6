"""Hours as people write them, holidays that others wrote, and versions that stay as they were published."""

from datetime import date, timedelta

import pytest

from mediation.core.errors import Refused
from mediation.sla.actions import calendars as actions
from mediation.sla.actions.calendars import Said
from mediation.sla.models import Calendar, CalendarVersion
from mediation.sla.queries.calendars import calendars
from mediation.sla.rules import public_holidays, said
from mediation.sla.tasks import sweep
from tests.cast import Cast
from tests.sla.conftest import MONDAY, World

ICAL = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//x//y//EN\r
BEGIN:VEVENT\r
UID:1\r
DTSTART;VALUE=DATE:20201225\r
RRULE:FREQ=YEARLY\r
SUMMARY:Christmas\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2\r
DTSTART;VALUE=DATE:20260406\r
DTEND;VALUE=DATE:20260408\r
SUMMARY:Two days\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:3\r
DTSTART:20260501T090000Z\r
DTEND:20260501T100000Z\r
SUMMARY:A meeting\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_hours_are_read_as_they_are_written() -> None:
    assert said.read_day("09:00-12:00, 13:00–24:00") == [[540, 720], [780, 1440]]
    assert said.write_day([[540, 720], [780, 1440]]) == "09:00-12:00, 13:00-24:00"
    assert said.read_day("") == []
    assert said.read_openings("2026-12-24 09:00-13:00\n\n") == {"2026-12-24": [[540, 780]]}
    assert said.read_holidays("2026-12-25 Christmas Day") == {"2026-12-25": "Christmas Day"}
    assert said.write_lines([("2026-12-26", ""), ("2026-12-25", "Christmas")]) == "2026-12-25 Christmas\n2026-12-26"


@pytest.mark.parametrize("text", ["9-17", "12:00-09:00", "09:00-12:00, 11:00-13:00", "09:60-10:00", "09:00-25:00"])
def test_what_cannot_be_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"-|,"):
        said.read_day(text)


def test_whole_days_are_taken_from_a_file_with_what_repeats() -> None:
    found = public_holidays.from_ical(ICAL, date(2026, 1, 1), date(2027, 12, 31))
    assert found == {
        "2026-12-25": "Christmas", "2027-12-25": "Christmas", "2026-04-06": "Two days", "2026-04-07": "Two days",
    }  # fmt: skip
    for hostile in (b"", b"\x00\xff", ICAL.replace(b"20260406", b"99999999"), b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"):
        with pytest.raises(ValueError, match=r"calendar|nothing"):
            public_holidays.from_ical(hostile, date(2026, 1, 1), date(2027, 12, 31))


def test_the_holidays_of_a_country() -> None:
    assert public_holidays.of_country("US", [2026])["2026-07-04"] == "Independence Day"
    with pytest.raises(ValueError, match="XX"):
        public_holidays.of_country("XX", [2026])


def desk() -> Calendar:
    return Calendar.objects.get(code="desk")


def draft(cast: Cast, day: date | None, week: list | None = None) -> CalendarVersion:
    hours = week if week is not None else [[[600, 660]]] * 7
    return actions.write_draft(user=cast.admin, said=Said(desk(), "America/New_York", hours, day))


def test_new_hours_count_from_their_day_for_clocks_that_run(world: World) -> None:
    world.ask()
    world.hear()
    actions.publish(version=draft(world.cast, date(2026, 3, 10), [[[13 * 60, 17 * 60]]] * 7))
    assert world.clock("TTFC", world.cast.client).due_at == MONDAY + timedelta(hours=5), "that day the old ones hold"
    world.at(hours=6.5).do(world.cast.mediator, "claim")
    world.at(hours=6.6).cast.say(world.cast.mediator, "Hello.")
    before = world.clock("PUT", world.cast.client).due_at
    assert before == MONDAY + timedelta(days=4, hours=6, minutes=36), "24 minutes of Monday, then afternoons"
    later = draft(world.cast, date(2026, 3, 11), [[[0, 1440]]] * 7)
    actions.publish(version=later)
    sweep()
    later.refresh_from_db()
    assert later.applied_at is not None
    assert world.clock("PUT", world.cast.client).due_at == MONDAY + timedelta(days=2, hours=1, minutes=36)
    assert len(calendars()[str(desk().pk)].versions) == 3


def test_what_was_counted_never_changes(world: World) -> None:
    world.ask()
    world.hear()
    for day, code in ((None, "calendar.past"), (date(2026, 3, 9), "calendar.past")):
        with pytest.raises(Refused) as refused:
            actions.publish(version=draft(world.cast, day))
        assert refused.value.code == code
    with pytest.raises(actions.NeverOpens):
        actions.publish(version=draft(world.cast, date(2026, 3, 20), [[]] * 7))
    published = actions.publish(version=draft(world.cast, date(2026, 3, 20)))
    for act in (
        lambda: actions.publish(version=published),
        lambda: actions.discard(version=published),
        lambda: actions.write_draft(user=world.cast.admin, said=Said(desk(), "UTC", [[]] * 7), version=published),
        lambda: actions.publish(version=draft(world.cast, date(2026, 3, 20))),
    ):
        with pytest.raises(actions.VersionPublished):
            act()
    unwanted = draft(world.cast, date(2026, 4, 1))
    actions.discard(version=unwanted)
    assert not CalendarVersion.objects.filter(pk=unwanted.pk).exists()


def test_the_first_hours_of_a_calendar_are_valid_from_ever(world: World) -> None:
    night = Calendar.objects.create(code="night", name="Night")
    hours = Said(night, "UTC", [[[0, 360]]] * 7, date(2026, 3, 1))
    first = actions.write_draft(user=world.cast.admin, said=hours)
    again = actions.write_draft(user=world.cast.admin, said=hours, version=first)
    assert actions.publish(version=again).valid_from is None
