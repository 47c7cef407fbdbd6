"""A milestone is submitted, approved, sent back, or paid by itself: each once, and none while a case is about it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from mediation.conversations.actions import rooms
from mediation.conversations.models import Message, Milestone
from mediation.core import clock
from mediation.core.errors import NotFound, Refused
from mediation.disputes import errors, tasks
from mediation.disputes.actions import auto_release, ledger, milestones, payments
from mediation.disputes.models import AutoRelease, Dispute, Heartbeat, LedgerEntry, Policy
from mediation.disputes.queries.milestones import of_room
from mediation.disputes.rules.milestones import Act, Work, can, check_can
from mediation.events.models import Event
from tests.cast import Cast, make_contract
from tests.conversations.test_replay import Watched, needs_node
from tests.disputes.cases import ledger_sum
from tests.disputes.conftest import AMOUNT, Say
from tests.disputes.funds import held_milestone
from tests.disputes.stories import later, offer, sign

HELD = Work(is_submitted=False, held_minor=AMOUNT, is_in_case=False)
SUBMITTED = Work(is_submitted=True, held_minor=AMOUNT, is_in_case=False)


@pytest.fixture
def held(cast: Cast, milestone: Milestone) -> Milestone:
    """The third milestone with its money in escrow, and nobody thinking of a claim."""
    ledger.fund(
        contract_id=cast.room.contract_id, account=f"escrow:{milestone.pk}", currency="USD", amount_minor=AMOUNT,
        key=f"fund:{milestone.pk}", at=clock.now(),
    )  # fmt: skip
    return milestone


def do(cast: Cast, who: Any, act: Act, **said: Any) -> None:
    said = {"command_id": uuid4()} | said
    milestones.act(user=who, room_id=cast.room.pk, position=3, act=act, **said)


def status(milestone: Milestone) -> str:
    return Milestone.objects.get(pk=milestone.pk).status


def paid(cast: Cast) -> int:
    return ledger.balance(cast.room.contract_id, "freelancer")


@pytest.mark.parametrize(
    ("act", "role", "work", "refusal"),
    [
        (Act.SUBMIT, "freelancer", HELD, None),
        (Act.SUBMIT, "client", HELD, errors.FreelancersAct),
        (Act.SUBMIT, None, HELD, errors.FreelancersAct),
        (Act.SUBMIT, "freelancer", SUBMITTED, errors.SubmittedAlready),
        (Act.SUBMIT, "freelancer", Work(False, 0, False), errors.NothingHeld),
        (Act.APPROVE, "client", SUBMITTED, None),
        (Act.APPROVE, "client", HELD, errors.NotSubmitted),
        (Act.APPROVE, "freelancer", SUBMITTED, errors.ClientsAct),
        (Act.APPROVE, "mediator", SUBMITTED, errors.ClientsAct),
        (Act.RETURN, "client", SUBMITTED, None),
        (Act.RETURN, "client", Work(True, AMOUNT, True), errors.MilestoneInCase),
    ],
)
def test_who_may_do_what_when(act: Act, role: str | None, work: Work, refusal: type[Refused] | None) -> None:
    assert can(act, role, work) is (refusal is None)
    if refusal:
        with pytest.raises(refusal):
            check_can(act, role, work)


def test_submitted_and_approved_it_is_paid_once_however_often_it_is_said(cast: Cast, held: Milestone) -> None:
    submitted, approved = uuid4(), uuid4()
    for _twice in range(2):
        do(cast, cast.freelancer, Act.SUBMIT, command_id=submitted)
    assert status(held) == "submitted"
    for _twice in range(2):
        do(cast, cast.client, Act.APPROVE, command_id=approved)
    do(cast, cast.freelancer, Act.SUBMIT, command_id=submitted)  # a late repeat changes nothing
    assert (status(held), paid(cast), ledger_sum()) == ("released", AMOUNT, 0)
    told = list(Event.objects.filter(type__startswith="milestone.").order_by("pk").values_list("type", flat=True))
    assert told == ["milestone.submitted", "milestone.approved"]
    with later(days=30):
        assert auto_release.release_due() == 0
    assert paid(cast) == AMOUNT


def test_an_id_is_for_one_act(cast: Cast, held: Milestone) -> None:
    sent = Message.objects.get(thread=cast.joint, seq=cast.say(cast.freelancer, "It is ready.").seq)
    with pytest.raises(errors.IdUsed):
        do(cast, cast.freelancer, Act.SUBMIT, command_id=sent.client_id)
    assert status(held) == "funded"


def test_an_id_said_in_one_room_says_nothing_in_another(cast: Cast, held: Milestone) -> None:
    other, command_id = another_room(cast), uuid4()
    room = other.contract.room.pk
    do(cast, cast.freelancer, Act.SUBMIT, command_id=command_id)
    with pytest.raises(errors.IdUsed):
        milestones.act(user=cast.freelancer, room_id=room, position=3, act=Act.SUBMIT, command_id=command_id)
    assert status(other) == "funded"
    milestones.act(user=cast.freelancer, room_id=room, position=3, act=Act.SUBMIT, command_id=uuid4())
    assert (status(held), status(other)) == ("submitted", "submitted")


def another_room(cast: Cast) -> Milestone:
    """A second contract of the same two, with money for a milestone at the same place."""
    room = rooms.open_room(contract=make_contract(cast.client, cast.freelancer, "Second shop"))
    return held_milestone(room.contract, AMOUNT, position=3)


def test_left_alone_it_is_paid_after_the_days_of_the_policy(cast: Cast, held: Milestone) -> None:
    Policy.objects.create(version=7, terms={"auto_release_days": 5}, created_at=clock.now(), published_at=clock.now())
    do(cast, cast.freelancer, Act.SUBMIT)
    assert of_room(cast.client, cast.room.pk)[0]["releases_at"]
    with later(days=4, hours=23):
        tasks.pay_out()
    assert (status(held), paid(cast)) == ("submitted", 0)
    with later(days=5, hours=1):
        Heartbeat.objects.update(seen_at=clock.now())  # the worker was there all the time
        for _sweep in range(2):
            tasks.pay_out()
    assert (status(held), paid(cast)) == ("released", AMOUNT)
    assert Message.objects.filter(code="milestone.released", author=None).count() == 1
    assert LedgerEntry.objects.filter(account="freelancer").count() == 1
    with pytest.raises(errors.NothingHeld):
        do(cast, cast.client, Act.APPROVE)


def test_changes_stop_the_clock_and_are_said_in_words(cast: Cast, held: Milestone) -> None:
    do(cast, cast.freelancer, Act.SUBMIT)
    with pytest.raises(errors.ReasonMissing):
        do(cast, cast.client, Act.RETURN, note="  ")
    do(cast, cast.client, Act.RETURN, note="The checkout fails on phones.")
    assert Message.objects.get(code="milestone.returned").params["text"] == "The checkout fails on phones."
    with later(days=60):
        assert auto_release.release_due() == 0
    assert (status(held), paid(cast)) == ("funded", 0)
    do(cast, cast.freelancer, Act.SUBMIT)
    assert status(held) == "submitted"


def test_a_claim_takes_the_milestone_over_and_gives_it_back_with_the_days_left(
    cast: Cast, milestone: Milestone, draft: Dispute, say: Say
) -> None:
    do(cast, cast.freelancer, Act.SUBMIT)
    with later(days=4):
        say(cast.client, "file")
        for person, act in ((cast.client, Act.APPROVE), (cast.client, Act.RETURN), (cast.freelancer, Act.SUBMIT)):
            with pytest.raises(errors.MilestoneInCase):
                do(cast, person, act, note="Please.")
        [shown] = of_room(cast.client, cast.room.pk)
        assert (shown["is_in_case"], shown["releases_at"], shown["can"]) == (True, None, [])
    with later(days=40):
        assert auto_release.release_due() == 0
        say(cast.client, "withdraw")
        running = AutoRelease.objects.get(milestone=milestone)
        assert running.due_at
        assert abs(running.due_at - clock.now() - timedelta(days=10)) < timedelta(minutes=1)
    with later(days=51):
        assert auto_release.release_due() == 1
    assert (status(milestone), paid(cast)) == ("released", AMOUNT)


@pytest.mark.parametrize(("refund", "after"), [(0, "released"), (30_000, "released"), (AMOUNT, "refunded")])
def test_a_case_settles_the_milestone_too(
    cast: Cast, milestone: Milestone, draft: Dispute, mediation: Say, refund: int, after: str
) -> None:
    mediation(cast.client, "accept_offer", **offer(cast, mediation, draft, refund))
    sign(cast, mediation, draft)
    payments.pay_out()
    assert status(milestone) == after
    assert Event.objects.filter(type="milestone.settled").count() == 1
    with later(days=60):
        assert auto_release.release_due() == 0


def test_what_a_claim_was_not_about_is_still_paid_by_itself(
    cast: Cast, milestone: Milestone, draft: Dispute, say: Say
) -> None:
    do(cast, cast.freelancer, Act.SUBMIT)
    say(cast.client, "edit_draft", amount_minor=20_000, claimed_refund_minor=20_000)
    say(cast.client, "file")
    say(cast.freelancer, "accept_full")
    payments.pay_out()
    assert (status(milestone), ledger.balance(cast.room.contract_id, "client")) == ("submitted", 20_000)
    with later(days=15):
        assert auto_release.release_due() == 1
    assert (status(milestone), paid(cast), ledger_sum()) == ("released", AMOUNT - 20_000, 0)


def test_an_outsider_finds_no_milestone(cast: Cast, held: Milestone) -> None:
    for person in (cast.outsider, cast.outside_freelancer, cast.analyst):
        with pytest.raises(NotFound):
            of_room(person, cast.room.pk)
        for act in Act:
            with pytest.raises(NotFound):
                do(cast, person, act, note="Mine?")
    with pytest.raises(NotFound):
        milestones.act(user=cast.client, room_id=cast.room.pk, position=9, act=Act.APPROVE, command_id=uuid4())
    assert not Event.objects.filter(type__startswith="milestone.").exists()


@needs_node
def test_the_page_follows_a_milestone(cast: Cast, held: Milestone) -> None:
    watched = Watched(cast.room, cast.client, cast.freelancer)
    do(cast, cast.freelancer, Act.SUBMIT)
    do(cast, cast.client, Act.RETURN, note="Shorter, please.")
    do(cast, cast.freelancer, Act.SUBMIT)
    do(cast, cast.client, Act.APPROVE)
    watched.compare()
