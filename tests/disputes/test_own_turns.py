"""The list of rooms says whose turn it is as the bar of each case does, for everybody it is about, in one question."""

from datetime import datetime
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from mediation.disputes import audience
from mediation.disputes.errors import IssuesUnconfirmed
from mediation.disputes.queries.case import case_view
from mediation.disputes.queries.own_turns import own_cases
from mediation.disputes.rules.states import FILED, State, Track
from tests.cast import Cast
from tests.disputes.cases import Case
from tests.disputes.ways import case_in, reachable

pytestmark = pytest.mark.django_db
KINDS = [
    (state, track, has_claim)
    for state, track, has_claim in product(sorted(FILED | {State.DRAFT, State.CLOSED}), Track, (True, False))
    if reachable(state, track, has_claim=has_claim)
]


def own_turns(who: User, rooms: list[UUID]) -> dict[UUID, datetime | None]:
    return {room: case.until for room, case in own_cases(who, rooms).items() if case.is_turn}


def check(case: Case) -> int:
    """Compares what the list says to each of them with what the bar says. How many have a turn."""
    cast, found = case.cast, 0
    room = cast.room.pk
    for who in (cast.client, cast.freelancer, cast.mediator, cast.agent, cast.outsider):
        turns = own_turns(who, [room])
        is_in = who in (cast.client, cast.freelancer) or who.pk == case.row.mediator_id
        if not is_in or case.row.state in (State.DRAFT, State.CLOSED):
            assert turns == {}, who.name
            continue
        assert own_cases(who, [room])[room].state == case.row.state
        bar = case_view(audience.case_of(who, case.row.pk), who)["standing"]
        if bar["mine"] and not bar["on_hold"]:
            assert turns == {room: datetime.fromisoformat(bar["due_at"]) if bar["due_at"] else None}, who.name
            found += 1
        else:
            assert turns == {}, who.name
    return found


@pytest.mark.parametrize(("state", "track", "has_claim"), KINDS)
def test_the_list_says_what_the_bar_says(cast: Cast, state: State, track: Track, has_claim: bool) -> None:
    check(case_in(cast, state, track, has_claim=has_claim))


