"""The escalation ladder when a case changes hands: a sum above the limit asks for a senior anew."""

import pytest

from mediation.disputes.models import LevelAsk, Policy
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.cases import Case, check_chains
from tests.disputes.ways import case_in


@pytest.fixture
def case(cast: Cast) -> Case:
    """Its sum is for a senior; Sam has it."""
    case = case_in(cast, State.NEGOTIATING)
    Policy.objects.filter(pk=case.row.policy_id).update(terms={"senior_above_minor": 0})
    case.do(cast.client, "ask_mediator")
    case.do(cast.senior, "claim")
    return case


def waiting(case: Case) -> list[tuple[int, str]]:
    open_asks = LevelAsk.objects.filter(dispute=case.id, ended_at__isnull=True, reopenings=case.row.reopenings)
    return list(open_asks.values_list("level", "why"))


def test_a_senior_who_gives_it_back_leaves_it_to_a_senior(case: Case) -> None:
    assert waiting(case) == []
    case.say(case.cast.senior, "release", brief="I am ill.")
    assert waiting(case) == [(4, "amount")]
    case.say(case.cast.agent, "claim")
    case.say(case.cast.agent, "release", brief="It is asked for already.")
    assert waiting(case) == [(4, "amount")]
    check_chains(case.id)


@pytest.mark.parametrize(("name", "asks"), [("agent", [(4, "amount")]), ("senior", [])])
def test_opened_again_it_asks_for_a_senior_unless_one_has_it(
    case: Case, name: str, asks: list[tuple[int, str]]
) -> None:
    cast = case.cast
    case.do(cast.client, "withdraw")
    about = {"agent_id": getattr(cast, name).pk, "reason": "The terms were not kept.", "terms_not_kept": True}
    case.say(cast.supervisor, "reopen", **about)
    assert waiting(case) == asks
    check_chains(case.id)
