"""A filed claim about Helen's and Mateo's third milestone, and short ways to say commands."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from accounts.models import User
from mediation.conversations.models import Milestone
from mediation.core import clock
from mediation.disputes.actions import claims
from mediation.disputes.actions.transition import Result, transition
from mediation.disputes.models import Dispute, Statement
from mediation.disputes.rules.states import Track
from tests.cast import Cast
from tests.disputes.funds import held

AMOUNT = 220_000

Say = Callable[..., Result]


@pytest.fixture
def milestone(cast: Cast) -> Milestone:
    """Two thousand two hundred dollars in escrow, just asked back, which Mateo would not give."""
    made = Milestone.objects.create(
        contract=cast.room.contract, position=3, title="Checkout and launch", amount_minor=AMOUNT, status="funded",
        refund_asked_at=clock.now(), refund_answered_at=clock.now(),
    )  # fmt: skip
    held(made)
    return made


@pytest.fixture
def draft(cast: Cast, milestone: Milestone) -> Dispute:
    """Helen's draft, complete, with its money in escrow."""
    dispute = claims.start_claim(user=cast.client, room_id=cast.room.pk, track=Track.ESCROW, milestone_id=milestone.pk)
    dispute.problem, dispute.claimed_refund_minor = "quality", AMOUNT
    dispute.save(update_fields=["problem", "claimed_refund_minor"])
    now = clock.now()
    Statement.objects.create(dispute=dispute, author=cast.client, body="The checkout fails on phones.", updated_at=now)
    return dispute


@pytest.fixture
def say(draft: Dispute) -> Say:
    """`say(person, "command", **payload)` to the case."""

    def to_case(actor: User | None, command: str, *, received_at: datetime | None = None, **payload: Any) -> Result:
        return transition(
            actor=actor,
            dispute_id=draft.pk,
            command=command,
            payload=payload,
            command_id=uuid4(),
            received_at=received_at,
        )

    return to_case


@pytest.fixture
def mediation(cast: Cast, say: Say) -> Say:
    """Ana mediates, and one issue stands that both have confirmed."""
    say(cast.client, "file")
    say(cast.freelancer, "decline", reason="disagree", statement="I delivered what we agreed.")
    say(cast.client, "ask_mediator", note="We cannot agree.")
    say(cast.mediator, "claim")
    issue = UUID(say(cast.mediator, "add_issue", title="Checkout on phones").data["issue_id"])
    for person in (cast.client, cast.freelancer):
        say(person, "state_position", issue_id=issue, text="My view.")
        say(person, "confirm_issue", issue_id=issue)
    return say
