"""People, timers and workers at the very same moment: one is first, the others are told, and nothing is half done.

Real threads, each with a connection of its own; on both databases.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest

from accounts.models import User
from mediation.conversations.actions import rooms
from mediation.conversations.models import Member, Milestone
from mediation.core import clock
from mediation.core.errors import Conflict, Refused
from mediation.disputes import errors
from mediation.disputes.actions import auto_release, claims, firing, ledger, payments
from mediation.disputes.actions.transition import Result, transition
from mediation.disputes.models import CaseEntry, Instruction, Performed, Timer
from mediation.disputes.rules.states import State, Track
from tests import cast as people_of
from tests.at_once import at_once
from tests.cast import Cast, make_contract
from tests.disputes.cases import AMOUNT, Case, check_chains, ledger_sum, payload_for
from tests.disputes.stories import ANSWER
from tests.disputes.ways import bring, case_in, start


@pytest.fixture
def case(live_cast: Cast) -> Case:
    """Committed, in talks."""
    return case_in(live_cast, State.NEGOTIATING)


def ready(case: Case, actor: User | None, command: str) -> Callable[[], object]:
    """The command with the payload of this moment, to be said later."""
    return partial(case.say, actor, command, **payload_for(case, command, actor))


def one_winner(case: Case, results: list[object]) -> None:
    """One was carried out, the others were told 409; each left exactly what it should."""
    assert sum(isinstance(one, Result) for one in results) == 1, results
    assert sum(isinstance(one, Conflict) for one in results) == len(results) - 1, results
    check_whole(case)


def check_whole(case: Case) -> None:
    """Chains hold, and every command left one line: none was lost, none was said twice."""
    check_chains(case.id)
    assert ledger_sum() == 0
    numbers = CaseEntry.objects.filter(dispute=case.id, audience="joint").order_by("number")
    assert list(numbers.values_list("number", flat=True)) == list(range(1, numbers.count() + 1))


def test_accepted_withdrawn_and_over_at_once(case: Case) -> None:
    """An offer is accepted while it is taken back and while its time is up: whichever lock is first."""
    helen, mateo = case.cast.client, case.cast.freelancer
    case.do(mateo, "make_offer", expires_at=clock.now() + timedelta(hours=3))
    Timer.objects.filter(kind="offer").update(due_at=clock.now() - timedelta(milliseconds=1))
    case.row.offers.update(expires_at=clock.now() + timedelta(milliseconds=1))
    accept, withdraw = ready(case, helen, "accept_offer"), ready(case, mateo, "withdraw_offer")
    results = at_once(accept, withdraw, partial(firing.fire_due, dispute_id=case.id, before=clock.now()))
    said = [one for one in results[:2] if isinstance(one, Result)]
    told = [one for one in results[:2] if isinstance(one, Conflict)]
    assert (len(said), len(told)) in {(0, 2), (1, 1)}, results
    offer = case.row.offers.get()
    assert offer.status in {"accepted", "withdrawn", "expired"}
    assert (offer.status == "accepted") == (case.row.state == State.SETTLING)
    assert (offer.status == "expired") == (not said)
    check_whole(case)


def test_accepted_and_withdrawn_at_once(case: Case) -> None:
    case.do(case.cast.freelancer, "make_offer")
    accept, withdraw = (
        ready(case, case.cast.client, "accept_offer"),
        ready(case, case.cast.freelancer, "withdraw_offer"),
    )
    one_winner(case, at_once(accept, withdraw))
    assert (case.row.offers.get().status == "accepted") == (case.row.state == State.SETTLING)


def test_accepted_twice_at_once(case: Case) -> None:
    case.do(case.cast.freelancer, "make_offer")
    accept = ready(case, case.cast.client, "accept_offer")
    one_winner(case, at_once(*[accept] * 4))
    assert case.row.agreements.count() == 1


def test_both_accept_the_other_ones_offer_at_once(case: Case) -> None:
    """Two offers stand, and each side takes the other's: one of them is what was agreed."""
    people = (case.cast.client, case.cast.freelancer)
    for person in people:
        case.do(person, "make_offer")
    one_winner(case, at_once(*(ready(case, person, "accept_offer") for person in people)))
    assert sorted(case.row.offers.values_list("status", flat=True)) == ["accepted", "superseded"]


def test_two_agents_claim_at_once(case: Case) -> None:
    bring(case, State.ESCALATED)
    results = at_once(
        *(ready(case, person, "claim") for person in (case.cast.mediator, case.cast.agent, case.cast.senior))
    )
    one_winner(case, results)
    there = Member.objects.filter(room=case.row.room_id, role="mediator", left_at__isnull=True)
    assert there.get().user_id == case.row.mediator_id


