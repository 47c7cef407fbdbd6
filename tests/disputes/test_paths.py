"""Every way through the workflow that is not the straight one, each told to its end."""

from typing import Any

import pytest

from mediation.conversations.models import Message
from mediation.conversations.queries.log import events_after
from mediation.core import clock
from mediation.disputes import errors
from mediation.disputes.actions import firing, ledger, payments
from mediation.disputes.models import Bid, Dispute, Notice, Release
from tests.cast import Cast
from tests.disputes.conftest import AMOUNT, Say
from tests.disputes.stories import ANSWER, later, recommend, state


def test_silence_is_a_default_only_after_notices_grace_and_a_stay(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    with pytest.raises(errors.TooEarly):
        say(cast.agent, "confirm_default", reason="No answer.")
    with later(days=5, minutes=1):
        firing.sweep()
    with later(days=7, minutes=2):
        firing.sweep()
        draft.refresh_from_db()
        assert (draft.state, draft.is_overdue) == ("awaiting_response", True)
        with pytest.raises(errors.NoticesMissing):
            say(cast.agent, "confirm_default", reason="No answer.")
        Notice.objects.update(handed_over_at=clock.now())
        assert say(cast.agent, "confirm_default", reason="No answer after two notices.").state == "executing"
        assert payments.pay_out() == 0  # nothing moves during the stay
    with later(days=8, minutes=3):
        firing.sweep()
        assert payments.pay_out() == 1
    draft.refresh_from_db()
    assert (draft.state, draft.outcome) == ("closed", "defaulted")
    assert ledger.balance(cast.room.contract_id, "client") == AMOUNT


def test_a_late_answer_in_the_grace_still_counts(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    with later(days=6):
        assert say(cast.freelancer, "decline", **ANSWER).state == "negotiating"


def test_accepting_in_full_pays_what_was_asked(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    assert say(cast.freelancer, "accept_full").state == "executing"
    payments.pay_out()
    assert state(draft) == "closed"
    assert draft.outcome == "accepted_in_full"


def test_talks_without_an_end_go_to_a_mediator_and_a_mediation_without_an_end_to_an_election(
    cast: Cast, draft: Dispute, say: Say
) -> None:
    say(cast.client, "file")
    say(cast.freelancer, "decline", **ANSWER)
    with later(hours=73):
        firing.sweep()
        assert state(draft) == "escalated"
        say(cast.mediator, "claim")
        with later(days=31):
            firing.sweep()
            assert state(draft) == "non_resolution"
            with later(days=8):
                firing.sweep()
                assert say(cast.agent, "confirm_no_arbitration").state == "executing"
    draft.refresh_from_db()
    assert (draft.outcome, draft.settled_refund_minor) == ("returned_to_client", AMOUNT)


def test_asking_can_be_taken_back_by_who_asked_until_somebody_comes(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    say(cast.freelancer, "decline", **ANSWER)
    say(cast.client, "ask_mediator")
    with pytest.raises(errors.NotYours):
        say(cast.freelancer, "cancel_ask")
    assert say(cast.client, "cancel_ask").state == "negotiating"


@pytest.mark.parametrize(("answers", "ends"), [((True, True), "settling"), ((True, False), "non_resolution")])
def test_sealed_answers_are_looked_at_together(
    cast: Cast, draft: Dispute, mediation: Say, answers: tuple[bool, bool], ends: str
) -> None:
    recommend(cast, mediation, draft)
    before = draft.room.threads.get(audience="joint", is_main=True).head_seq
    version = Dispute.objects.get(pk=draft.pk).version
    mediation(cast.client, "answer", is_yes=False)
    mediation(cast.client, "answer", is_yes=answers[0])
    assert cast.joint.head_seq == before, "a sealed answer was told to everyone"
    assert Dispute.objects.get(pk=draft.pk).version == version
    assert mediation(cast.freelancer, "answer", is_yes=answers[1]).state == ends


def test_no_answer_is_not_a_yes(cast: Cast, draft: Dispute, mediation: Say) -> None:
    recommend(cast, mediation, draft)
    mediation(cast.client, "answer", is_yes=True)
    with later(days=5):
        firing.sweep()
    assert state(draft) == "non_resolution"


def test_a_recommendation_skips_no_issue_and_its_sums_close(cast: Cast, draft: Dispute, mediation: Say) -> None:
    with pytest.raises(errors.EvidenceStillOpen):
        mediation(cast.mediator, "issue_recommendation")
    mediation(cast.mediator, "close_evidence")
    with pytest.raises(errors.Incomplete):
        mediation(cast.mediator, "issue_recommendation")
    finding = {"issue_id": draft.issues.get().pk, "text": "So.", "refund_minor": 1, "evidence": []}
    sums = {"summary": "", "refund_minor": 1, "release_minor": AMOUNT - 1, "findings": [finding]}
    mediation(cast.mediator, "draft_recommendation", **sums)
    with pytest.raises(errors.FindingMissing):
        mediation(cast.mediator, "issue_recommendation")
    with pytest.raises(errors.EvidenceClosed):
        mediation(cast.client, "submit_evidence", kind="file", title="Late", excerpt="late")


@pytest.mark.parametrize(("client", "freelancer", "release"), [(180_000, 170_000, 175_000), (100_000, 170_000, None)])
def test_blind_bids_meet_at_the_midpoint_or_tell_nothing(
    cast: Cast, draft: Dispute, mediation: Say, client: int, freelancer: int, release: int | None
) -> None:
    mediation(cast.mediator, "open_bidding")
    with pytest.raises(errors.BiddingNotAgreed):
        mediation(cast.client, "bid", release_minor=client)
    for person in (cast.client, cast.freelancer):
        mediation(person, "agree_to_bidding")
    mediation(cast.client, "bid", release_minor=client)
    assert str(client) not in Bid.objects.get().sealed
    with pytest.raises(errors.BidAlready):
        mediation(cast.client, "bid", release_minor=client)
    ends = mediation(cast.freelancer, "bid", release_minor=freelancer).state
    assert ends == ("settling" if release else "mediating")
    assert not Bid.objects.exists()
    if release:
        assert draft.agreements.get().params["release_minor"] == release
    said = str([entry.payload for entry in events_after({cast.joint.pk: 0})])
    assert str(client) not in said
    assert str(freelancer) not in said


def test_words_leave_a_private_talk_only_with_consent_and_a_refusal_leaves_no_trace(
    cast: Cast, draft: Dispute, mediation: Say
) -> None:
    def ask(text: str) -> Any:
        mediation(cast.mediator, "ask_release", party=cast.client.pk, text=text, question="May I share this?")
        return Release.objects.get(text=text).pk

    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    first = ask("The 24th matters to Helen.")
    head, version = cast.joint.head_seq, Dispute.objects.get(pk=draft.pk).version
    with pytest.raises(errors.NothingOpen):
        mediation(cast.freelancer, "grant_release", release_id=first)
    mediation(cast.client, "refuse_release", release_id=first)
    assert (cast.joint.head_seq, Dispute.objects.get(pk=draft.pk).version) == (head, version)
    mediation(cast.client, "grant_release", release_id=ask("She would rather have it tested."))
    line = Message.objects.filter(thread=cast.joint, code="dispute.grant_release").get()
    assert line.params["text"] == "She would rather have it tested."
