"""After an hour in which Zendesk did not answer, every case's ticket catches up within Zendesk's limits."""

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.rules import Role
from mediation.conversations.actions import rooms
from mediation.disputes.models import Dispute
from mediation.events.models import Event
from mediation.zendesk.actions import asking
from mediation.zendesk.models import Mirror, Outgoing
from tests.cast import make_contract, person
from tests.zendesk.conftest import Sides

LINES = 3  # that wait in each case
FIRST = 10_000_000  # the events of those lines
SHORT = 30
REQUESTS_OF_A_CASE = 8
STATEMENTS_OF_A_CASE, STATEMENTS_OF_A_KNOCK = 150, 12
UNTIL_IT_IS_ASKED_AGAIN = 10  # minutes: as long as one is silent at the most when nobody answers
BEAT = 2  # seconds from one knock to the next, as in config.beat: each makes one new requester
A_MINUTE = 25  # cases; Zendesk takes a hundred updates, and one new requester a second


def make_cases(sides: Sides, count: int) -> None:
    """So many cases like the one that is there, each with lines that wait, and no ticket yet."""
    model = Dispute.objects.get(pk=sides.case.pk)
    now = timezone.now()
    for number in range(count):
        client = person(f"Client {number}", Role.CLIENT.value)
        other = person(f"Freelancer {number}", Role.FREELANCER.value)
        room = rooms.open_room(contract=make_contract(client, other))
        case = Dispute.objects.get(pk=model.pk)
        case.pk, case._state.adding = None, True
        case.number, case.room, case.filer, case.respondent = 900_000 + number, room, client, other
        case.milestone, case.asker = None, client
        case.save()
        mirror = Mirror.objects.create(dispute=case, began_at=now, created_at=now, work_at=now)
        thread = room.threads.get(audience="joint", is_main=True)
        for line in range(LINES):
            sent = sides.cast.say(client, f"case{number:04}line{line}", thread=thread)
            Outgoing.objects.create(
                mirror=mirror, event_id=FIRST + line, kind="line", visibility="joint", thread=thread,
                seq=sent.seq, written_at=now,
            )  # fmt: skip
    Event.objects.filter(handled_at__isnull=True).update(handled_at=now)


def drain(sides: Sides, count: int) -> float:
    """An hour without an answer, then until nothing waits; in minutes of both clocks, how long that took."""
    sides.standin.set(limits=True)
    sides.standin.faults({"what": "status", "status": 503, "times": 0, "path": "^/"})
    make_cases(sides, count)
    for _ in range(12):
        sides.pass_time(minutes=5)
        sides.work()
    asked = len(sides.standin.requests())
    assert asked < 80, "a Zendesk that is down was asked over and over"
    sides.standin.clear_faults()
    began = datetime.now(UTC)
    with CaptureQueriesContext(connection) as queries:
        while Outgoing.objects.filter(done_at__isnull=True).exists():
            sides.pass_time(seconds=BEAT)
            sides.work()
            assert datetime.now(UTC) - began < timedelta(hours=6), "it does not end"
    took = (datetime.now(UTC) - began).total_seconds() / 60
    seen = sides.standin.requests()[asked:]
    statuses = Counter(one["status"] for one in seen)
    assert statuses[429] <= 1 + count // 100, statuses
    assert set(statuses) <= {200, 201, 429}, statuses
    assert len(seen) <= REQUESTS_OF_A_CASE * count, len(seen)
    knocks = took * 60 / BEAT
    assert len(queries) <= STATEMENTS_OF_A_CASE * count + STATEMENTS_OF_A_KNOCK * knocks, len(queries)
    return took


def check_all_is_there_once(sides: Sides, count: int) -> None:
    """By the words in what was taken, and by the ids that it carried."""
    taken = [one for one in sides.standin.requests() if one["status"] in (200, 201)]
    bodies = "".join(one["body"] for one in taken)
    said = Counter(re.findall(r"case\d{4}line\d", bodies))
    assert said == Counter(f"case{case:04}line{line}" for case in range(count) for line in range(LINES))
    carried = Counter(
        item
        for one in taken
        for item in json.loads(one["body"] or "{}").get("ticket", {}).get("metadata", {}).get("ob", ())
    )
    rows = {str(pk) for pk in Outgoing.objects.filter(event_id__gte=FIRST).values_list("pk", flat=True)}
    assert {item: carried[item] for item in rows} == dict.fromkeys(rows, 1)
    assert Mirror.objects.filter(ticket_id__isnull=False).values("ticket_id").distinct().count() == count + 1
    assert not Mirror.objects.exclude(health="on").exists()


def test_some_cases_catch_up_within_the_limits(sides: Sides) -> None:
    minutes = drain(sides, SHORT)
    check_all_is_there_once(sides, SHORT)
    assert minutes <= UNTIL_IT_IS_ASKED_AGAIN + SHORT / A_MINUTE, minutes


@pytest.mark.faults
def test_a_thousand_cases_catch_up_within_the_limits(sides: Sides, record_property: Callable[..., None]) -> None:
    minutes = drain(sides, 1_000)
    check_all_is_there_once(sides, 1_000)
    record_property("minutes", round(minutes, 1))
    assert minutes <= UNTIL_IT_IS_ASKED_AGAIN + 1_000 / A_MINUTE, minutes


def test_the_checker_is_checked_without_a_pace_it_is_red(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_use", lambda limits: None)
    with pytest.raises(AssertionError, match="429"):
        drain(sides, SHORT)
