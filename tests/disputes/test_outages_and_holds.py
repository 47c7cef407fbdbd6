"""An outage of ours and a hold: what lies outside of the hold is given, once; during the hold no time passes anyway."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mediation.core import clock
from mediation.disputes import tasks
from mediation.disputes.actions import outages
from mediation.disputes.models import Deadline, Dispute, Heartbeat, Outage, Performed
from mediation.disputes.queries.case import case_view
from mediation.disputes.rules.deadlines import moved_by_outage
from mediation.disputes.rules.outages import lost
from mediation.disputes.rules.states import State
from mediation.events.models import Event
from tests.cast import Cast
from tests.disputes.conftest import Say
from tests.disputes.stories import ANSWER, offer
from tests.disputes.ways import case_in

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SET = BEGIN - timedelta(days=3)
DUE = timedelta(hours=20)  # after BEGIN, were there neither hold nor outage


def at(hours: float) -> datetime:
    return BEGIN + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("outage", "hold", "given"),
    [
        ((1, 3), None, 2),
        ((1, 3), (4, 8), 2),  # before
        ((1, 3), (4, None), 2),  # before one that goes on
        ((5, 7), (4, 8), 0),  # during
        ((5, 7), (4, None), 0),
        ((1, 6), (4, 8), 3),  # over its begin
        ((1, 6), (4, None), 3),
        ((6, 10), (4, 8), 2),  # over its end
        ((1, 11), (4, 8), 6),  # over both
        ((9, 12), (4, 8), 3),  # after
        ((1, 3), (4, 72), 2),  # before a long one: the last day that counted was the day before it
        ((-40, -30), (4, 72), 0),  # too early for the deadline, however long the hold
    ],
)
def test_what_lies_outside_of_a_hold_is_given(
    outage: tuple[int, int], hold: tuple[int, int | None] | None, given: int
) -> None:
    holds = [(at(hold[0]), None if hold[1] is None else at(hold[1]))] if hold else []
    paused = timedelta(hours=hold[1] - hold[0]) if hold and hold[1] else timedelta()
    due = BEGIN + DUE + paused
    stretch = lost((at(outage[0]), at(outage[1])), since=SET, holds=holds)
    moved = moved_by_outage(due, [stretch]) if stretch else due
    assert moved == due + timedelta(hours=given)


def test_a_hold_before_the_deadline_was_set_has_not_moved_it() -> None:
    hold, outage = (at(-30), at(-10)), (at(-34), at(-32))
    assert lost(outage, since=at(-40), holds=[hold]) == (at(-14), at(-12))
    assert lost(outage, since=at(-33), holds=[hold]) == (at(-14), at(-12))
    assert lost((at(-34), at(-8)), since=at(-9), holds=[hold]) == (at(-34), at(-8))
    assert lost(outage, since=at(-5), holds=[hold]) is None


@given(
    moments=st.lists(st.integers(0, 400), min_size=2, max_size=10, unique=True).map(sorted),
    outage=st.tuples(st.integers(0, 400), st.integers(1, 100)),
    goes_on=st.booleans(),
)
def test_as_much_is_lost_as_lies_outside_of_all_holds(
    moments: list[int], outage: tuple[int, int], *, goes_on: bool
) -> None:
    pairs = list(pairwise(moments))[::2]
    open_at = moments[-1] + 1 if goes_on else None
    holds = [(at(begins), at(ends)) for begins, ends in pairs] + ([(at(open_at), None)] if open_at else [])
    hours = range(outage[0], sum(outage))
    outside = [
        one
        for one in hours
        if not any(begins <= one < ends for begins, ends in pairs) and (open_at is None or one < open_at)
    ]
    stretch = lost((at(outage[0]), at(sum(outage))), since=SET, holds=holds)
    assert (stretch[1] - stretch[0] if stretch else timedelta()) == timedelta(hours=len(outside))


@pytest.fixture
def filed(cast: Cast, draft: Dispute, say: Say) -> datetime:
    """A claim is filed, and the worker was there ever since; when the answer is due."""
    say(cast.client, "file")
    return draft.timers.get(kind="response", cancelled_at__isnull=True).due_at


def due(draft: Dispute) -> datetime:
    return draft.timers.get(kind="response", cancelled_at__isnull=True, fired_at__isnull=True).due_at


def happened(cast: Cast, began_at: datetime, hours: float) -> Outage:
    """It was over then, and somebody enters it at once."""
    ended_at = began_at + timedelta(hours=hours)
    with clock.at(max(clock.now(), ended_at)):
        return outages.record(user=cast.supervisor, began_at=began_at, ended_at=ended_at, reason="The network.")


def told(draft: Dispute) -> int:
    return Event.objects.filter(type="dispute.grant_outage").count()


def test_an_outage_before_the_hold_is_given_into_the_time_that_is_left(
    cast: Cast, draft: Dispute, say: Say, filed: datetime
) -> None:
    with clock.at(filed - timedelta(hours=6)):
        say(cast.senior, "hold", reason="To look into it.")
    with clock.at(filed - timedelta(hours=5)):
        outage = happened(cast, filed - timedelta(hours=9), 2)
    assert due(draft) == filed + timedelta(hours=2)
    line = draft.deadlines.get(reason="outage")
    assert (line.kind, line.was_due_at, line.due_at) == ("response", filed, filed + timedelta(hours=2))
    with clock.at(filed + timedelta(hours=1)):
        tasks.fire_timers()  # held: nothing speaks, and nothing is given a second time
        Heartbeat.objects.update(seen_at=clock.now())
        outages.note_reachable()
        outages.give_back()
    with clock.at(filed + timedelta(hours=4)):
        Heartbeat.objects.update(seen_at=clock.now())
        say(cast.senior, "unhold")
    assert due(draft) == filed + timedelta(hours=2 + 10)
    assert (told(draft), Performed.objects.filter(command_id=outage.pk).count()) == (1, 1)
    assert draft.deadlines.filter(reason="outage").count() == 1


def test_an_outage_during_the_hold_moves_nothing_and_nobody_is_told(
    cast: Cast, draft: Dispute, say: Say, filed: datetime
) -> None:
    with clock.at(filed - timedelta(hours=6)):
        say(cast.senior, "hold", reason="To look into it.")
    with clock.at(filed - timedelta(hours=1)):
        outage = happened(cast, filed - timedelta(hours=5), 2)
        assert (outage.granted_at is not None, due(draft), told(draft)) == (True, filed, 0)
        say(cast.senior, "unhold")
    assert due(draft) == filed + timedelta(hours=5)
    assert not draft.deadlines.filter(reason="outage").exists()


@pytest.mark.parametrize("entered_during_the_hold", [True, False])
def test_of_an_outage_over_the_begin_of_the_hold_the_part_before_is_given(
    cast: Cast, draft: Dispute, say: Say, filed: datetime, *, entered_during_the_hold: bool
) -> None:
    with clock.at(filed - timedelta(hours=6)):
        say(cast.senior, "hold", reason="To look into it.")
    if entered_during_the_hold:
        happened(cast, filed - timedelta(hours=9), 5)
        assert due(draft) == filed + timedelta(hours=3)
    with clock.at(filed - timedelta(hours=2)):
        say(cast.senior, "unhold")
        if not entered_during_the_hold:
            happened(cast, filed - timedelta(hours=9), 5)
    assert due(draft) == filed + timedelta(hours=4 + 3)
    assert told(draft) == 1


def test_of_an_outage_over_the_whole_hold_both_ends_are_given(
    cast: Cast, draft: Dispute, say: Say, filed: datetime
) -> None:
    for command, hours, reason in (("hold", 8, {"reason": "To look into it."}), ("unhold", 5, {})):
        with clock.at(filed - timedelta(hours=hours)):
            say(cast.senior, command, **reason)
    happened(cast, filed - timedelta(hours=10), 6)
    assert due(draft) == filed + timedelta(hours=3 + 2 + 1)


def test_an_outage_before_a_long_hold_that_is_over_is_given_too(
    cast: Cast, draft: Dispute, say: Say, filed: datetime
) -> None:
    """Were the days of the hold counted, it would lie far before the last day."""
    for command, hours, reason in (("hold", -2, {"reason": "To look into it."}), ("unhold", 96, {})):
        with clock.at(filed + timedelta(hours=hours)):
            Heartbeat.objects.update(seen_at=clock.now())
            say(cast.senior, command, **reason)
    with clock.at(filed + timedelta(hours=96.5)):
        Heartbeat.objects.update(seen_at=clock.now())
        happened(cast, filed - timedelta(hours=5), 2)
    assert due(draft) == filed + timedelta(hours=98 + 2)


def test_the_case_goes_on_with_the_time_it_was_given(cast: Cast, draft: Dispute, say: Say, filed: datetime) -> None:
    with clock.at(filed - timedelta(hours=1)):
        say(cast.senior, "hold", reason="To look into it.")
        happened(cast, filed - timedelta(hours=4), 3)
    for hours in (0.5, 1):
        with clock.at(filed + timedelta(hours=hours)):
            Heartbeat.objects.update(seen_at=clock.now())
            tasks.fire_timers()
    with clock.at(filed + timedelta(hours=1)):
        say(cast.senior, "unhold")
    with clock.at(filed + timedelta(hours=4.9)):
        Heartbeat.objects.update(seen_at=clock.now())
        assert say(cast.freelancer, "decline", **ANSWER).state == "negotiating"
    assert not draft.deadlines.filter(reason="grace").exists()


def test_requests_and_offers_of_a_held_case_are_given_it_too(cast: Cast, draft: Dispute, mediation: Say) -> None:
    now = clock.now()
    asked = {"asked_of": cast.client.pk, "kind": "document", "text": "The contract?"}
    mediation(cast.mediator, "make_request", due_at=now + timedelta(hours=10), **asked)
    offer(cast, mediation, draft)
    [before] = draft.offers.values_list("expires_at", flat=True)
    with clock.at(now + timedelta(hours=5)):
        Heartbeat.objects.update(seen_at=clock.now())
        mediation(cast.senior, "hold", reason="To look into it.")
        happened(cast, now + timedelta(hours=1), 2)
    assert draft.requests.get().due_at == now + timedelta(hours=12)
    assert draft.offers.get().expires_at == before + timedelta(hours=2)
    assert draft.timers.get(kind="offer", cancelled_at__isnull=True).due_at == before + timedelta(hours=2)
    assert told(draft) == 1


@pytest.mark.parametrize("why", ["outage", "hold", "cooling_off", "extension"])
def test_the_line_of_a_moved_request_says_why_and_what_was_asked(
    cast: Cast, draft: Dispute, mediation: Say, why: str
) -> None:
    now, text = clock.now(), "The contract?"
    asked = {"asked_of": cast.client.pk, "kind": "document", "text": text}
    mediation(cast.mediator, "make_request", due_at=now + timedelta(hours=30), **asked)
    with clock.at(now + timedelta(hours=20)):
        Heartbeat.objects.update(seen_at=clock.now())
        if why == "outage":
            happened(cast, now + timedelta(hours=16), 3)
        elif why == "hold":
            mediation(cast.senior, "hold", reason="To look into it.")
        elif why == "cooling_off":
            mediation(cast.client, "cool_off", hours=12)
        else:
            mediation(cast.mediator, "extend", hours=12, reason="They need it.")
    if why == "hold":
        with clock.at(now + timedelta(hours=22)):
            mediation(cast.senior, "unhold")
    first, moved = Deadline.objects.filter(dispute=draft, kind="request").order_by("pk")
    assert (first.about, first.reason, first.ended_how) == (text, "", "moved")
    assert (moved.about, moved.was_due_at, moved.person) == (text, first.due_at, cast.client)
    assert (moved.reason, moved.is_extension) == ("They need it." if why == "extension" else why, why == "extension")


def test_a_hold_gives_the_time_to_sign_no_second_time(cast: Cast) -> None:
    case = case_in(cast, State.SETTLING)
    for command in ("hold", "unhold"):
        case.do(cast.senior, command)
    assert case_view(case.row, cast.client)["standing"]["otherwise"] == "sign_again"


def test_the_page_and_the_file_say_why_a_request_moved(
    client: Client, cast: Cast, draft: Dispute, mediation: Say
) -> None:
    now = clock.now()
    asked = {"asked_of": cast.client.pk, "kind": "document", "text": "The contract?"}
    mediation(cast.mediator, "make_request", due_at=now + timedelta(hours=10), **asked)
    with clock.at(now + timedelta(hours=8)):
        Heartbeat.objects.update(seen_at=clock.now())
        happened(cast, now + timedelta(hours=1), 2)
        client.force_login(cast.client)
        page = client.get(f"/rooms/{cast.room.pk}/").content.decode()
        file = client.get(f"/cases/{draft.pk}/file/").content.decode()
    for text in (page, file):
        assert "The contract?" in text
        assert "Parley could not be reached" in text