@pytest.mark.parametrize(("second", "ends"), [(True, State.SETTLING), (False, State.NON_RESOLUTION)])
def test_both_answers_at_once_are_looked_at_once(case: Case, second: bool, ends: State) -> None:
    bring(case, State.RECOMMENDED)
    jobs = (
        partial(case.say, case.cast.client, "answer", is_yes=True),
        partial(case.say, case.cast.freelancer, "answer", is_yes=second),
    )
    assert all(isinstance(one, Result) for one in at_once(*jobs))
    assert case.row.state == ends
    looked = CaseEntry.objects.filter(dispute=case.id, type__in=["dispute.answers_agree", "dispute.answers_differ"])
    assert looked.count() == 1
    check_whole(case)


def test_both_bids_at_once_meet_once(case: Case) -> None:
    bring(case, State.MEDIATING)
    case.do(case.cast.mediator, "open_bidding")
    people = (case.cast.client, case.cast.freelancer)
    for person in people:
        case.do(person, "agree_to_bidding")
    assert all(isinstance(one, Result) for one in at_once(*(ready(case, person, "bid") for person in people)))
    assert case.row.state == State.SETTLING
    assert case.row.agreements.count() == 1
    check_whole(case)


def test_both_sign_at_once_and_the_money_moves_once(case: Case) -> None:
    bring(case, State.SETTLING)
    people = (case.cast.client, case.cast.freelancer)
    assert all(isinstance(one, Result) for one in at_once(*(ready(case, person, "accept_text") for person in people)))
    assert case.row.state == State.EXECUTING
    assert Instruction.objects.filter(dispute=case.id).count() == 2
    assert sorted(str(one) for one in at_once(*[payments.pay_out] * 3)).count("1") == 1
    contract = case.cast.room.contract_id
    assert ledger.balance(contract, "client") + ledger.balance(contract, "freelancer") == AMOUNT
    assert case.row.state == State.CLOSED
    check_whole(case)


@pytest.mark.parametrize("is_released_first", [True, False])
def test_a_claim_and_the_release_by_itself_at_once_pay_once(live_cast: Cast, is_released_first: bool) -> None:
    case = start(live_cast)
    milestone = Milestone.objects.get(contract=live_cast.room.contract, position=3)
    auto_release.start(milestone, due_at=clock.now() - timedelta(seconds=1))
    jobs = [partial(case.say, live_cast.client, "file"), auto_release.release_due]
    filed, released = at_once(*jobs)[:2] if not is_released_first else at_once(*reversed(jobs))[1::-1]
    assert isinstance(filed, (errors.MoreThanHeld, errors.PaidAlready) if released else Result), (filed, released)
    assert ledger.balance(milestone.contract_id, "freelancer") == (AMOUNT if released else 0)
    assert ledger.balance(milestone.contract_id, f"escrow:{milestone.pk}") == 0
    assert ledger_sum() == 0


def test_a_timer_and_a_command_at_once(case: Case) -> None:
    """The talks are over at the moment in which Mateo asks: it escalates once, by one of the two."""
    Timer.objects.filter(kind="talks").update(due_at=clock.now() - timedelta(milliseconds=1))
    fire = partial(firing.fire_due, dispute_id=case.id, before=clock.now())
    results = at_once(ready(case, case.cast.freelancer, "ask_mediator"), fire)
    assert isinstance(results[0], Result | Conflict), results
    assert case.row.state == State.ESCALATED
    told = CaseEntry.objects.filter(dispute=case.id, type__in=["dispute.ask_mediator", "dispute.talks_overdue"])
    assert told.count() == 1
    check_whole(case)


def answering(case: Case, received_at: datetime) -> partial[Result]:
    said = {"actor": case.cast.freelancer, "dispute_id": case.id, "command": "decline", "payload": dict(ANSWER)}
    return partial(transition, received_at=received_at, **said)


def test_a_command_that_came_in_time_beats_sweeps_that_run_before_it(live_cast: Cast) -> None:
    """Received in the last moment, worked on two seconds after it, with workers sweeping all the while."""
    case = case_in(live_cast, State.AWAITING_RESPONSE)
    due_at = clock.now() - timedelta(seconds=2)
    Timer.objects.filter(kind="response").update(due_at=due_at)
    assert firing.sweep() == 0
    results = at_once(answering(case, due_at), *[firing.sweep] * 3)
    assert isinstance(results[0], Result), results
    assert case.row.state == State.NEGOTIATING
    assert not case.row.timers.filter(fired_at__isnull=False).exists()
    check_whole(case)


