"""A case that is opened again is decided anew: nothing that decided it the first time counts any more."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from mediation.conversations.actions import files
from mediation.disputes import errors
from mediation.disputes.actions import firing, ledger, payments
from mediation.disputes.models import Dispute
from mediation.disputes.queries.case import case_view
from mediation.disputes.queries.casefile import export
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import State
from mediation.web.casebook.book import compose
from tests.cast import Cast
from tests.disputes.cases import AMOUNT, Case
from tests.disputes.stories import later
from tests.disputes.ways import case_in


def seen(case: Case, who: User) -> dict[str, Any]:
    return case_view(case.row, who)


def reopened(case: Case) -> Case:
    """Whatever is to be paid is paid; then a supervisor opens the case again and names another mediator."""
    payments.pay_out()
    case.do(case.cast.supervisor, "reopen")
    assert case.row.state == State.MEDIATING
    return Case(replace(case.cast, mediator=case.cast.agent), case.id)


def give_up(case: Case) -> None:
    for party in (case.cast.client, case.cast.freelancer):
        case.do(party, "decline_mediation")
    case.do(case.cast.mediator, "declare_impasse")


def recommend(case: Case) -> None:
    for command in ("close_evidence", "draft_recommendation", "issue_recommendation"):
        case.do(case.cast.mediator, command)


@pytest.fixture
def awarded(cast: Cast) -> Case:
    """Both declined, chose arbitration and paid; two seniors recorded the award: 50,000 went back to the client."""
    case = case_in(cast, State.IN_ARBITRATION)
    file = SimpleUploadedFile("award.txt", b"So it is decided.")
    files.upload(user=cast.senior, thread_id=cast.id_of("internal"), file=file)
    case.do(cast.senior, "enter_award")
    case.do(cast.supervisor, "record_award")
    return reopened(case)


def test_who_declined_chose_and_paid_before_has_not_done_so_now(awarded: Case) -> None:
    cast = awarded.cast
    with pytest.raises(errors.NotYetImpasse):
        awarded.do(cast.mediator, "declare_impasse")
    give_up(awarded)
    with pytest.raises(errors.NotElected):
        awarded.do(cast.client, "pay_share")
    for command in ("elect", "pay_share"):
        awarded.do(cast.client, command)
        with pytest.raises(errors.NotAllowed):
            awarded.do(cast.client, command)  # chosen once, paid once
    assert awarded.row.state == State.NON_RESOLUTION
    assert [one["kind"] for one in seen(awarded, cast.client)["arbitration"]] == ["elected", "paid"]
    for command in ("elect", "pay_share"):
        awarded.do(cast.freelancer, command)
    assert awarded.row.state == State.IN_ARBITRATION
    with pytest.raises(errors.Incomplete):
        awarded.do(cast.supervisor, "record_award", file_id=None)


def test_nobody_who_paid_before_is_given_the_money_now(awarded: Case) -> None:
    give_up(awarded)
    with later(days=8):
        firing.sweep()
        awarded.do(awarded.cast.senior, "confirm_no_arbitration")
        payments.pay_out()
    contract = awarded.cast.room.contract_id
    assert (awarded.row.outcome, awarded.row.state) == ("no_agreement", State.CLOSED)
    share = Terms().arbitration_share_minor
    assert ledger.balance(contract, "client") == 50_000 - share, "what the award gave back stays, and so does its fee"


def test_an_award_that_was_entered_before_is_not_confirmed_now(cast: Cast) -> None:
    case = case_in(cast, State.IN_ARBITRATION)
    files.upload(user=cast.senior, thread_id=cast.id_of("internal"), file=SimpleUploadedFile("a.txt", b"So."))
    case.do(cast.senior, "enter_award")
    case.say(cast.senior, "void", reason="One account was stolen.")
    again = reopened(case)
    give_up(again)
    for party in (cast.client, cast.freelancer):
        for command in ("elect", "pay_share"):
            again.do(party, command)
    with pytest.raises(errors.Incomplete):
        again.say(cast.supervisor, "record_award", reason="As decided.")
    assert case.row.awards.get().confirmed_at is None


def test_a_recommendation_is_made_and_answered_anew_also_for_a_small_sum(cast: Cast) -> None:
    case = case_in(cast, State.RECOMMENDED)
    Dispute.objects.filter(pk=case.id).update(is_low_value=True)
    for party in (cast.client, cast.freelancer):
        case.do(party, "answer")
    for party in (cast.client, cast.freelancer):
        case.do(party, "accept_text")
    again = reopened(case)
    assert seen(again, cast.client)["recommendation"] is None
    with pytest.raises(errors.NotYetImpasse):
        again.do(again.cast.mediator, "declare_impasse")
    recommend(again)
    again.do(cast.client, "answer")
    assert again.row.state == State.RECOMMENDED, "the other's answer of before is not an answer to this one"
    with later(days=8):
        firing.sweep()
    assert again.row.state == State.NON_RESOLUTION
    shown = seen(again, cast.client)
    assert (shown["recommendation"]["number"], shown["recommendation"]["is_agreed"]) == (2, False)
    assert shown["earlier"][0]["recommendation"]["is_agreed"] is True


def test_what_going_on_would_bring_is_what_it_brings_from_here(cast: Cast) -> None:
    """60,000 went back the first time: without another agreement that stays so, whoever counts it."""
    case = case_in(cast, State.EXECUTING)
    Dispute.objects.filter(pk=case.id).update(is_low_value=True)
    again = reopened(case)
    sums = {"client": 60_000, "freelancer": AMOUNT - 60_000}
    for name, mine in sums.items():
        ways = {one["code"]: one for one in seen(again, getattr(cast, name))["alternatives"]}
        assert "proposal" not in ways
        assert (ways["no_agreement"]["least_minor"], ways["no_agreement"]["most_minor"]) == (mine, mine)
    give_up(again)
    with later(days=8):
        firing.sweep()
        again.do(again.cast.agent, "confirm_no_arbitration")
        payments.pay_out()
    contract = cast.room.contract_id
    assert {name: ledger.balance(contract, name) for name in sums} == sums


def test_a_small_sum_has_one_recommendation_each_time(cast: Cast) -> None:
    case = case_in(cast, State.RECOMMENDED)
    Dispute.objects.filter(pk=case.id).update(is_low_value=True)
    case.do(cast.client, "withdraw")
    again = reopened(case)
    assert seen(again, cast.client)["alternatives"][0]["code"] != "proposal", (
        "what was proposed before is off the table"
    )
    recommend(again)
    for party in (cast.client, cast.freelancer):
        again.do(party, "answer")
    again.do(cast.client, "ask_change")
    again.do(again.cast.mediator, "draft_recommendation")
    with pytest.raises(errors.OneRecommendation):
        again.do(again.cast.mediator, "issue_recommendation")


def test_sealed_bids_have_their_rounds_anew(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    for _round in range(3):
        case.do(cast.mediator, "open_bidding")
        for command in ("agree_to_bidding", "bid"):
            case.do(cast.client, command)
            case.do(cast.freelancer, command, release_minor=AMOUNT)
    with pytest.raises(errors.NoMoreRounds):
        case.do(cast.mediator, "open_bidding")
    case.do(cast.client, "withdraw")
    again = reopened(case)
    again.do(again.cast.mediator, "open_bidding")
    with pytest.raises(errors.BiddingNotAgreed):
        again.do(cast.client, "bid")
    shown = seen(again, cast.client)
    assert [one["number"] for one in shown["bidding"]["rounds"]] == [4]
    assert [one["number"] for one in shown["earlier"][0]["bidding"]["rounds"]] == [1, 2, 3]


def test_a_text_that_both_had_accepted_is_agreed_anew_and_only_the_difference_moves(cast: Cast) -> None:
    case = case_in(cast, State.EXECUTING)  # 60,000 back, 160,000 released
    first = case.row.agreements.get(void_at__isnull=True)
    again = reopened(case)
    assert seen(again, cast.client)["agreement"] is None
    again.do(again.cast.mediator, "propose_text", refund_minor=90_000, release_minor=AMOUNT - 90_000)
    again.do(cast.client, "accept_text")
    with pytest.raises(errors.OtherText):
        again.do(cast.freelancer, "accept_text", sha256=first.sha256)
    assert again.row.state == State.SETTLING
    again.do(cast.freelancer, "accept_text")
    assert payments.pay_out() == 1
    contract = cast.room.contract_id
    moved = [ledger.balance(contract, account) for account in ("client", "freelancer")]
    assert (moved, again.row.state) == ([90_000, AMOUNT - 90_000], State.CLOSED)
    assert seen(again, cast.client)["earlier"][0]["agreement"]["sha256"] == first.sha256


def test_the_second_end_can_be_reviewed_too(cast: Cast) -> None:
    case = case_in(cast, State.EXECUTING)
    payments.pay_out()
    case.do(cast.client, "ask_review")
    case.do(cast.supervisor, "decide_review")
    again = reopened(case)
    again.do(cast.client, "withdraw")
    with later(hours=1):
        with pytest.raises(errors.NothingOpen):
            again.do(cast.supervisor, "reopen", terms_not_kept=False)
        again.do(cast.freelancer, "ask_review")
        with pytest.raises(errors.ReviewedAlready):
            again.do(cast.client, "ask_review")


def test_an_objection_that_nobody_ruled_on_ends_with_the_case(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    case.do(cast.freelancer, "object_to_mediator")
    case.do(cast.client, "withdraw")
    [ended] = seen(case, cast.client)["objections"]
    assert (bool(ended["decided_at"]), ended["is_upheld"]) == (True, None)
    again = reopened(case)
    with pytest.raises(errors.NothingOpen):
        again.do(cast.supervisor, "decide_objection")
    again.do(cast.client, "object_to_mediator")
    again.do(cast.supervisor, "decide_objection", is_upheld=True)
    assert (again.row.state, again.row.mediator_id) == (State.ESCALATED, None)


def test_deadlines_can_be_extended_anew(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    for _ in range(Terms().extensions_most):
        case.do(cast.mediator, "extend")
    case.do(cast.client, "withdraw")
    again = reopened(case)
    for _ in range(Terms().extensions_most):
        again.do(again.cast.mediator, "extend")
    with pytest.raises(errors.ExtendedEnough):
        again.do(again.cast.mediator, "extend")


def test_who_was_heard_before_is_heard_anew(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    case.do(cast.mediator, "begin_caucus", party=cast.client.pk)
    case.do(cast.mediator, "end_caucus")
    case.do(cast.freelancer, "decline_caucus")
    case.do(cast.client, "withdraw")
    again = reopened(case)
    with pytest.raises(errors.NothingOpen):
        again.do(cast.freelancer, "decline_caucus")
    again.do(again.cast.mediator, "begin_caucus", party=cast.freelancer.pk)
    again.do(again.cast.mediator, "end_caucus")
    with pytest.raises(errors.CaucusOwed):
        recommend(again)
    again.do(cast.client, "decline_caucus")
    again.do(again.cast.mediator, "issue_recommendation")
    assert again.row.state == State.RECOMMENDED


def test_the_case_file_tells_of_the_first_time_after_the_second(awarded: Case) -> None:
    cast = awarded.cast
    recommend(awarded)
    document = export(awarded.row, cast.client)
    titles = [part.title for part in compose(document, "en").parts]
    assert titles.index("Recommendation") < titles.index("Earlier, round 1: Arbitration and review")
    assert len(document["view"]["earlier"][0]["arbitration"]) == 4
    assert document["view"]["earlier"][0]["awards"][0]["refund_minor"] == 50_000


def test_opening_a_case_again_answers_the_review_that_waited(cast: Cast) -> None:
    case = case_in(cast, State.CLOSED)
    case.do(cast.client, "ask_review")
    with pytest.raises(errors.ReviewedAlready):
        case.do(cast.freelancer, "ask_review")
    case.do(cast.supervisor, "reopen", terms_not_kept=True, reason="It was right to ask.")
    answered = case.row.reviews.get()
    assert (answered.is_upheld, answered.decided_by, answered.ruling) == (True, cast.supervisor, "It was right to ask.")
    case.do(cast.client, "withdraw")
    case.do(cast.freelancer, "ask_review")
    case.do(cast.supervisor, "decide_review", is_upheld=False)
    assert not case.row.reviews.filter(decided_at__isnull=True).exists()
