"""Settling by an offer: one text, two acceptances, and the money moves once."""

from datetime import timedelta
from typing import Any

import pytest

from mediation.core import clock
from mediation.disputes.actions import firing, ledger, payments
from mediation.disputes.actions.holdings import frozen_account
from mediation.disputes.errors import OfferGone, OtherText, OwnOffer, PasswordNeeded, SplitDoesNotClose
from mediation.disputes.models import Dispute, Offer
from mediation.disputes.queries.case import case_view
from mediation.disputes.rules.states import State
from mediation.web.words import SYSTEM
from tests.cast import Cast
from tests.disputes.conftest import AMOUNT, Say
from tests.disputes.ways import case_in

ANSWER = {"reason": "disagree", "statement": "I delivered what we agreed."}


def an_offer(refund_minor: int, **fields: Any) -> dict[str, Any]:
    return {
        "refund_minor": refund_minor,
        "release_minor": AMOUNT - refund_minor,
        "expires_at": clock.now() + timedelta(days=1),
        "terms": ["Checkout fixed by Friday"],
    } | fields


@pytest.fixture
def talks(cast: Cast, say: Say) -> Say:
    say(cast.client, "file")
    say(cast.freelancer, "decline", **ANSWER)
    return say


def open_offer(draft: Dispute) -> dict[str, Any]:
    offer = Offer.objects.get(dispute=draft, status="open")
    return {"offer_id": offer.pk, "offer_version": offer.version}


def sign(cast: Cast, talks: Say, draft: Dispute) -> None:
    text = draft.agreements.get(void_at__isnull=True)
    for person in (cast.client, cast.freelancer):
        talks(person, "accept_text", sha256=text.sha256, password_is_fresh=True)


def test_an_accepted_offer_moves_the_money_once_and_closes_the_case(cast: Cast, draft: Dispute, talks: Say) -> None:
    talks(cast.freelancer, "make_offer", **an_offer(30_000))
    talks(cast.client, "counter_offer", **an_offer(70_000) | open_offer(draft))
    assert talks(cast.freelancer, "accept_offer", **open_offer(draft)).state == "settling"
    sign(cast, talks, draft)
    draft.refresh_from_db()
    assert draft.state == "executing"
    assert payments.pay_out() == 1
    assert payments.pay_out() == 0
    draft.refresh_from_db()
    contract = cast.room.contract_id
    assert (draft.state, draft.outcome, draft.settled_refund_minor) == ("closed", "settled", 70_000)
    assert ledger.balance(contract, "client") == 70_000
    assert ledger.balance(contract, "freelancer") == AMOUNT - 70_000
    assert ledger.balance(contract, frozen_account(draft)) == 0


def test_only_what_stands_can_be_answered_and_only_by_the_other(cast: Cast, draft: Dispute, talks: Say) -> None:
    talks(cast.freelancer, "make_offer", **an_offer(30_000))
    offer = open_offer(draft)
    with pytest.raises(OwnOffer):
        talks(cast.freelancer, "accept_offer", **offer)
    with pytest.raises(SplitDoesNotClose):
        talks(cast.client, "make_offer", **an_offer(30_000, release_minor=1))
    talks(cast.freelancer, "withdraw_offer", **offer)
    with pytest.raises(OfferGone):
        talks(cast.client, "accept_offer", **offer)


def test_an_offer_is_over_at_its_time_and_the_talks_go_on(cast: Cast, draft: Dispute, talks: Say) -> None:
    talks(cast.freelancer, "make_offer", **an_offer(30_000, expires_at=clock.now() + timedelta(hours=3)))
    offer = open_offer(draft)
    late = clock.now() + timedelta(hours=4)
    with clock.at(late):
        assert firing.sweep() == 1
        assert firing.sweep() == 0
        with pytest.raises(OfferGone):
            talks(cast.client, "accept_offer", **offer)
    assert Offer.objects.get(pk=offer["offer_id"]).status == "expired"


def test_a_command_received_in_time_beats_the_timer(cast: Cast, draft: Dispute, talks: Say) -> None:
    talks(cast.freelancer, "make_offer", **an_offer(30_000, expires_at=clock.now() + timedelta(hours=3)))
    in_time = clock.now() + timedelta(hours=2)
    with clock.at(clock.now() + timedelta(hours=4)):
        assert talks(cast.client, "accept_offer", received_at=in_time, **open_offer(draft)).state == "settling"


def test_both_accept_the_same_words_and_above_the_limit_with_their_password(
    cast: Cast, draft: Dispute, talks: Say
) -> None:
    talks(cast.freelancer, "make_offer", **an_offer(30_000))
    talks(cast.client, "accept_offer", **open_offer(draft))
    text = draft.agreements.get(void_at__isnull=True)
    with pytest.raises(PasswordNeeded):
        talks(cast.client, "accept_text", sha256=text.sha256)
    with pytest.raises(OtherText):
        talks(cast.client, "accept_text", sha256="0" * 64, password_is_fresh=True)
    talks(cast.client, "accept_text", sha256=text.sha256, password_is_fresh=True)
    assert talks(cast.freelancer, "ask_change", reason="The date is wrong.").state == "negotiating"
    assert not draft.agreements.filter(void_at__isnull=True).exists()


def test_nobody_signs_and_the_talks_go_on_after_a_second_time(cast: Cast, draft: Dispute, talks: Say) -> None:
    talks(cast.freelancer, "make_offer", **an_offer(30_000))
    talks(cast.client, "accept_offer", **open_offer(draft))
    with clock.at(clock.now() + timedelta(hours=49)):
        firing.sweep()
        draft.refresh_from_db()
        assert draft.state == "settling"
    with clock.at(clock.now() + timedelta(hours=98)):
        firing.sweep()
    draft.refresh_from_db()
    assert draft.state == "negotiating"


@pytest.mark.parametrize("from_state", [State.AWAITING_RESPONSE, State.NEGOTIATING, State.ESCALATED, State.MEDIATING])
def test_what_follows_when_nobody_signs_is_true_wherever_the_text_came_from(cast: Cast, from_state: State) -> None:
    """The bar says it before, the room's line after: it goes on where it was, and not always in talks."""
    case = case_in(cast, from_state)
    case.do(cast.client, "make_offer", expires_at=clock.now() + timedelta(days=20))
    case.do(cast.freelancer, "accept_offer")
    with clock.at(clock.now() + timedelta(hours=49)):
        firing.sweep()
        assert case_view(case.row, cast.client)["standing"]["otherwise"] == "back_as_before"
    with clock.at(clock.now() + timedelta(hours=98)):
        firing.sweep()
        assert case.row.state == from_state
    assert "Talks" not in str(SYSTEM["dispute.sign_lapsed"])
