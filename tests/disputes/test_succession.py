"""A mediator who goes, in whatever state: another follows, and the case stays where it is."""

import pytest

from accounts.models import User
from mediation.conversations.models import Member, Message
from mediation.disputes import errors
from mediation.disputes.queries.case import case_view
from mediation.disputes.rules.states import State
from mediation.disputes.rules.table import MEDIATED
from tests.cast import Cast
from tests.disputes.cases import Case
from tests.disputes.ways import bring, case_in

BRIEF = "They wait for you."
# Each by way of a mediation: a text that the parties find alone has no mediator.
PLACES = [
    State.MEDIATING,
    State.RECOMMENDED,
    State.NON_RESOLUTION,
    State.IN_ARBITRATION,
    State.SETTLING,
    State.EXECUTING,
]


def mediated(cast: Cast, state: State) -> Case:
    case = case_in(cast, State.MEDIATING if state in (State.SETTLING, State.EXECUTING) else state)
    if case.row.state != state:
        case.do(cast.mediator, "propose_text")
        bring(case, state)
    return case


@pytest.mark.parametrize("state", PLACES)
def test_whose_account_is_closed_is_followed_by_another(cast: Cast, state: State) -> None:
    case = mediated(cast, state)
    User.objects.filter(pk=cast.mediator.pk).update(is_active=False)
    case.say(cast.supervisor, "reassign", brief=BRIEF, agent_id=cast.agent.pk)
    assert (case.row.state, case.row.mediator_id) == (state, cast.agent.pk)
    here = Member.objects.filter(room=cast.room, role="mediator", left_at__isnull=True)
    assert list(here.values_list("user", flat=True)) == [cast.agent.pk]
    assert case_view(case.row, cast.client)["mediator"]["name"] == cast.agent.name
    assert Message.objects.filter(thread=cast.joint, code="dispute.reassign").exists(), "both parties see who acts"


def test_the_places_are_those_of_the_table() -> None:
    assert set(PLACES) == MEDIATED


def test_a_case_without_a_mediator_is_not_given_to_one(cast: Cast) -> None:
    case = case_in(cast, State.SETTLING)
    with pytest.raises(errors.NothingOpen):
        case.say(cast.supervisor, "reassign", brief=BRIEF, agent_id=cast.agent.pk)


def test_an_objection_that_is_upheld_late_does_not_send_the_successor_away(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    case.say(cast.client, "object_to_mediator", reason="She knows him.")
    case.say(cast.supervisor, "reassign", brief=BRIEF, agent_id=cast.agent.pk)
    case.say(cast.senior, "decide_objection", is_upheld=True, reason="To be safe.")
    assert (case.row.state, case.row.mediator_id) == (State.MEDIATING, cast.agent.pk)


def test_whom_an_objection_is_about_does_not_decide_it_after_another_has_followed(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    case.say(cast.supervisor, "reassign", brief=BRIEF, agent_id=cast.senior.pk)
    case.say(cast.client, "object_to_mediator", reason="He knows him.")
    case.say(cast.supervisor, "reassign", brief=BRIEF, agent_id=cast.agent.pk)
    with pytest.raises(errors.NotYours):
        case.say(cast.senior, "decide_objection", is_upheld=False, reason="I see nothing wrong.")
    case.say(cast.supervisor, "decide_objection", is_upheld=True, reason="To be safe.")
    assert (case.row.state, case.row.mediator_id) == (State.MEDIATING, cast.agent.pk)


@pytest.mark.parametrize("role", ["supervisor", "qa", "analyst", "admin"])
def test_whose_role_changes_is_followed_by_another(cast: Cast, role: str) -> None:
    case = case_in(cast, State.MEDIATING)
    User.objects.filter(pk=cast.mediator.pk).update(role=role)
    assert case_view(case.row, cast.client)["state"] == State.MEDIATING
    case.say(cast.supervisor, "reassign", brief=BRIEF, agent_id=cast.agent.pk)
    assert case.row.mediator_id == cast.agent.pk