def test_a_command_that_came_late_beats_no_timer_that_is_left_for_a_while(live_cast: Cast) -> None:
    case = case_in(live_cast, State.AWAITING_RESPONSE, Track.ASSISTANCE)
    due_at = clock.now() - timedelta(seconds=2)
    Timer.objects.filter(kind="response").update(due_at=due_at)
    with pytest.raises(errors.NotNow) as refused:
        answering(case, due_at + timedelta(milliseconds=1))()
    assert refused.type is errors.NotNow, "it was late: that is no fault of ours"
    assert (case.row.state, case.row.outcome) == (State.CLOSED, "expired")


def test_who_was_in_time_and_overtaken_all_the_same_is_told_so(
    live_cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    case = case_in(live_cast, State.AWAITING_RESPONSE, Track.ASSISTANCE)
    due_at = clock.now() - timedelta(minutes=10)
    Timer.objects.filter(kind="response").update(due_at=due_at)
    assert firing.sweep() == 1, "ten minutes are longer than any command may take"
    with pytest.raises(errors.Overtaken):
        answering(case, due_at)()
    assert "overtaken by a timer" in caplog.text
    check_whole(case)


def test_who_chose_arbitration_in_time_and_was_overtaken_is_told_so(live_cast: Cast) -> None:
    case = case_in(live_cast, State.NON_RESOLUTION)
    due_at = case.row.timers.get(kind="election", fired_at=None, cancelled_at=None).due_at
    with clock.at(due_at + timedelta(minutes=10)):
        assert firing.sweep() == 1
        with clock.receiving(due_at - timedelta(milliseconds=5)), pytest.raises(errors.Overtaken):
            case.do(live_cast.client, "elect")
        with clock.receiving(due_at + timedelta(milliseconds=5)), pytest.raises(errors.TooLate):
            case.do(live_cast.client, "elect")
    check_whole(case)


def test_sweeps_at_once_let_each_timer_speak_once(case: Case) -> None:
    bring(case, State.ESCALATED)
    Timer.objects.create(dispute=case.row, kind="draft", epoch=7, due_at=clock.now() - timedelta(hours=1))
    fired = at_once(*[firing.sweep] * 3)
    assert sum(one for one in fired if isinstance(one, int)) == 1, fired
    check_whole(case)


def test_the_same_command_sent_twice_at_once_is_said_once(case: Case) -> None:
    command_id = uuid4()
    payload = payload_for(case, "make_offer", case.cast.client)
    job = partial(
        transition,
        actor=case.cast.client, dispute_id=case.id, command="make_offer", payload=payload, command_id=command_id,
    )  # fmt: skip
    results = at_once(*[job] * 4)
    assert all(isinstance(one, Result) for one in results), results
    assert case.row.offers.count() == Performed.objects.filter(command_id=command_id).count() == 1
    check_whole(case)


def test_who_read_the_same_version_is_told_that_somebody_was_first(case: Case) -> None:
    version = case.row.version
    jobs = [
        partial(
            transition,
            actor=person, dispute_id=case.id, command="make_offer", expected_version=version,
            payload=payload_for(case, "make_offer", person),
        )
        for person in (case.cast.client, case.cast.freelancer)
    ]  # fmt: skip
    results = at_once(*jobs)
    one_winner(case, results)
    [late] = [one for one in results if isinstance(one, Refused)]
    assert late.detail == {"state": State.NEGOTIATING, "version": version + 1}


def test_two_who_file_about_the_same_money_at_once(live_cast: Cast) -> None:
    """Both sides have a draft; one case is opened."""
    mine = start(live_cast)
    about = mine.row.milestone_id
    draft = claims.start_claim(
        user=live_cast.freelancer, room_id=live_cast.room.pk, track=Track.ESCROW, milestone_id=about
    )
    theirs = Case(live_cast, draft.pk)
    theirs.say(live_cast.freelancer, "edit_draft", problem="other", amount_minor=1, statement="I was not paid.")
    results = at_once(partial(mine.say, live_cast.client, "file"), partial(theirs.say, live_cast.freelancer, "file"))
    assert sum(isinstance(one, Result) for one in results) == 1, results
    assert sum(isinstance(one, Refused) for one in results) == 1, results


def test_cases_filed_at_once_in_many_rooms_each_get_a_number(live_cast: Cast) -> None:
    cases = [start(live_cast)]
    for number in range(2):
        client = people_of.person(f"Client {number}")
        other = replace(
            live_cast, client=client, room=rooms.open_room(contract=make_contract(client, live_cast.freelancer))
        )
        cases.append(start(other))
    results = at_once(*(partial(case.say, case.cast.client, "file") for case in cases))
    assert all(isinstance(one, Result) for one in results), results
    assert len({case.row.number for case in cases}) == 3