def test_an_offer_and_a_request_are_the_turn_of_who_answers_them(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    assert check(case) == 1, "it is the mediator's"
    case.do(cast.freelancer, "make_offer")
    assert set(own_turns(cast.client, [cast.room.pk])) == {cast.room.pk}
    assert check(case) == 1
    case.do(cast.mediator, "make_request")
    assert check(case) >= 1
    case.do(cast.client, "make_offer")
    assert check(case) == 2


def asks(case: Case) -> None:
    """Everything that somebody can be asked in a mediation, with its answers; compared each time."""
    cast = case.cast
    for who, command, fields in (
        (cast.mediator, "edit_issue", {"title": "A point in other words"}),
        (cast.client, "confirm_issue", {}),
        (cast.mediator, "make_request", {"asked_of": cast.freelancer.pk}),
        (cast.freelancer, "confirm_issue", {}),
        (cast.freelancer, "answer_request", {}),
        (cast.mediator, "edit_issue", {"title": "Another point"}),
        (cast.mediator, "close_evidence", {}),
        (cast.freelancer, "confirm_issue", {}),
        (cast.client, "confirm_issue", {}),
        (cast.mediator, "begin_caucus", {}),
        (cast.mediator, "ask_release", {}),
        (cast.client, "refuse_release", {}),
        (cast.mediator, "end_caucus", {}),
        (cast.freelancer, "decline_caucus", {}),
        (cast.mediator, "open_bidding", {}),
        (cast.client, "agree_to_bidding", {}),
        (cast.freelancer, "agree_to_bidding", {}),
        (cast.client, "bid", {}),
        (cast.freelancer, "bid", {"release_minor": 160_000}),
    ):
        case.do(who, command, **fields)
        check(case)


@pytest.mark.parametrize("track", [Track.ESCROW, Track.ASSISTANCE])
def test_whatever_a_mediation_asks_is_the_turn_of_who_is_asked(cast: Cast, track: Track) -> None:
    asks(case_in(cast, State.MEDIATING, track))


def turns(case: Case) -> dict[str, datetime | None]:
    """Whose turn it is in the list, and until when."""
    cast, check_ = case.cast, check(case)
    found = {
        name: own_turns(who, [cast.room.pk])
        for name, who in (("client", cast.client), ("freelancer", cast.freelancer), ("mediator", cast.mediator))
    }
    assert check_ == sum(bool(one) for one in found.values())
    return {name: one[cast.room.pk] for name, one in found.items() if one}


def test_a_point_waits_for_who_has_not_confirmed_it_and_no_time_runs_for_it(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    assert set(turns(case)) == {"mediator"}
    added = {"issue_id": UUID(case.do(cast.mediator, "add_issue").data["issue_id"])}
    assert turns(case) == {"client": None, "freelancer": None}
    case.do(cast.client, "confirm_issue", **added)
    assert turns(case) == {"freelancer": None}
    case.do(cast.freelancer, "confirm_issue", **added)
    assert set(turns(case)) == {"mediator"}


@pytest.mark.parametrize("status", ["agreed", "parked"])
def test_a_point_that_is_settled_waits_for_nobody_until_it_is_open_again(cast: Cast, status: str) -> None:
    case = case_in(cast, State.MEDIATING)
    added = {"issue_id": UUID(case.do(cast.mediator, "add_issue").data["issue_id"])}
    for phase in ("issues", "exploring"):
        case.do(cast.mediator, "advance_phase")
        assert case.row.phase == phase
    with pytest.raises(IssuesUnconfirmed):
        case.do(cast.mediator, "advance_phase")
    case.do(cast.mediator, "settle_issue", status=status, **added)
    assert set(turns(case)) == {"mediator"}
    case.do(cast.mediator, "settle_issue", status="open", **added)
    assert turns(case) == {"client": None, "freelancer": None}
    case.do(cast.mediator, "settle_issue", status=status, **added)
    case.do(cast.mediator, "advance_phase")
    assert case.row.phase == "options"


def test_an_offered_talk_is_the_turn_of_its_side_until_they_say_something(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    case.do(cast.mediator, "begin_caucus", party=cast.client.pk)
    assert (set(turns(case)), turns(case)["freelancer"]) == ({"mediator", "freelancer"}, None)
    cast.say(cast.freelancer, "Gladly.", audience="caucus_freelancer")
    assert set(turns(case)) == {"mediator"}


@pytest.mark.parametrize("has_claim", [True, False])
def test_a_tie_is_the_turn_of_who_has_not_said_yes_to_it(cast: Cast, has_claim: bool) -> None:
    case = case_in(cast, State.ESCALATED, has_claim=has_claim)
    User.objects.filter(pk__in=[cast.client.pk, cast.agent.pk]).update(company="Harbor & Pine")
    cast.agent.refresh_from_db()
    assert turns(case) == {}
    case.do(cast.agent, "disclose_conflict")
    assert turns(case) == {"client": None, "freelancer": None}
    if has_claim:
        case.do(cast.client, "make_offer")
        assert turns(case) == {"client": None, "freelancer": None}, "of an offer the case waits for nobody here"
    case.do(cast.client, "answer_disclosure")
    assert turns(case) == {"freelancer": None}
    case.do(cast.freelancer, "answer_disclosure")
    assert turns(case) == {}


def test_nobody_answers_about_a_tie_once_somebody_else_has_come(cast: Cast) -> None:
    case = case_in(cast, State.ESCALATED)
    User.objects.filter(pk__in=[cast.client.pk, cast.agent.pk]).update(company="Harbor & Pine")
    cast.agent.refresh_from_db()
    case.do(cast.agent, "disclose_conflict")
    case.do(cast.mediator, "claim")
    case.do(cast.mediator, "release")
    assert turns(case) == {}
    [tie] = case_view(audience.case_of(cast.client, case.row.pk), cast.client)["disclosures"]
    assert (tie["decided_at"] is not None, tie["is_accepted"]) == (True, None)
    case.do(cast.agent, "disclose_conflict")
    assert set(turns(case)) == {"client", "freelancer"}, "they can be asked again"


def test_the_other_side_sees_nothing_of_what_one_is_asked_in_private(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)

    def seen(who: User) -> tuple[Any, ...]:
        view = case_view(audience.case_of(who, case.row.pk), who)
        return view["standing"], view["caucuses"], view["releases"], own_turns(who, [cast.room.pk])

    case.do(cast.mediator, "begin_caucus", party=cast.client.pk)
    outside, before = seen(cast.agent), seen(cast.client)
    for act in (
        lambda: cast.say(cast.freelancer, "Gladly.", audience="caucus_freelancer"),
        lambda: case.do(cast.freelancer, "decline_caucus"),
    ):
        act()
        assert (seen(cast.client), seen(cast.agent)) == (before, outside)
    assert before[0]["asks"] == []
    before = seen(cast.freelancer)
    case.do(cast.mediator, "ask_release", party=cast.client.pk)
    assert (seen(cast.freelancer), seen(cast.agent)) == (before, outside)
    [asked] = case_view(audience.case_of(cast.mediator, case.row.pk), cast.mediator)["standing"]["asks"]
    assert asked == {"party": str(cast.client.pk), "what": ["words"]}


def test_who_has_sealed_an_answer_or_signed_waits(cast: Cast) -> None:
    case = case_in(cast, State.RECOMMENDED)
    assert check(case) == 2
    case.do(cast.client, "answer")
    assert check(case) == 1


def test_who_has_accepted_the_text_waits(cast: Cast) -> None:
    case = case_in(cast, State.SETTLING)
    assert check(case) == 2
    case.do(cast.client, "accept_text")
    assert check(case) == 1
    assert own_turns(cast.client, [cast.room.pk]) == {}


def test_a_case_on_hold_is_nobodys_turn(cast: Cast) -> None:
    case = case_in(cast, State.NEGOTIATING)
    assert check(case) == 2
    case.do(cast.supervisor, "hold")
    assert check(case) == 0


def test_it_is_one_question_for_all_rooms_and_none_for_no_rooms(cast: Cast) -> None:
    case_in(cast, State.NEGOTIATING)
    with CaptureQueriesContext(connection) as asked:
        own_turns(cast.client, [cast.room.pk, uuid4()])
        assert own_turns(cast.client, []) == {}
    assert len(asked) == 1


def test_talks_and_arbitration_are_the_turn_of_who_has_not_acted(cast: Cast) -> None:
    talks = case_in(cast, State.NEGOTIATING)
    assert check(talks) == 2
    talks.do(cast.freelancer, "make_offer")
    assert check(talks) == 1
    talks.do(cast.client, "make_offer")
    assert check(talks) == 2


def test_who_paid_their_share_waits(cast: Cast) -> None:
    case = case_in(cast, State.NON_RESOLUTION)
    for command in ("elect", "pay_share"):
        assert check(case) == 2
        case.do(cast.client, command)
    assert check(case) == 1
