"""Clocks as folds: the vectors, and that what is known late counts from its own moment."""

import random
from datetime import datetime, timedelta

import pytest

from mediation.sla.rules.business import ZERO, business_between
from mediation.sla.rules.clock import Calendars, Fact, Kind, Reading, Status, elapsed_at, fold, moment_of
from mediation.sla.rules.pauses import illegitimate
from mediation.sla.rules.steps import due_steps, next_moment
from tests.sla.calendars import OFFICE, utc

CALENDARS: Calendars = {"office": OFFICE}
HOUR = timedelta(hours=1)


def begun(at: str, target: timedelta, calendar: str = "office") -> Fact:
    return Fact(Kind.ACTIVATE, utc(at), target=target, calendar=calendar)


def fact(kind: Kind, at: str, reason: str = "") -> Fact:
    return Fact(kind, utc(at), reason)


def read(*facts: Fact) -> Reading:
    return fold(facts, CALENDARS)


def test_a_request_pauses_and_a_message_resumes() -> None:
    begin = begun("2026-03-09 10:00", 4 * HOUR)
    pause = fact(Kind.PAUSE, "2026-03-09 11:00", "request")
    assert read(begin).due_at == utc("2026-03-09 14:00")
    assert read(begin, pause).due_at is None
    assert read(begin, pause, fact(Kind.RESUME, "2026-03-09 15:30", "request")).due_at == utc("2026-03-10 10:30")


def test_it_goes_on_only_when_nothing_pauses_it_any_more() -> None:
    facts = [
        begun("2026-03-09 10:00", 4 * HOUR),
        fact(Kind.PAUSE, "2026-03-09 11:00", "request"),
        fact(Kind.PAUSE, "2026-03-09 11:30", "hold"),
        fact(Kind.RESUME, "2026-03-09 12:00", "request"),
    ]
    assert read(*facts).status is Status.PAUSED
    resumed = read(*facts, fact(Kind.RESUME, "2026-03-09 13:00", "hold"))
    assert resumed.due_at == utc("2026-03-09 16:00")
    assert resumed.pauses == ((utc("2026-03-09 11:00"), utc("2026-03-09 13:00")),)


def test_fulfilled_exactly_at_due_is_met_and_later_is_missed() -> None:
    begin = begun("2026-03-09 10:00", HOUR)
    breach = fact(Kind.BREACH, "2026-03-09 11:00")
    assert read(begin, breach, fact(Kind.FULFIL, "2026-03-09 11:00")).status is Status.MET
    late = read(begin, Fact(Kind.FULFIL, utc("2026-03-09 11:00") + timedelta(milliseconds=1)))
    assert (late.status, late.breached_at) == (Status.MISSED, utc("2026-03-09 11:00"))


def test_a_breach_is_void_when_an_earlier_answer_becomes_known() -> None:
    known_late = fact(Kind.FULFIL, "2026-03-09 10:59")
    assert read(begun("2026-03-09 10:00", HOUR), fact(Kind.BREACH, "2026-03-09 11:00"), known_late).status is Status.MET


def test_a_breach_stays_whatever_follows() -> None:
    facts = [
        begun("2026-03-09 10:00", HOUR),
        fact(Kind.BREACH, "2026-03-09 11:00"),
        Fact(Kind.POLICY_APPLIED, utc("2026-03-09 12:00"), target=8 * HOUR, calendar="office"),
        fact(Kind.PAUSE, "2026-03-09 13:00", "hold"),
    ]
    assert read(*facts).due_at == utc("2026-03-09 11:00")
    assert read(*facts).status is Status.PAUSED


def test_a_policy_keeps_what_was_counted_and_makes_nothing_due_in_the_past() -> None:
    begin = begun("2026-03-09 10:00", 4 * HOUR)

    def applied(at: str, hours: int) -> Reading:
        return read(begin, Fact(Kind.POLICY_APPLIED, utc(at), target=hours * HOUR, calendar="office"))

    assert applied("2026-03-09 12:00", 3).due_at == utc("2026-03-09 13:00")
    assert applied("2026-03-09 12:00", 8).due_at == utc("2026-03-10 10:00")
    shortened = applied("2026-03-09 12:00", 1)
    assert (shortened.due_at, shortened.breached_at) == (utc("2026-03-09 12:00"), None)


def test_a_policy_that_comes_while_it_is_paused_counts_after_it() -> None:
    facts = [
        begun("2026-03-09 10:00", 4 * HOUR),
        fact(Kind.PAUSE, "2026-03-09 11:00", "hold"),
        Fact(Kind.POLICY_APPLIED, utc("2026-03-09 12:00"), target=2 * HOUR, calendar=""),
    ]
    assert read(*facts).due_at is None
    assert read(*facts, fact(Kind.RESUME, "2026-03-09 16:30", "hold")).due_at == utc("2026-03-09 17:30")


def test_what_comes_after_the_end_changes_nothing() -> None:
    ended = [begun("2026-03-09 10:00", HOUR), fact(Kind.CANCEL, "2026-03-09 10:30")]
    assert read(*ended, fact(Kind.FULFIL, "2026-03-09 12:00"), fact(Kind.BREACH, "2026-03-09 12:00")) == read(*ended)
    assert read(*ended).status is Status.CANCELLED


