"""The edges of the way: where a case goes back to, what time it then has, and money that never moves twice."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from mediation.conversations.models import HelpRequest
from mediation.core import clock
from mediation.core.errors import NotFound
from mediation.disputes import errors
from mediation.disputes.actions import firing, ledger
from mediation.disputes.actions.holdings import frozen_account
from mediation.disputes.models import Bid, CaseEntry, Dispute
from mediation.disputes.queries.holdings import held
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.conftest import AMOUNT, Say
from tests.disputes.stories import ANSWER, later, offer, state
from tests.disputes.ways import case_in


def due(draft: Dispute, kind: str) -> datetime:
    return draft.timers.get(kind=kind, fired_at__isnull=True, cancelled_at__isnull=True).due_at


def talk(cast: Cast, say: Say) -> None:
    say(cast.client, "file")
    say(cast.freelancer, "decline", **ANSWER)


def test_a_text_that_is_changed_frees_the_offer_and_wins_no_time(cast: Cast, draft: Dispute, say: Say) -> None:
    talk(cast, say)
    ends = due(draft, "talks")
    say(cast.client, "accept_offer", **offer(cast, say, draft))
    say(cast.client, "ask_change", reason="Another date.")
    assert state(draft) == "negotiating"
    assert abs(due(draft, "talks") - ends) < timedelta(minutes=1)
    say(cast.client, "accept_offer", **offer(cast, say, draft, 40_000))
    assert draft.offers.filter(status="accepted").count() == 1


def test_a_text_goes_back_to_where_it_was_agreed(cast: Cast, draft: Dispute, say: Say) -> None:
    talk(cast, say)
    say(cast.client, "ask_mediator")
    say(cast.client, "accept_offer", **offer(cast, say, draft))
    assert not HelpRequest.objects.filter(ended_at__isnull=True).exists()
    say(cast.freelancer, "ask_change", reason="Another date.")
    assert state(draft) == "escalated"
    assert HelpRequest.objects.filter(ended_at__isnull=True).exists()
    say(cast.mediator, "claim")
    for person in (cast.client, cast.freelancer):
        say(person, "decline_mediation")
    say(cast.mediator, "declare_impasse")
    say(cast.client, "accept_offer", **offer(cast, say, draft))
    say(cast.freelancer, "ask_change", reason="Another date.")
    assert state(draft) == "non_resolution"
    assert due(draft, "election")


def test_an_offer_taken_before_the_answer_goes_back_to_the_answer(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    say(cast.client, "accept_offer", **offer(cast, say, draft))
    say(cast.client, "ask_change", reason="Another date.")
    assert state(draft) == "awaiting_response"
    assert due(draft, "response") < clock.now() + timedelta(days=5, minutes=1)


def test_a_withdrawn_claim_leaves_the_queue_and_gives_the_money_back(cast: Cast, draft: Dispute, say: Say) -> None:
    talk(cast, say)
    say(cast.client, "ask_mediator")
    say(cast.client, "withdraw")
    assert not HelpRequest.objects.filter(ended_at__isnull=True).exists()
    draft.refresh_from_db()
    assert (held(draft), ledger.balance(cast.room.contract_id, frozen_account(draft))) == (AMOUNT, 0)


def test_sealed_sums_are_erased_however_the_case_ends(cast: Cast, draft: Dispute, mediation: Say) -> None:
    mediation(cast.mediator, "open_bidding")
    for person in (cast.client, cast.freelancer):
        mediation(person, "agree_to_bidding")
    mediation(cast.client, "bid", release_minor=100)
    mediation(cast.client, "withdraw")
    assert not Bid.objects.exists()


def test_a_hand_over_gives_no_new_time_and_keeps_who_asked(cast: Cast, draft: Dispute, say: Say) -> None:
    talk(cast, say)
    say(cast.freelancer, "ask_mediator")
    say(cast.mediator, "claim")
    ends = due(draft, "mediation")
    with later(days=3):
        say(cast.mediator, "release", brief="I am away.")
        say(cast.agent, "claim")
    draft.refresh_from_db()
    assert (due(draft, "mediation"), draft.asker_id) == (ends, cast.freelancer.pk)


def test_a_mediator_without_an_account_can_be_replaced(cast: Cast, draft: Dispute, mediation: Say) -> None:
    cast.mediator.is_active = False
    cast.mediator.save(update_fields=["is_active"])
    assert mediation(cast.supervisor, "reassign", brief="She left us.", agent_id=cast.agent.pk).state == "mediating"


def test_talks_end_after_ten_days_however_often_they_are_put_off(cast: Cast, draft: Dispute, say: Say) -> None:
    talk(cast, say)
    began = clock.now()
    say(cast.freelancer, "declare_absence", days=14)
    assert abs(due(draft, "talks") - began - timedelta(days=10)) < timedelta(minutes=1)
    with pytest.raises(errors.NothingToExtend):
        say(cast.senior, "extend", hours=5, reason="A little more.")
    with later(days=9):
        say(cast.client, "ask_mediator")
        say(cast.client, "cancel_ask")
    assert abs(due(draft, "talks") - began - timedelta(days=10)) < timedelta(minutes=1)


def test_one_extension_counts_once_whatever_it_moves_and_two_are_the_most(
    cast: Cast, draft: Dispute, mediation: Say
) -> None:
    offer(cast, mediation, draft)
    ends, expires = due(draft, "mediation"), due(draft, "offer")
    for hours in (1, 2):
        with later(seconds=hours):
            mediation(cast.mediator, "extend", hours=hours, reason="They need it.")
    with pytest.raises(errors.ExtendedEnough):
        mediation(cast.mediator, "extend", hours=1, reason="Once more.")
    assert due(draft, "mediation") == ends + timedelta(hours=3)
    assert due(draft, "offer") == expires + timedelta(hours=3) == draft.offers.get(status="open").expires_at


def test_a_pause_while_signing_does_not_use_up_the_second_time(cast: Cast, draft: Dispute, say: Say) -> None:
    talk(cast, say)
    say(cast.client, "accept_offer", **offer(cast, say, draft))
    say(cast.client, "cool_off", hours=12)
    with later(hours=61):
        firing.sweep()
        assert state(draft) == "settling"


def test_an_offer_stands_as_long_after_a_hold_as_before(cast: Cast, draft: Dispute, say: Say) -> None:
    talk(cast, say)
    named = offer(cast, say, draft)
    say(cast.client, "ask_mediator")
    say(cast.senior, "hold", reason="Trust and safety looks at it.")
    with later(days=3):
        say(cast.senior, "unhold")
        assert say(cast.client, "accept_offer", **named).state == "settling"


def test_what_was_asked_of_a_party_moves_with_a_pause(cast: Cast, draft: Dispute, mediation: Say) -> None:
    until = clock.now() + timedelta(days=2)
    asked = {"asked_of": cast.client.pk, "kind": "document", "text": "The contract, please.", "due_at": until}
    request = UUID(mediation(cast.mediator, "make_request", **asked).data["request_id"])
    mediation(cast.client, "cool_off", hours=12)
    assert draft.requests.get().due_at == until + timedelta(hours=12)
    mediation(cast.client, "answer_request", request_id=request, text="Here it is.")
    assert not draft.deadlines.filter(kind="request", ended_at__isnull=True).exists()


def test_who_chooses_arbitration_too_late_is_told(cast: Cast, draft: Dispute, mediation: Say) -> None:
    for person in (cast.client, cast.freelancer):
        mediation(person, "decline_mediation")
    mediation(cast.mediator, "declare_impasse")
    with later(days=8), pytest.raises(errors.TooLate):
        mediation(cast.client, "elect")


def test_of_a_draft_that_was_thrown_away_nobody_else_ever_hears(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "discard")
    for person in (cast.freelancer, cast.agent, cast.supervisor):
        with pytest.raises(NotFound):
            say(person, "ask_review", reason="What was this?")
    with pytest.raises(errors.TooLate):
        say(cast.client, "ask_review", reason="Hm.")


def test_who_brings_a_claim_to_a_mediation_becomes_its_filer(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING, has_claim=False)
    case.do(cast.freelancer, "attach_claim", claimed_refund_minor=0)
    row = case.row
    assert (row.filer, row.has_claim, row.filer_is_client, row.amount_minor) == (cast.freelancer, True, False, AMOUNT)
    assert ledger.balance(cast.room.contract_id, frozen_account(row)) == AMOUNT
    assert row.statements.get().revealed_at


def test_a_draft_ends_with_its_window_and_only_its_writer_knows(cast: Cast, draft: Dispute, say: Say) -> None:
    assert not draft.deadlines.exists()
    with later(days=7, minutes=1):
        assert firing.sweep() == 1
    assert state(draft) == "closed"
    assert not draft.statements.exists()
    assert set(CaseEntry.objects.values_list("type", "audience")) == {("dispute.lapse_draft", "own_client")}


def test_a_filed_claim_has_no_draft_to_end(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    with later(days=8):
        firing.sweep()
        assert state(draft) == "awaiting_response"


def test_offers_stand_on_their_own_time(cast: Cast, draft: Dispute, say: Say) -> None:
    """The next state does not stop the time of an offer that can still be taken in it."""
    say(cast.client, "file")
    offer(cast, say, draft)
    say(cast.freelancer, "decline", **ANSWER)
    with later(hours=25):
        firing.sweep()
        assert draft.offers.get().status == "expired"


def test_an_agent_who_knows_a_party_decides_nothing_and_takes_over_nothing(
    cast: Cast, draft: Dispute, mediation: Say
) -> None:
    draft.objections.create(
        mediator=cast.agent, raised_by=cast.client, reason="They met.", raised_at=clock.now(), is_upheld=True,
        decided_at=clock.now(),
    )  # fmt: skip
    with pytest.raises(errors.SuccessorInConflict):
        mediation(cast.supervisor, "reassign", brief="Please go on.", agent_id=cast.agent.pk)
    for person in (cast.client, cast.freelancer):
        mediation(person, "decline_mediation")
    mediation(cast.mediator, "declare_impasse")
    with later(days=8):
        firing.sweep()
        with pytest.raises(errors.ConflictOfInterest):
            mediation(cast.agent, "confirm_no_arbitration")


def test_what_is_asked_in_a_private_talk_stands_in_its_own_chain(cast: Cast, draft: Dispute, mediation: Say) -> None:
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    mediation(cast.mediator, "ask_release", party=cast.client.pk, text="The 24th matters.", question="May I?")
    assert CaseEntry.objects.get(type="dispute.ask_release").audience == "caucus_client"


def test_when_a_claim_was_begun_is_told_to_nobody(cast: Cast, draft: Dispute, say: Say) -> None:
    with later(days=3):
        say(cast.client, "file")
        draft.refresh_from_db()
        assert draft.created_at == draft.filed_at
