"""A case laid aside leaves its mediator's queues until its time or a word of a party; clocks know nothing of it."""

from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from django.test import Client

from mediation.core import clock
from mediation.core.errors import Forbidden, NotFound
from mediation.desk.actions.snoozes import snooze, wake, wake_due
from mediation.desk.actions.taking import claim
from mediation.desk.errors import BadMoment
from mediation.desk.models import QueueRow, Snooze
from mediation.desk.queries.queue import in_queue
from mediation.desk.rules.snoozes import LONGEST, Until, is_possible, moment
from mediation.desk.rules.views import Queue
from mediation.disputes.models import Dispute
from mediation.sla.models import Clock
from tests.at_once import at_once
from tests.cast import Cast
from tests.desk.test_taking import waiting
from tests.desk.test_team_room import hear
from tests.web.test_case_pages import text_of

HOUR = timedelta(hours=1)
WEDNESDAY = datetime(2026, 3, 4, 22, 30, tzinfo=UTC)


def mine(cast: Cast, name: str = "one") -> UUID:
    case = waiting(cast, name)
    claim(user=cast.agent, dispute_id=case)
    return case


def stands_in(cast: Cast, case: UUID) -> set[Queue]:
    found = {queue for queue in Queue if in_queue(cast.agent, queue, clock.now()).filter(pk=case).exists()}
    return found - {Queue.LATE, Queue.RISK, Queue.ON_ME}


def test_choices_are_moments_in_the_agents_own_zone() -> None:
    assert moment(Until.SOON, WEDNESDAY, "UTC") == WEDNESDAY + 2 * HOUR
    assert moment(Until.TOMORROW, WEDNESDAY, "UTC") == datetime(2026, 3, 5, 9, tzinfo=UTC)
    assert moment(Until.TOMORROW, WEDNESDAY, "Asia/Kolkata") == datetime(2026, 3, 6, 3, 30, tzinfo=UTC)
    assert moment(Until.MONDAY, WEDNESDAY, "UTC") == datetime(2026, 3, 9, 9, tzinfo=UTC)
    monday = datetime(2026, 3, 9, 8, tzinfo=UTC)
    assert moment(Until.MONDAY, monday, "UTC") == datetime(2026, 3, 16, 9, tzinfo=UTC)
    # The clocks of New York go forward in between: nine in the morning stays nine.
    assert moment(Until.MONDAY, WEDNESDAY, "America/New_York") == datetime(2026, 3, 9, 13, tzinfo=UTC)
    assert moment(Until.WORD, WEDNESDAY, "UTC") is None


def test_it_is_to_come_and_not_too_far() -> None:
    possible = [None, WEDNESDAY + HOUR, WEDNESDAY + LONGEST]
    assert all(is_possible(one, WEDNESDAY) for one in possible)
    assert not any(is_possible(one, WEDNESDAY) for one in (WEDNESDAY, WEDNESDAY + LONGEST + HOUR))


@pytest.mark.django_db
def test_it_leaves_the_own_queue_until_its_time(cast: Cast) -> None:
    case = mine(cast)
    clocks = list(Clock.objects.filter(dispute=case).order_by("pk").values_list("pk", "due_at", "ended_at"))
    assert stands_in(cast, case) == {Queue.MINE, Queue.OPEN}
    with clock.at(clock.now()) as _:
        snooze(user=cast.agent, dispute_id=case, until=clock.now() + HOUR, on_word=False)
        assert stands_in(cast, case) == {Queue.SNOOZED, Queue.OPEN}
    changed = QueueRow.objects.get(pk=case).changed_at
    with clock.at(clock.now() + 2 * HOUR):
        assert stands_in(cast, case) == {Queue.MINE, Queue.OPEN}, "also before a sweep"
        assert wake_due() == 1
        assert wake_due() == 0
        assert QueueRow.objects.get(pk=case).changed_at > changed, "open desks are told"
    assert list(Clock.objects.filter(dispute=case).order_by("pk").values_list("pk", "due_at", "ended_at")) == clocks


