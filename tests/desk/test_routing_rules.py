"""Whom a case suits and why not; how much somebody new can carry."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mediation.desk.rules.routing import USUAL_WEIGHT, Fit, Miss, Seat, Wanted, fit, limit_on, most_said, weight

TODAY = date(2026, 3, 2)
WANTED = Wanted(language="es", track="A", amount_minor=50_000, weight=10)
ANYTHING = Seat()


def test_what_a_profile_leaves_empty_limits_nothing() -> None:
    assert fit(ANYTHING, WANTED, TODAY).is_good


@pytest.mark.parametrize(
    ("seat", "wanted", "why"),
    [
        (Seat(is_away=True), WANTED, Miss.AWAY),
        (ANYTHING, replace(WANTED, conflict="disclose"), Miss.CONFLICT),
        (ANYTHING, replace(WANTED, conflict="blocked"), Miss.CONFLICT),
        (Seat(languages=frozenset({"en"})), WANTED, Miss.LANGUAGE),
        (Seat(tracks=frozenset({"B", "none"})), WANTED, Miss.TRACK),
        (Seat(value_limit_minor=49_999), WANTED, Miss.VALUE),
        (Seat(capacity=100, load=91), WANTED, Miss.FULL),
        (Seat(capacity=100, begins_on=TODAY, ramp_days=10, load=10), WANTED, Miss.RAMP),
        (Seat(capacity=100, begins_on=TODAY + timedelta(days=1)), WANTED, Miss.RAMP),
    ],
)
def test_it_says_why_a_case_is_not_for_somebody(seat: Seat, wanted: Wanted, why: Miss) -> None:
    assert fit(seat, wanted, TODAY).misses == (why,)


def test_exactly_as_much_as_fits_is_taken() -> None:
    assert fit(Seat(capacity=100, load=90, value_limit_minor=50_000), WANTED, TODAY).is_good


def test_several_reasons_are_said_in_one_order() -> None:
    seat = Seat(languages=frozenset({"nl"}), capacity=10, load=10, is_away=True)
    assert fit(seat, WANTED, TODAY).misses == (Miss.AWAY, Miss.LANGUAGE, Miss.FULL)


def test_the_room_of_somebody_new_grows_by_the_day() -> None:
    seat = Seat(capacity=100, begins_on=TODAY, ramp_days=10)
    limits = [limit_on(seat, TODAY + timedelta(days=days)) for days in range(-1, 12)]
    assert limits == [0, USUAL_WEIGHT, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 100]
    assert limit_on(replace(seat, capacity=5), TODAY) == 5
    assert limit_on(replace(seat, begins_on=None), TODAY) == 100
    assert limit_on(replace(seat, ramp_days=0), TODAY) == 100


def test_whom_it_suits_comes_first_then_who_carries_least_of_what_they_can() -> None:
    half, fifth = Fit((), 50, 100), Fit((), 20, 100)
    one_miss, two = Fit((Miss.FULL,), 0, 100), Fit((Miss.LANGUAGE, Miss.FULL), 0, 100)
    unlimited = Fit((), 30, None)
    assert sorted([two, half, one_miss, fifth, unlimited], key=lambda one: one.order) == [
        unlimited, fifth, half, one_miss, two,
    ]  # fmt: skip


def test_a_case_weighs_what_is_said_of_its_phase_else_of_its_track_else_the_usual() -> None:
    weights = {("A", ""): 15, ("A", "drafting"): 5}
    said = [weight("A", "drafting", weights), weight("A", "issues", weights), weight("B", "", weights)]
    assert said == [5, 15, USUAL_WEIGHT]


def test_reasons_are_counted_by_the_first_of_each() -> None:
    fits = [Fit((Miss.LANGUAGE, Miss.FULL), 0, 1), Fit((Miss.LANGUAGE,), 0, 1), Fit((Miss.AWAY,), 0, 1), Fit((), 0, 1)]
    assert most_said(fits) == [(Miss.LANGUAGE, 2), (Miss.AWAY, 1)]
