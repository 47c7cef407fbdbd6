"""The straight way of a case, one command after the other."""

from uuid import uuid4

import pytest

from mediation.conversations.models import Member
from mediation.conversations.queries.log import events_after
from mediation.core.errors import NotFound
from mediation.disputes.actions import ledger
from mediation.disputes.actions.holdings import frozen_account
from mediation.disputes.actions.transition import transition
from mediation.disputes.errors import NotNow, NotYours, StaleVersion
from mediation.disputes.models import Dispute
from tests.cast import Cast
from tests.disputes.conftest import AMOUNT, Say

ANSWER = {"reason": "disagree", "statement": "I delivered what we agreed."}


def test_from_a_draft_to_a_mediator_in_the_room(cast: Cast, draft: Dispute, say: Say) -> None:
    assert say(cast.client, "file").state == "awaiting_response"
    assert ledger.balance(cast.room.contract_id, frozen_account(draft)) == AMOUNT
    assert say(cast.freelancer, "decline", **ANSWER).state == "negotiating"
    assert say(cast.freelancer, "ask_mediator").state == "escalated"
    assert say(cast.mediator, "claim").state == "mediating"
    assert Member.objects.filter(room=cast.room, user=cast.mediator, left_at__isnull=True).exists()
    types = [entry.payload["type"] for entry in events_after({cast.joint.pk: 1})]
    assert [one for one in types if one.startswith("dispute.")] == [
        "dispute.file",
        "dispute.decline",
        "dispute.ask_mediator",
        "dispute.claim",
    ]


def test_a_draft_is_its_filers_alone(cast: Cast, draft: Dispute, say: Say) -> None:
    for person in (cast.freelancer, cast.mediator, cast.admin, cast.outsider):
        with pytest.raises(NotFound):
            say(person, "file")


def test_a_command_said_twice_is_said_once(cast: Cast, draft: Dispute) -> None:
    command_id = uuid4()
    first = transition(actor=cast.client, dispute_id=draft.pk, command="file", command_id=command_id)
    again = transition(actor=cast.client, dispute_id=draft.pk, command="file", command_id=command_id)
    assert (again.state, again.version, again.repeated) == (first.state, first.version, True)


def test_who_was_late_is_told_how_it_stands(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    with pytest.raises(StaleVersion) as refusal:
        transition(actor=cast.freelancer, dispute_id=draft.pk, command="accept_full", expected_version=0)
    assert refusal.value.detail == {"state": "awaiting_response", "version": 1}
    with pytest.raises(NotNow):
        say(cast.client, "file")
    with pytest.raises(NotYours):
        say(cast.client, "accept_full")
    with pytest.raises(NotFound):
        say(cast.outsider, "accept_full")
