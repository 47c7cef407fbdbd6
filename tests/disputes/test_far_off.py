"""Moments that people choose lie within the policy's days: a hold that moves them further breaks nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from mediation.core import clock
from mediation.disputes.errors import TooFarOff
from mediation.disputes.models import Dispute
from tests.cast import Cast
from tests.disputes.conftest import AMOUNT, Say
from tests.disputes.stories import later

FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
SUMS = {"refund_minor": 1_000, "release_minor": AMOUNT - 1_000}


def test_an_offer_stands_at_most_as_long_as_the_policy_says(cast: Cast, draft: Dispute, mediation: Say) -> None:
    for moment in (FOREVER, clock.now() + timedelta(days=30, minutes=1)):
        with pytest.raises(TooFarOff) as refused:
            mediation(cast.client, "make_offer", **SUMS, expires_at=moment)
        assert refused.value.detail["most_days"] == 30
    mediation(cast.client, "make_offer", **SUMS, expires_at=clock.now() + timedelta(days=29))
    mediation(cast.senior, "hold", reason="Trust and safety looks at it.")
    with later(days=40):
        mediation(cast.senior, "unhold")


def test_a_question_too(cast: Cast, draft: Dispute, mediation: Say) -> None:
    asked = {"asked_of": cast.client.pk, "kind": "document", "text": "The contract?"}
    with pytest.raises(TooFarOff):
        mediation(cast.mediator, "make_request", **asked, due_at=FOREVER)
    mediation(cast.mediator, "make_request", **asked, due_at=clock.now() + timedelta(days=29))
