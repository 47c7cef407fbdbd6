"""Whom the desk takes, each criterion by itself; cells that no spreadsheet computes."""

import pytest

from mediation.escalations.rules.cells import safe
from mediation.escalations.rules.criteria import Client, Criterion, Result, Terms, judge, verdict

WHOLE = Client(value_minor=250_000, has_web_presence=True, segment="SB", is_long_term=True)


def results(client: Client, terms: Terms | None = None) -> dict[str, str]:
    return {one.criterion.value: one.result.value for one in judge(terms or Terms(), client)}


def test_who_reaches_every_limit_meets_all() -> None:
    assert set(results(WHOLE).values()) == {"met"}
    assert verdict(judge(Terms(), WHOLE)) is Result.MET


@pytest.mark.parametrize(
    ("client", "criterion", "result"),
    [
        (Client(value_minor=249_999), Criterion.JOB_VALUE, Result.NOT_MET),
        (Client(value_minor=250_000), Criterion.JOB_VALUE, Result.MET),
        (Client(value_minor=900_000, currency="EUR"), Criterion.JOB_VALUE, Result.UNKNOWN),
        (Client(), Criterion.JOB_VALUE, Result.UNKNOWN),
        (Client(has_web_presence=False), Criterion.WEB_PRESENCE, Result.NOT_MET),
        (Client(segment="VSB"), Criterion.SEGMENT, Result.NOT_MET),
        (Client(segment="ENT"), Criterion.SEGMENT, Result.MET),
        (Client(), Criterion.SEGMENT, Result.UNKNOWN),
        (Client(is_long_term=False), Criterion.LONG_TERM, Result.NOT_MET),
    ],
)
def test_each_criterion_has_its_result(client: Client, criterion: Criterion, result: Result) -> None:
    assert results(client)[criterion.value] == result.value


def test_what_is_not_known_is_not_refused_and_what_is_not_met_decides() -> None:
    assert verdict(judge(Terms(), Client(value_minor=250_000))) is Result.UNKNOWN
    assert verdict(judge(Terms(), Client(segment="VSB"))) is Result.NOT_MET


def test_a_criterion_that_is_not_asked_for_is_not_shown() -> None:
    none = Terms(least_value_minor=None, asks_web_presence=False, least_segment="", asks_long_term=False)
    assert judge(none, Client()) == ()


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\x00="])
def test_a_cell_is_never_computed(begin: str) -> None:
    assert safe(f"{begin}1+1").startswith("'")


def test_a_plain_cell_stays_as_it_is() -> None:
    assert [safe(one) for one in ("Nora Quist", "3-2", "", None, 12)] == ["Nora Quist", "3-2", "", "", "12"]
