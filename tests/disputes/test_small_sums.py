"""The low-value lane: shorter talks, one recommendation, and each side sees for itself what going on would cost."""

from datetime import timedelta

import pytest

from mediation.core import clock
from mediation.disputes import errors
from mediation.disputes.audience import case_of
from mediation.disputes.models import Dispute
from mediation.disputes.queries import alternatives
from mediation.disputes.queries.case import case_view
from mediation.disputes.rules.alternatives import alternatives as ways
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import Track
from tests.cast import Cast
from tests.disputes.conftest import AMOUNT, Say
from tests.disputes.stories import ANSWER, recommend


@pytest.fixture
def small(draft: Dispute) -> Dispute:
    """The policy's limit lies above the amount."""
    draft.policy.terms = {"low_value_below_minor": AMOUNT + 1, "arbitration_share_minor": 29_100}
    draft.policy.save(update_fields=["terms"])
    return draft


@pytest.mark.parametrize(
    ("is_client", "track", "without"),
    [
        (True, Track.ESCROW, 8_000),
        (False, Track.ESCROW, 0),
        (True, Track.ASSISTANCE, 0),
        (False, Track.ASSISTANCE, 8_000),
        (True, Track.HOURLY, 0),
    ],
)
def test_what_the_ways_bring(is_client: bool, track: Track, without: int) -> None:
    terms = Terms(arbitration_share_minor=29_100)
    found = ways(is_client=is_client, track=track, amount_minor=8_000, proposed_refund_minor=3_000, terms=terms)
    by_code = {one.code: (one.least_minor, one.most_minor, one.costs_minor) for one in found}
    proposed = 3_000 if is_client else 5_000
    assert by_code == {
        "proposal": (proposed, proposed, 0),
        "no_agreement": (without, without, 0),
        "arbitration": (-29_100, -21_100, 29_100),
    }


def test_only_the_parties_see_it_and_each_their_own(cast: Cast, small: Dispute, say: Say) -> None:
    say(cast.client, "file")
    expires_at = clock.now() + timedelta(days=1)
    say(cast.freelancer, "make_offer", refund_minor=20_000, release_minor=AMOUNT - 20_000, expires_at=expires_at)
    mine = case_view(case_of(cast.client, small.pk), cast.client)["alternatives"]
    assert [one["code"] for one in mine] == ["proposal", "no_agreement", "arbitration"]
    assert mine[0]["most_minor"] == 20_000
    assert [one.code for one in alternatives.of(case_of(cast.freelancer, small.pk), cast.freelancer)] == [
        "no_agreement",
        "arbitration",
    ]
    assert case_view(case_of(cast.agent, small.pk), cast.agent)["alternatives"] == []


def test_talks_about_a_small_sum_are_shorter(cast: Cast, small: Dispute, say: Say) -> None:
    say(cast.client, "file")
    say(cast.freelancer, "decline", **ANSWER)
    due = small.timers.get(kind="talks").due_at
    assert abs(due - clock.now() - timedelta(hours=48)) < timedelta(minutes=1)


def test_there_is_one_recommendation(cast: Cast, small: Dispute, mediation: Say) -> None:
    recommend(cast, mediation, small)
    for person in (cast.client, cast.freelancer):
        mediation(person, "answer", is_yes=True)
    mediation(cast.client, "ask_change", reason="Another date.")
    with pytest.raises(errors.OneRecommendation):
        mediation(cast.mediator, "issue_recommendation")
    for person in (cast.client, cast.freelancer):
        mediation(person, "decline_mediation")
    assert mediation(cast.mediator, "declare_impasse").state == "non_resolution"
