"""Each fact of a case is read when it is first asked for, and as the case was before a command moved it."""

from dataclasses import fields

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mediation.core import clock
from mediation.disputes.actions import effects, step
from mediation.disputes.queries.facts import Gathered, actors, gather
from mediation.disputes.rules.facts import Facts
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.cases import Case
from tests.disputes.ways import case_in

NAMES = [field.name for field in fields(Facts)]


@pytest.fixture
def case(cast: Cast) -> Case:
    return case_in(cast, State.NEGOTIATING)


def facts(case: Case, name: str = "respondent") -> Gathered:
    row, person = case.row, case.people[name]
    return gather(row, person, actors(row, person), {}, clock.now())


@pytest.mark.parametrize("name", ["respondent", "agent", "system"])
def test_every_fact_can_be_asked_for_whoever_speaks(case: Case, name: str) -> None:
    found = facts(case, name)
    for one in NAMES:
        getattr(found, one)
    with pytest.raises(AttributeError):
        found.weather  # noqa: B018


def test_what_nobody_asks_for_is_not_read(case: Case) -> None:
    found = facts(case)
    with CaptureQueriesContext(
        connection,
    ) as none:
        assert (found.state, found.mediator) == (State.NEGOTIATING, None)
    with CaptureQueriesContext(connection) as one:
        assert found.offers == found.offers == ()
    assert (len(none), len(one)) == (0, 1)


def test_what_is_settled_is_as_it_was_and_nothing_is_read_any_more(case: Case) -> None:
    found = facts(case)
    found.settle(["offers"])
    case.do(case.cast.freelancer, "make_offer")
    assert found.offers == ()
    with pytest.raises(LookupError, match="deadline is asked for"):
        found.deadline  # noqa: B018


def test_what_an_effect_reads_is_a_fact() -> None:
    assert step.known(), effects
    assert step.read_by(step.known()) <= set(NAMES)