def test_without_a_begin_there_is_no_clock() -> None:
    with pytest.raises(ValueError, match="activated"):
        read(fact(Kind.FULFIL, "2026-03-09 10:30"))


def test_steps_are_due_in_order_and_once() -> None:
    clock = read(begun("2026-03-09 10:00", 4 * HOUR))
    assert next_moment(clock, {50}, CALENDARS) == utc("2026-03-09 13:12")
    found = due_steps(clock, set(), CALENDARS, utc("2026-03-09 14:00"))
    assert found == [(50, utc("2026-03-09 12:00")), (80, utc("2026-03-09 13:12"))], "at its due time it is not breached"
    late = read(begun("2026-03-09 10:00", 4 * HOUR), fact(Kind.BREACH, "2026-03-09 14:00"))
    assert due_steps(late, {50, 80, 100}, CALENDARS, utc("2026-03-09 16:01")) == [(150, utc("2026-03-09 16:00"))]
    again = due_steps(clock, {50, 80, 100}, CALENDARS, utc("2026-03-09 14:01"))
    assert again == [(100, utc("2026-03-09 14:00"))], "a breach that was void can come again"
    paused = read(begun("2026-03-09 10:00", 4 * HOUR), fact(Kind.PAUSE, "2026-03-09 11:00", "hold"))
    assert next_moment(paused, set(), CALENDARS) is None
    assert next_moment(late, {50, 80, 100, 150}, CALENDARS) is None
    assert moment_of(paused, 50, CALENDARS) is None


def test_a_pause_over_an_unanswered_message_is_illegitimate() -> None:
    pauses = [(utc("2026-03-09 11:00"), utc("2026-03-09 15:00")), (utc("2026-03-09 16:00"), None)]
    unanswered = [
        (utc("2026-03-09 10:30"), utc("2026-03-09 12:00")),
        (utc("2026-03-09 11:30"), utc("2026-03-09 12:30")),
        (utc("2026-03-09 16:30"), None),
    ]
    assert illegitimate(pauses, unanswered, OFFICE, until=utc("2026-03-09 19:00")) == 2 * HOUR
    assert illegitimate(pauses, [], OFFICE, until=utc("2026-03-09 19:00")) == ZERO


def lives(seed: int) -> list[Fact]:
    """A begin and whatever may happen in the days after it, in the order of its moments."""
    chance = random.Random(seed)
    start = utc("2026-03-06 15:00")
    minutes = sorted(chance.choices(range(1, 5 * 1440), k=chance.randint(0, 12)))
    facts = [Fact(Kind.ACTIVATE, start, target=chance.randint(1, 900) * HOUR / 60, calendar="office")]
    for minute in minutes:
        kind = chance.choice([Kind.PAUSE, Kind.RESUME] * 4 + [Kind.POLICY_APPLIED, Kind.FULFIL, Kind.CANCEL])
        target = chance.randint(1, 900) * HOUR / 60 if kind is Kind.POLICY_APPLIED else ZERO
        reason = chance.choice(["hold", "request"])
        facts.append(Fact(kind, start + minute * HOUR / 60, reason, target, chance.choice(["", "office"])))
    return facts


def _walked(facts: list[Fact]) -> tuple[Status, datetime | None]:
    """The same told event by event by something simpler: count each stretch, look whether the target was passed."""
    target, calendar, counted, since = facts[0].target, "office", ZERO, facts[0].at
    reasons: set[str] = set()
    breached = None
    for one in facts[1:]:
        stretch = ZERO if reasons else business_between(CALENDARS.get(calendar), since, one.at)
        if breached is None and not reasons and counted + stretch > target and one.at > since:
            breached = moment_of(Reading(Status.RUNNING, since, target, calendar, counted, since), 100, CALENDARS)
        counted, since = counted + stretch, one.at
        match one.kind:
            case Kind.PAUSE:
                reasons.add(one.reason)
            case Kind.RESUME:
                reasons.discard(one.reason)
            case Kind.POLICY_APPLIED:
                target, calendar = one.target, one.calendar
            case Kind.FULFIL:
                return (Status.MISSED if breached else Status.MET), breached
            case Kind.CANCEL:
                return Status.CANCELLED, breached
    return (Status.PAUSED if reasons else Status.RUNNING), breached


@pytest.mark.parametrize("first", range(0, 400, 100))
def test_histories_told_in_any_order_are_the_same(first: int) -> None:
    for seed in range(first, first + 100):
        facts = lives(seed)
        reading = fold(facts, CALENDARS)
        shuffled = random.Random(seed).sample(facts, len(facts))
        assert elapsed_at(fold(shuffled, CALENDARS), facts[-1].at, CALENDARS) >= ZERO
        if len({one.at for one in facts}) == len(facts):
            assert fold(shuffled, CALENDARS) == reading, seed
            assert (reading.status, reading.breached_at) == _walked(facts), seed