@pytest.mark.django_db
def test_a_word_of_a_party_brings_it_back_and_nobody_elses(cast: Cast) -> None:
    case = mine(cast)
    dispute = Dispute.objects.get(pk=case)
    snooze(user=cast.agent, dispute_id=case, until=None, on_word=True)
    joint = dispute.room.threads.get(audience="joint", is_main=True)
    cast.say(cast.agent, "Take your time.", thread=joint)
    hear()
    assert Snooze.objects.filter(dispute=case).exists()
    cast.say(dispute.filer, "Here it is.", thread=joint)
    hear()
    assert stands_in(cast, case) == {Queue.MINE, Queue.OPEN}
    snooze(user=cast.agent, dispute_id=case, until=clock.now() + HOUR, on_word=False)
    cast.say(dispute.filer, "And this.", thread=joint)
    hear()
    assert stands_in(cast, case) == {Queue.SNOOZED, Queue.OPEN}, "it was to stay until its time"
    wake(user=cast.agent, dispute_id=case)
    wake(user=cast.agent, dispute_id=case)
    assert stands_in(cast, case) == {Queue.MINE, Queue.OPEN}


@pytest.mark.django_db
def test_only_its_mediator_lays_it_aside_and_for_a_while(cast: Cast) -> None:
    case = mine(cast)
    lay = partial(snooze, dispute_id=case, until=None, on_word=True)
    for other in (cast.senior, cast.supervisor):
        with pytest.raises(Forbidden):
            lay(user=other)
    for stranger in (cast.client, cast.outsider, cast.admin):
        with pytest.raises(NotFound):
            lay(user=stranger)
    now = clock.now()
    for until, on_word in ((now - HOUR, True), (now + LONGEST + HOUR, True), (None, False)):
        with pytest.raises(BadMoment):
            snooze(user=cast.agent, dispute_id=case, until=until, on_word=on_word)
    assert not Snooze.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_wake_each_case_once(live_cast: Cast) -> None:
    for name in "abc":
        case = mine(live_cast, name)
        snooze(user=live_cast.agent, dispute_id=case, until=clock.now() + HOUR, on_word=True)
    Snooze.objects.update(until=clock.now() - HOUR)
    woken = at_once(wake_due, wake_due)
    assert not [one for one in woken if isinstance(one, Exception)], woken
    wake_due()
    assert not Snooze.objects.exists()


@pytest.mark.django_db
def test_the_brief_lays_aside_and_takes_up_again(cast: Cast) -> None:
    case = mine(cast)
    page = Client()
    page.force_login(cast.agent)
    address = f"/desk/cases/{case}/snooze/"
    assert "Laid aside. Its clocks go on." in page.post(address, {"until": "tomorrow"}, follow=True).content.decode()
    assert "until " in text_of(page.get("/desk/?queue=snoozed").content.decode())
    assert "Laid aside until" in text_of(page.get(f"/desk/cases/{case}/").content.decode())
    page.post(address, {"until": "wake"})
    assert not Snooze.objects.exists()
    for said in ({}, {"until": "other"}, {"until": "other", "moment": "1999-01-01T10:00"}, {"until": "never"}):
        answer = page.post(address, said, follow=True)
        assert "Choose a moment within the next 30 days" in answer.content.decode()
    page.post(address, {"until": "word"})
    assert Snooze.objects.get().until is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seen", "then"),
    [
        ("http://testserver/desk/?queue=mine&priority=high", "/desk/?queue=mine&priority=high"),
        ("http://testserver/desk/?queue=mine&case=1&next=//elsewhere.example", "/desk/?queue=mine"),
        ("https://[elsewhere/?queue=mine", "/desk/"),
        ("", "/desk/"),
    ],
)
def test_who_laid_a_case_aside_looks_at_the_same_queue_again(cast: Cast, seen: str, then: str) -> None:
    page = Client(headers={"Referer": seen})
    page.force_login(cast.agent)
    case = mine(cast)
    for said in ("tomorrow", "wake", "wake"):
        assert page.post(f"/desk/cases/{case}/snooze/", {"until": said}).headers["Location"] == then
