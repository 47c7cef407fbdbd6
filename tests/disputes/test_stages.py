"""The line of stages: what a case went through and where it is, called what it is."""

import pytest

from mediation.disputes import audience
from mediation.disputes.queries.case import case_view
from mediation.disputes.rules.stages import Stage, path
from mediation.disputes.rules.states import FILED, Outcome, State, Track
from mediation.web.standing_words import STAGE_WORDS
from tests.cast import Cast
from tests.disputes.ways import case_in, reachable

pytestmark = pytest.mark.django_db


def line(cast: Cast, state: State, track: Track = Track.ESCROW, *, has_claim: bool = True) -> tuple[list[str], str]:
    case = case_in(cast, state, track, has_claim=has_claim)
    said = case_view(audience.case_of(cast.client, case.row.pk), cast.client)["standing"]
    return said["stages"], said["stage"]


@pytest.mark.parametrize("state", sorted(FILED | {State.DRAFT}))
@pytest.mark.parametrize("track", Track)
@pytest.mark.parametrize("has_claim", [True, False])
def test_the_case_is_in_one_of_its_stages_each_of_which_comes_once(
    cast: Cast, state: State, track: Track, has_claim: bool
) -> None:
    if not reachable(state, track, has_claim=has_claim):
        return
    stages, now = line(cast, state, track, has_claim=has_claim)
    assert now in stages
    assert len(set(stages)) == len(stages)
    assert set(stages) <= set(STAGE_WORDS)


def test_there_is_no_agreement_before_both_have_accepted_its_text(cast: Cast) -> None:
    stages, now = line(cast, State.SETTLING)
    assert (stages, now) == (["claim", "talks", "accepting", "payment"], "accepting")


def test_once_both_have_accepted_it_is_an_agreement(cast: Cast) -> None:
    stages, now = line(cast, State.EXECUTING)
    assert (stages, now) == (["claim", "talks", "agreement", "payment"], "payment")


@pytest.mark.parametrize(
    ("state", "now"), [(State.NON_RESOLUTION, "no_agreement"), (State.IN_ARBITRATION, "arbitration")]
)
def test_without_an_agreement_none_is_named(cast: Cast, state: State, now: str) -> None:
    stages, found = line(cast, state)
    assert found == now
    assert stages == ["claim", "talks", "mediation", now, "payment"]


def test_a_call_for_a_mediator_has_no_claim_and_no_payment(cast: Cast) -> None:
    assert line(cast, State.ESCALATED, has_claim=False) == (["asked", "mediation", "closed"], "asked")


@pytest.mark.parametrize("outcome", Outcome)
def test_a_closed_case_shows_how_it_ended_and_payment_only_where_money_moved(outcome: Outcome) -> None:
    stages, now = path(State.CLOSED, Track.ESCROW, outcome=outcome, has_claim=True, had_talks=True, was_mediated=True)
    moved = outcome not in (
        Outcome.WITHDRAWN, Outcome.EXPIRED, Outcome.NO_AGREEMENT, Outcome.HELPED, Outcome.VOIDED
    )  # fmt: skip
    assert now is (Stage.PAYMENT if moved else Stage.CLOSED)
    assert (Stage.AGREEMENT in stages) is (outcome in (Outcome.SETTLED, Outcome.RECOMMENDATION_ACCEPTED))
