"""The clock of the reply: 15 minutes or 2 hours of the desk's hours, over closing and holidays; its steps, once."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from accounts.models import Team
from mediation.core import clock
from mediation.escalations.actions import mails
from mediation.escalations.actions.sweep import sweep
from mediation.escalations.models import Case, Entry, Notice, ReplyStep
from mediation.escalations.queries.clocks import reading_of
from mediation.escalations.rules.states import State
from mediation.sla.actions import calendars, policies
from mediation.sla.actions.calendars import Said
from mediation.sla.actions.defaults import newest_terms
from mediation.sla.models import Calendar
from mediation.sla.queries.calendars import calendars as known_calendars
from mediation.sla.rules.defaults import WEEK, ZONE
from tests.at_once import at_once
from tests.cast import Cast
from tests.escalations.referrals import OPEN_HOURS, brought_to, referred, say

pytestmark = pytest.mark.django_db

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def eastern(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of early March 2026 in New York, five hours behind; the second is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) + 5 * HOUR


def received(cast: Cast, at: datetime, **said: object) -> Case:
    with clock.at(at):
        return referred(cast, **said)


def at(case: Case, moment: datetime) -> Case:
    """The case after a sweep at that moment."""
    with clock.at(moment):
        sweep()
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize(
    ("segment", "begins", "due"),
    [
        ("SB", eastern(4, 10), eastern(4, 10, 15)),
        ("ENT", eastern(4, 10), eastern(4, 10, 15)),
        ("", eastern(4, 10), eastern(4, 10, 15)),
        ("VSB", eastern(4, 10), eastern(4, 12)),
        ("SB", eastern(6, 16, 50), eastern(9, 8, 5)),  # Friday to Monday
        ("SB", eastern(4, 16, 45), eastern(4, 17)),  # exactly closing time stays
        ("VSB", eastern(4, 16), eastern(5, 10)),
        ("VSB", eastern(6, 16), eastern(9, 9)),  # over the night in which clocks go forward
        ("SB", eastern(7, 12), eastern(9, 8, 15)),  # Saturday
    ],
)
def test_a_segment_says_how_long_the_reply_may_take(cast: Cast, segment: str, begins: datetime, due: datetime) -> None:
    # On Sunday the eighth New York goes forward: nine o'clock there is an hour earlier for the rest of the world.
    assert received(cast, begins, segment=segment).due_at == due


def test_a_holiday_is_no_time_of_the_desk(cast: Cast) -> None:
    newest_terms()
    closed = Said(Calendar.objects.get(code="ee"), ZONE, WEEK, date(2026, 3, 5), {"2026-03-05": "Closed"}, note="x")
    with clock.at(eastern(3, 10)):
        calendars.publish(version=calendars.write_draft(user=cast.admin, said=closed))
    assert received(cast, eastern(4, 16, 50)).due_at == eastern(6, 9, 5)
    assert received(cast, eastern(5, 10), segment="VSB").due_at == eastern(6, 11)


def test_hours_that_are_published_later_move_a_running_clock(cast: Cast) -> None:
    case = received(cast, eastern(4, 16, 50))
    assert case.due_at == eastern(5, 9, 5)
    closed = Said(Calendar.objects.get(code="ee"), ZONE, WEEK, date(2026, 3, 5), {"2026-03-05": "Closed"}, note="x")
    with clock.at(eastern(4, 16, 55)):
        calendars.publish(version=calendars.write_draft(user=cast.admin, said=closed))
    assert at(case, eastern(4, 16, 56)).due_at == eastern(6, 9, 5)


def test_a_policy_that_is_published_later_counts_and_what_was_counted_is_kept(cast: Cast) -> None:
    case = received(cast, eastern(4, 10))
    with clock.at(eastern(4, 10, 5)):
        draft = policies.begin_draft(user=cast.admin)
        draft.lines.filter(metric="EE", segment="").update(target_minutes=20)
        policies.publish(policy=draft)
    case = at(case, eastern(4, 10, 6))
    assert case.due_at == eastern(4, 10, 20)


def test_a_reply_in_time_is_met_and_exactly_at_the_end_too(cast: Cast) -> None:
    for minutes, status in ((3, "met"), (15, "met"), (16, "missed")):
        case = received(cast, eastern(4, 10), email="")
        with clock.at(eastern(4, 10, minutes)):
            say(cast.ee, case, "claim")
            say(cast.ee, case, "reply", text="I call her.")
        case.refresh_from_db()
        assert case.clock_status == status
        assert case.next_at is None
        assert (case.breached_at is None) == (status == "met")


def test_a_smaller_segment_lengthens_only_before_the_breach_and_the_log_says_so(cast: Cast) -> None:
    early, late = received(cast, eastern(4, 10)), received(cast, eastern(4, 10), email="")
    with clock.at(eastern(4, 10, 10)):
        say(cast.ee, early, "correct", segment="VSB")
    early.refresh_from_db()
    assert early.due_at == eastern(4, 12)
    assert Entry.objects.get(case=early, command="correct").data["target_minutes"] == [15, 120]
    with clock.at(eastern(4, 10, 16)):
        say(cast.ee, late, "correct", segment="VSB")
    late.refresh_from_db()
    assert (late.segment, late.due_at) == ("VSB", eastern(4, 10, 15))
    assert "target_minutes" not in Entry.objects.get(case=late, command="correct").data


def test_a_larger_segment_shortens_and_is_never_a_breach_in_the_past(cast: Cast) -> None:
    case = received(cast, eastern(4, 10), segment="VSB")
    with clock.at(eastern(4, 11)):
        say(cast.ee, case, "correct", segment="LB")
    case.refresh_from_db()
    assert case.due_at == eastern(4, 11)
    assert case.breached_at is None


def test_unclaimed_at_half_calls_the_desk_and_the_breach_goes_to_the_lead(cast: Cast) -> None:
    Team.objects.create(name="EE", lead=cast.senior).members.set([cast.ee])
    case = received(cast, eastern(4, 10))
    assert at(case, eastern(4, 10, 7)).version == 1
    at(case, eastern(4, 10, 8))
    assert set(Notice.objects.values_list("to__name", "entry__command")) == {("Eva Lind", "warn")}
    at(case, eastern(4, 10, 16))
    assert set(Notice.objects.filter(entry__command="breach").values_list("to__name", flat=True)) == {
        "Eva Lind",
        "Sam Okafor",
    }
    case = at(case, eastern(4, 11))
    assert [entry.command for entry in case.entries.all()] == ["refer", "warn", "breach", "overdue"]
    assert case.breached_at == eastern(4, 10, 15)
    assert case.next_at is None
    assert mails.hand_over() == 4
    assert {letter.subject for letter in mail.outbox} == {
        "Soon due: the reply about Nora Quist",
        "Overdue: the reply about Nora Quist",
        "Long overdue: the reply about Nora Quist",
    }


def test_what_somebody_has_does_not_call_the_desk(cast: Cast) -> None:
    case = received(cast, eastern(4, 10))
    with clock.at(eastern(4, 10, 2)):
        say(cast.ee, case, "claim")
    at(case, eastern(4, 10, 9))
    assert Notice.objects.count() == 0
    assert ReplyStep.objects.filter(case=case, percent=50).count() == 1


def test_a_breach_that_no_sweep_had_seen_goes_to_the_lead_with_the_reply(cast: Cast) -> None:
    case = received(cast, eastern(4, 10))
    with clock.at(eastern(4, 10, 20)):
        say(cast.ee, case, "claim")
        say(cast.ee, case, "reply", text="Sorry.")
    told = Notice.objects.filter(entry__command="reply").values_list("to__name", flat=True)
    assert set(told) == {cast.agent.name, cast.supervisor.name}
    assert at(case, eastern(4, 12)).entries.filter(command="breach").count() == 0


def test_sweeping_again_says_nothing_again(cast: Cast) -> None:
    case = received(cast, eastern(4, 10))
    for _ in range(3):
        at(case, eastern(4, 10, 16))
    assert [entry.command for entry in case.entries.all()] == ["refer", "warn", "breach"]


@pytest.mark.django_db(transaction=True)
def test_workers_that_sweep_at_once_tell_a_step_once(live_cast: Cast) -> None:
    case = received(live_cast, OPEN_HOURS - timedelta(days=700))
    at_once(*[sweep] * 4)
    assert [entry.command for entry in case.entries.all()] == ["refer", "warn", "breach", "overdue"]
    assert Notice.objects.filter(entry__command="breach", to=live_cast.supervisor).count() == 1


@pytest.mark.django_db(transaction=True)
def test_workers_that_sweep_at_once_remind_once(live_cast: Cast) -> None:
    with clock.at(clock.now() - timedelta(days=3)):
        case = brought_to(live_cast, State.TRACKED)
    at_once(*[sweep] * 4)
    assert Entry.objects.filter(case=case, command="remind").count() == 1
    assert Notice.objects.filter(entry__command="remind").count() == 1


def test_the_copies_are_what_the_facts_fold_to(cast: Cast) -> None:
    case = at(received(cast, eastern(4, 10)), eastern(4, 10, 20))
    reading = reading_of(case, known_calendars())
    assert reading is not None
    assert (reading.due_at, reading.breached_at, reading.status) == (case.due_at, case.breached_at, case.clock_status)
    call_command("rebuild_replies", check=True, stdout=StringIO())
    Case.objects.update(due_at=eastern(4, 12), clock_status="met")
    with pytest.raises(CommandError):
        call_command("rebuild_replies", check=True, stdout=StringIO())
    call_command("rebuild_replies", stdout=StringIO())
    again = Case.objects.get(pk=case.pk)
    assert (again.due_at, again.clock_status, again.next_at) == (case.due_at, case.clock_status, case.next_at)


def test_a_next_step_and_a_call_remind_once(cast: Cast) -> None:
    case = received(cast, eastern(4, 10))
    with clock.at(eastern(4, 10, 5)):
        say(cast.ee, case, "claim")
        say(cast.ee, case, "reply", text="Yes.")
        say(cast.ee, case, "track", next_step="Ticket", follow_up_at=HOUR)
        say(cast.ee, case, "ticket", ticket="1")
        say(cast.ee, case, "schedule_call", starts_at=5 * HOUR, minutes=30)
    for _ in range(2):
        at(case, eastern(4, 11, 5))
        at(case, eastern(4, 14, 5))
    said = Entry.objects.filter(case=case, command__startswith="remind").values_list("command", flat=True)
    assert list(said) == ["remind", "remind_call"]
    with clock.at(eastern(4, 14, 30)):
        say(cast.ee, case, "plan", next_step="Call", follow_up_at=HOUR)
        say(cast.ee, case, "schedule_call", starts_at=6 * HOUR, minutes=30)
    at(case, eastern(4, 19, 31))
    assert Entry.objects.filter(case=case, command__startswith="remind").count() == 4


def test_a_house_without_a_target_measures_nothing(cast: Cast) -> None:
    newest_terms()
    draft = policies.begin_draft(user=cast.admin)
    draft.lines.filter(metric="EE").delete()
    policies.publish(policy=draft)
    case = referred(cast)
    assert (case.due_at, case.clock_status) == (None, "cancelled")
    sweep()
    say(cast.ee, case, "claim")
    say(cast.ee, case, "reply", text="Hello")
    assert Case.objects.get(pk=case.pk).state == "replied"
