"""In arbitration the room is read only; what the parties do with the rest of their contract goes on, with its words."""

from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from mediation.conversations.errors import RoomLocked
from mediation.conversations.models import Contract, Message, Milestone
from mediation.core.errors import Refused
from mediation.disputes import errors
from mediation.disputes.actions import auto_release, contracts, milestones
from mediation.disputes.queries.milestones import contract_of, of_room
from mediation.disputes.rules.milestones import Act
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.funds import held_milestone
from tests.disputes.stories import later
from tests.disputes.ways import case_in

SUM = 90_000
WORDS = "The footer is missing."


@pytest.fixture
def other(cast: Cast) -> Milestone:
    """Held for work that the arbitrator does not decide about, and submitted in the locked room."""
    milestone = held_milestone(cast.room.contract, SUM, position=4)
    case_in(cast, State.IN_ARBITRATION)
    do(cast.freelancer, cast, Act.SUBMIT)
    with pytest.raises(RoomLocked):
        cast.say(cast.client, WORDS)
    return milestone


def do(who: User, cast: Cast, act: Act) -> None:
    milestones.act(user=who, room_id=cast.room.pk, position=4, act=act, command_id=uuid4(), note=WORDS)


def can(who: User, cast: Cast) -> list[str]:
    return next(one["can"] for one in of_room(who, cast.room.pk) if one["position"] == 4)


def test_the_client_stops_what_would_be_paid_by_itself(cast: Cast, other: Milestone) -> None:
    assert can(cast.client, cast) == ["approve", "return", "ask_back"]
    do(cast.client, cast, Act.RETURN)
    assert Message.objects.get(code="milestone.returned").params["text"] == WORDS
    with later(days=60):
        assert auto_release.release_due() == 0
    other.refresh_from_db()
    assert other.status == "funded"


def test_it_is_asked_back_and_refused_with_words(cast: Cast, other: Milestone) -> None:
    do(cast.client, cast, Act.ASK_BACK)
    with later(days=60):
        assert auto_release.release_due() == 0
    assert can(cast.freelancer, cast) == ["give_back", "refuse"]
    do(cast.freelancer, cast, Act.REFUSE)
    codes = ("milestone.asked_back", "milestone.refused")
    assert [Message.objects.get(code=code).params["text"] for code in codes] == [WORDS, WORDS]
    with later(days=60):
        assert auto_release.release_due() == 1


@pytest.mark.parametrize(
    ("who", "act", "refusal"),
    [
        ("freelancer", Act.RETURN, errors.ClientsAct),
        ("freelancer", Act.ASK_BACK, errors.ClientsAct),
        ("client", Act.REFUSE, errors.FreelancersAct),
        ("mediator", Act.RETURN, errors.ClientsAct),
        ("mediator", Act.ASK_BACK, errors.ClientsAct),
        ("mediator", Act.REFUSE, errors.FreelancersAct),
    ],
)
def test_to_nobody_else(cast: Cast, other: Milestone, who: str, act: Act, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        do(getattr(cast, who), cast, act)
    assert can(cast.mediator, cast) == []


def test_what_the_arbitrator_decides_about_stays_as_it_is(cast: Cast, other: Milestone) -> None:
    for who, act in ((cast.client, Act.ASK_BACK), (cast.client, Act.APPROVE), (cast.freelancer, Act.GIVE_BACK)):
        with pytest.raises(errors.MilestoneInCase):
            milestones.act(user=who, room_id=cast.room.pk, position=3, act=act, command_id=uuid4(), note=WORDS)


@pytest.mark.parametrize("who", ["client", "freelancer"])
def test_either_side_ends_the_contract(cast: Cast, other: Milestone, who: str) -> None:
    person = getattr(cast, who)
    assert contract_of(person, cast.room.pk)["can_end"]
    contracts.end(user=person, room_id=cast.room.pk, command_id=uuid4(), reason=WORDS)
    assert Contract.objects.get(pk=cast.room.contract_id).status == "ended"
    assert Message.objects.get(code="contract.ended").params == {"text": WORDS}


def test_page_and_api_offer_and_do_it(client: Client, cast: Cast, other: Milestone) -> None:
    client.force_login(cast.client)
    page = client.get(f"/rooms/{cast.room.pk}/milestones/4/return/")
    assert page.status_code == 200
    answer = client.post(
        f"/api/rooms/{cast.room.pk}/milestones/4/return/",
        {"command_id": str(uuid4()), "note": WORDS},
        content_type="application/json",
    )
    assert answer.status_code == 200, answer.content
    other.refresh_from_db()
    assert other.status == "funded"
