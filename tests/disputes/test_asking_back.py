"""A milestone's money is asked back and given back, or not: what each does to the money, to what is paid by itself, and
to the time in which there can be a claim.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from mediation.conversations.models import Message, Milestone
from mediation.conversations.queries.room import room_state
from mediation.core import clock
from mediation.core.clock import iso
from mediation.core.errors import Refused
from mediation.disputes import errors
from mediation.disputes.actions import auto_release, claims, contracts, ledger, milestones
from mediation.disputes.models import AutoRelease, Policy
from mediation.disputes.queries.milestones import of_room
from mediation.disputes.queries.policies import newest_terms
from mediation.disputes.rules.milestones import Act, Work, can, check_can
from mediation.disputes.rules.states import Track
from mediation.events.models import Event
from tests.cast import Cast
from tests.conversations.test_replay import Watched, needs_node
from tests.disputes.cases import AMOUNT, Case, ledger_sum
from tests.disputes.funds import held_milestone
from tests.disputes.stories import later

FUNDED = Work(is_submitted=False, held_minor=AMOUNT, is_in_case=False)
ASKED = Work(is_submitted=False, held_minor=AMOUNT, is_in_case=False, is_asked_back=True)
SUBMITTED_ASKED = Work(is_submitted=True, held_minor=AMOUNT, is_in_case=False, is_asked_back=True)
OVER = Work(is_submitted=False, held_minor=AMOUNT, is_in_case=False, is_ended=True)
SUBMITTED_OVER = Work(is_submitted=True, held_minor=AMOUNT, is_in_case=False, is_ended=True)
IN_CASE = Work(is_submitted=False, held_minor=AMOUNT, is_in_case=True, is_asked_back=True)
NOTHING = Work(is_submitted=False, held_minor=0, is_in_case=False, is_asked_back=True)
WORDS = "The season is over."


@pytest.mark.parametrize(
    ("act", "role", "work", "refusal"),
    [
        (Act.ASK_BACK, "client", FUNDED, None),
        (Act.ASK_BACK, "client", OVER, None),
        (Act.ASK_BACK, "client", ASKED, errors.AskedBackAlready),
        (Act.ASK_BACK, "freelancer", FUNDED, errors.ClientsAct),
        (Act.ASK_BACK, "mediator", FUNDED, errors.ClientsAct),
        (Act.ASK_BACK, "client", IN_CASE, errors.MilestoneInCase),
        (Act.ASK_BACK, "client", NOTHING, errors.NothingHeld),
        (Act.WITHDRAW, "client", ASKED, None),
        (Act.WITHDRAW, "client", FUNDED, errors.NotAskedBack),
        (Act.WITHDRAW, "freelancer", ASKED, errors.ClientsAct),
        (Act.WITHDRAW, "client", IN_CASE, errors.MilestoneInCase),
        (Act.GIVE_BACK, "freelancer", FUNDED, None),
        (Act.GIVE_BACK, "freelancer", SUBMITTED_ASKED, None),
        (Act.GIVE_BACK, "freelancer", OVER, None),
        (Act.GIVE_BACK, "client", ASKED, errors.FreelancersAct),
        (Act.GIVE_BACK, None, ASKED, errors.FreelancersAct),
        (Act.GIVE_BACK, "freelancer", IN_CASE, errors.MilestoneInCase),
        (Act.GIVE_BACK, "freelancer", NOTHING, errors.NothingHeld),
        (Act.REFUSE, "freelancer", ASKED, None),
        (Act.REFUSE, "freelancer", FUNDED, errors.NotAskedBack),
        (Act.REFUSE, "client", ASKED, errors.FreelancersAct),
        (Act.SUBMIT, "freelancer", ASKED, errors.AnswerFirst),
        (Act.SUBMIT, "freelancer", OVER, errors.ContractOver),
        (Act.APPROVE, "client", SUBMITTED_ASKED, None),
        (Act.APPROVE, "client", OVER, None),
        (Act.RETURN, "client", SUBMITTED_ASKED, errors.TakeBackFirst),
        (Act.RETURN, "client", SUBMITTED_OVER, errors.ContractOver),
    ],
)
def test_who_may_ask_back_and_give_back_when(
    act: Act, role: str | None, work: Work, refusal: type[Refused] | None
) -> None:
    assert can(act, role, work) is (refusal is None)
    if refusal:
        with pytest.raises(refusal):
            check_can(act, role, work)


# --- In the room -----------------------------------------------------------------------------------------------------
@pytest.fixture
def held(cast: Cast) -> Milestone:
    """The third milestone with its money in escrow, and nobody thinking of a claim."""
    return held_milestone(cast.room.contract, AMOUNT, position=3)


def do(cast: Cast, who: Any, act: Act, **said: Any) -> None:
    said = {"command_id": uuid4(), "note": WORDS} | said
    milestones.act(user=who, room_id=cast.room.pk, position=3, act=act, **said)


def end(cast: Cast, who: Any, **said: Any) -> None:
    contracts.end(user=who, room_id=cast.room.pk, **({"command_id": uuid4(), "reason": WORDS} | said))


def fresh(milestone: Milestone) -> Milestone:
    return Milestone.objects.get(pk=milestone.pk)


def balance(cast: Cast, account: str) -> int:
    return ledger.balance(cast.room.contract_id, account)


def shown(cast: Cast, who: Any) -> dict[str, Any]:
    [one] = of_room(who, cast.room.pk)
    return one


def told() -> list[str]:
    types = Event.objects.filter(type__regex="^(milestone|contract)")
    return list(types.order_by("pk").values_list("type", flat=True))


def test_asked_back_and_given_back_it_is_the_clients_once_however_often_it_is_said(cast: Cast, held: Milestone) -> None:
    asked, given = uuid4(), uuid4()
    for _twice in range(2):
        do(cast, cast.client, Act.ASK_BACK, command_id=asked)
    assert shown(cast, cast.freelancer)["can"] == ["give_back", "refuse"]
    assert shown(cast, cast.client)["can"] == ["withdraw"]
    assert Message.objects.get(code="milestone.asked_back").params["text"] == WORDS
    for _twice in range(2):
        do(cast, cast.freelancer, Act.GIVE_BACK, command_id=given)
    do(cast, cast.client, Act.ASK_BACK, command_id=asked)  # a late repeat changes nothing
    assert (fresh(held).status, balance(cast, "client"), ledger_sum()) == ("refunded", AMOUNT, 0)
    assert told() == ["milestone.asked_back", "milestone.given_back"]
    assert shown(cast, cast.client)["asked_back_at"] is None
    for person, act in ((cast.client, Act.ASK_BACK), (cast.freelancer, Act.SUBMIT)):
        with pytest.raises(errors.NothingHeld):
            do(cast, person, act)


def test_it_can_be_given_back_unasked_and_what_was_submitted_is_paid_no_more(cast: Cast, held: Milestone) -> None:
    do(cast, cast.freelancer, Act.SUBMIT)
    do(cast, cast.freelancer, Act.GIVE_BACK)
    with later(days=60):
        assert auto_release.release_due() == 0
    assert (balance(cast, "client"), balance(cast, "freelancer"), ledger_sum()) == (AMOUNT, 0, 0)


def test_what_is_said_with_words_needs_them(cast: Cast, held: Milestone) -> None:
    with pytest.raises(errors.ReasonMissing):
        do(cast, cast.client, Act.ASK_BACK, note=" ")
    do(cast, cast.client, Act.ASK_BACK)
    with pytest.raises(errors.ReasonMissing):
        do(cast, cast.freelancer, Act.REFUSE, note="")
    assert told() == ["milestone.asked_back"]


def test_while_it_is_asked_back_nothing_is_paid_by_itself(cast: Cast, held: Milestone) -> None:
    do(cast, cast.freelancer, Act.SUBMIT)
    with later(days=4):
        do(cast, cast.client, Act.ASK_BACK)
        assert shown(cast, cast.client)["releases_at"] is None
    with later(days=40):
        assert auto_release.release_due() == 0
        do(cast, cast.freelancer, Act.REFUSE)
        due_at = AutoRelease.objects.get(milestone=held).due_at
        assert due_at
        assert abs(due_at - clock.now() - timedelta(days=10)) < timedelta(minutes=1), "the days that were left"
    with later(days=51):
        assert auto_release.release_due() == 1
    assert (fresh(held).status, balance(cast, "freelancer")) == ("released", AMOUNT)


def test_a_claim_that_is_taken_back_leaves_it_asked_back(cast: Cast, held: Milestone) -> None:
    do(cast, cast.freelancer, Act.SUBMIT)
    do(cast, cast.client, Act.ASK_BACK)
    case = drafted(cast, held)
    case.say(cast.client, "file")
    for person, act in ((cast.client, Act.WITHDRAW), (cast.freelancer, Act.GIVE_BACK), (cast.freelancer, Act.REFUSE)):
        with pytest.raises(errors.MilestoneInCase):
            do(cast, person, act)
    case.say(cast.client, "withdraw")
    with later(days=60):
        assert auto_release.release_due() == 0, "nobody has answered yet"
    do(cast, cast.client, Act.WITHDRAW)
    with later(days=15):
        assert auto_release.release_due() == 1


def test_who_pays_what_they_asked_back_asks_no_more(cast: Cast, held: Milestone) -> None:
    do(cast, cast.freelancer, Act.SUBMIT)
    do(cast, cast.client, Act.ASK_BACK)
    do(cast, cast.client, Act.APPROVE)
    assert (fresh(held).status, balance(cast, "freelancer")) == ("released", AMOUNT)
    assert shown(cast, cast.client)["asked_back_at"] is None


def test_after_a_no_it_can_be_asked_again_and_submitted(cast: Cast, held: Milestone) -> None:
    do(cast, cast.client, Act.ASK_BACK)
    do(cast, cast.freelancer, Act.REFUSE)
    with pytest.raises(errors.NotAskedBack):
        do(cast, cast.client, Act.WITHDRAW)
    do(cast, cast.freelancer, Act.SUBMIT)
    assert Act.ASK_BACK.value not in shown(cast, cast.client)["can"]
    with pytest.raises(errors.RefusedLately):
        do(cast, cast.client, Act.ASK_BACK)
    again_at = datetime.fromisoformat(shown(cast, cast.client)["ask_again_at"])
    assert again_at == fresh(held).refund_answered_at + timedelta(days=14)
    with clock.at(again_at - timedelta(seconds=1)), pytest.raises(errors.RefusedLately):
        do(cast, cast.client, Act.ASK_BACK)
    with clock.at(again_at):
        assert shown(cast, cast.client)["ask_again_at"] is None
        do(cast, cast.client, Act.ASK_BACK)
        assert fresh(held).is_asked_back


def test_a_claim_can_be_filed_while_it_cannot_be_asked_again(cast: Cast, held: Milestone) -> None:
    do(cast, cast.client, Act.ASK_BACK)
    do(cast, cast.freelancer, Act.REFUSE)
    with later(days=6):
        assert drafted(cast, held).say(cast.client, "file").state == "awaiting_response"


# --- The time to file a claim ----------------------------------------------------------------------------------------
def drafted(cast: Cast, about: Milestone) -> Case:
    draft = claims.start_claim(user=cast.client, room_id=cast.room.pk, track=Track.ESCROW, milestone_id=about.pk)
    case = Case(cast, draft.pk)
    case.do(cast.client, "edit_draft")
    return case


def check_files_until(cast: Cast, case: Case, ends: datetime) -> None:
    """In the last moment, not after it."""
    with clock.at(ends + timedelta(milliseconds=1)), pytest.raises(Refused) as late, transaction.atomic():
        case.say(cast.client, "file")
    assert late.type in (errors.WindowOver, errors.NotNow), "the draft is erased when its time is over"
    with clock.at(ends):
        assert case.say(cast.client, "file").state == "awaiting_response"


def test_a_claim_can_be_filed_for_exactly_as_long_as_the_policy_says(cast: Cast, held: Milestone) -> None:
    Policy.objects.create(version=7, terms={"filing_days_escrow": 3}, created_at=clock.now(), published_at=clock.now())
    case = drafted(cast, held)
    assert shown(cast, cast.client)["claim_until"] is None
    do(cast, cast.client, Act.ASK_BACK)
    ends = fresh(held).refund_asked_at + timedelta(days=3)
    assert shown(cast, cast.freelancer)["claim_until"] == iso(ends)
    with later(days=1):
        do(cast, cast.freelancer, Act.REFUSE)
    assert shown(cast, cast.client)["claim_until"] == iso(ends), "an answer makes it no longer and no shorter"
    check_files_until(cast, case, ends)


def test_no_moment_is_named_while_a_case_keeps_everybody_from_filing(cast: Cast, held: Milestone) -> None:
    do(cast, cast.client, Act.ASK_BACK)
    do(cast, cast.freelancer, Act.REFUSE)
    ends = fresh(held).refund_asked_at + timedelta(days=newest_terms().filing_days_escrow)
    begins = clock.now()
    with clock.at(begins):
        case = Case(cast, claims.ask_without_claim(user=cast.client, room_id=cast.room.pk).dispute_id)
    for days in (1, 2):
        with clock.at(begins + timedelta(days=days)):
            said = shown(cast, cast.client)
            assert (said["claim_until"], said["is_claim_time_still"], said["is_in_case"]) == (None, True, False)
    with clock.at(begins + timedelta(days=2)):
        case.do(cast.client, "cancel_ask")
        said = shown(cast, cast.client)
    assert (said["claim_until"], said["is_claim_time_still"]) == (iso(ends + timedelta(days=2)), False)


def test_what_is_no_longer_asked_back_is_limited_by_nothing(cast: Cast, held: Milestone) -> None:
    case = drafted(cast, held)
    do(cast, cast.client, Act.ASK_BACK)
    with later(days=2):
        do(cast, cast.client, Act.WITHDRAW)
        assert shown(cast, cast.client)["claim_until"] is None
    with later(days=30):
        assert case.say(cast.client, "file").state == "awaiting_response"


@needs_node
def test_the_page_follows_what_is_asked_back_and_the_end(cast: Cast, held: Milestone) -> None:
    watched = Watched(cast.room, cast.client, cast.freelancer)
    do(cast, cast.client, Act.ASK_BACK)
    do(cast, cast.freelancer, Act.REFUSE)
    with later(days=15):
        do(cast, cast.client, Act.ASK_BACK)
    watched.compare()
    do(cast, cast.client, Act.WITHDRAW)
    do(cast, cast.freelancer, Act.GIVE_BACK)
    end(cast, cast.client)
    watched.compare()
    state = room_state(user=cast.client, room_id=cast.room.pk)["contract"]
    assert (state["status"], state["milestones"][0]["status"]) == ("ended", "refunded")
