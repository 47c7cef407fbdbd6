"""The first line that fits says the target."""

from datetime import timedelta

import pytest

from mediation.sla.rules.metrics import OF_REFERRALS, TABLE, Metric, is_agent_message, measure_of
from mediation.sla.rules.policies import Line, Priority, Subject, first_match, priority_of

QUICK = Line(Metric.TTFR, timedelta(minutes=15), "desk", {"priority": frozenset({"urgent"}), "track": frozenset("AB")})
USUAL = Line(Metric.TTFR, timedelta(hours=4), "desk")


def test_the_first_line_that_fits_counts() -> None:
    assert first_match([QUICK, USUAL], Metric.TTFR, Subject(track="A", priority="urgent")) is QUICK
    assert first_match([QUICK, USUAL], Metric.TTFR, Subject(track="C", priority="urgent")) is USUAL
    assert first_match([USUAL, QUICK], Metric.TTFR, Subject(track="A", priority="urgent")) is USUAL
    assert first_match([QUICK, USUAL], Metric.NRT, Subject()) is None


@pytest.mark.parametrize(
    ("facts", "priority"),
    [
        ({"is_low_value": True, "amount_minor": 5_000, "has_claim": True}, Priority.LOW),
        ({"is_low_value": False, "amount_minor": 600_000, "has_claim": True}, Priority.HIGH),
        ({"is_low_value": False, "amount_minor": 50_000, "has_claim": True}, Priority.NORMAL),
        ({"is_low_value": False, "amount_minor": 0, "has_claim": False}, Priority.NORMAL),
    ],
)
def test_the_money_says_the_priority(facts: dict, priority: Priority) -> None:
    assert priority_of(**facts, high_from_minor=500_000) is priority


@pytest.mark.parametrize(
    ("is_staff", "audience", "counts"),
    [(True, "joint", True), (True, "caucus_client", True), (True, "internal", False), (False, "joint", False)],
)
def test_an_agent_message_is_a_humans_where_a_party_reads_it(is_staff: bool, audience: str, counts: bool) -> None:
    assert is_agent_message(is_staff=is_staff, audience=audience) is counts


def test_each_metric_of_a_case_has_one_line() -> None:
    measured = [measure.metric for measure in TABLE]
    assert len(measured) == len(set(measured))
    assert set(Metric) - set(measured) == OF_REFERRALS == {Metric.EE}


def test_a_clock_of_referrals_is_none_of_a_case() -> None:
    assert measure_of("NRT").metric is Metric.NRT
    for wrong in ("EE", "XX"):
        with pytest.raises(ValueError, match=wrong):
            measure_of(wrong)
