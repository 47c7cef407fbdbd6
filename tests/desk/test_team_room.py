"""What a team is told: by whatever door a case is taken or given, once, and only to the team."""

import pytest
from django.test import Client

from accounts.models import Team
from mediation.desk.actions.taking import claim
from mediation.desk.models import TeamLine
from mediation.desk.queries.team_room import newest_lines
from mediation.disputes.actions import asking
from mediation.disputes.models import Dispute
from mediation.events.dispatch import dispatch
from mediation.events.models import Event
from tests.cast import Cast
from tests.desk.conftest import elsewhere
from tests.desk.test_taking import waiting
from tests.disputes.cases import Case
from tests.disputes.ways import start
from tests.web.test_case_pages import text_of

pytestmark = pytest.mark.django_db


def hear() -> None:
    while dispatch():
        pass


@pytest.fixture
def team(cast: Cast) -> Team:
    made = Team.objects.create(name="Mediation", lead=cast.supervisor)
    made.members.set([cast.agent, cast.senior, cast.supervisor])
    Team.objects.create(name="Others").members.set([cast.ee])
    return made


def told(cast: Cast, role: str = "supervisor") -> list[tuple[str, str, str]]:
    lines = newest_lines(getattr(cast, role))
    return [
        (line.code, line.actor.name if line.actor else "", line.person.name if line.person else "") for line in lines
    ]


def test_a_claim_is_announced_to_ones_team_through_whatever_door(cast: Cast, team: Team) -> None:
    claim(user=cast.agent, dispute_id=waiting(cast, "desk"))
    case = start(elsewhere(cast, "room"), has_claim=False)
    asking.join(user=cast.senior, room_id=case.row.room_id)
    hear()
    assert told(cast) == [("claimed", "Sam Okafor", ""), ("claimed", "Priya Nair", "")]
    assert told(cast, "ee") == []


def test_giving_back_and_giving_on_are_announced(cast: Cast, team: Team) -> None:
    case = Case(cast, waiting(cast))
    case.say(cast.agent, "claim")
    case.say(cast.agent, "release", brief="Promised an answer by Monday.")
    case.say(cast.agent, "claim")
    case.say(cast.supervisor, "reassign", agent_id=cast.ee.pk, brief="Eva speaks the language.")
    hear()
    assert told(cast)[0] == ("reassigned", "Sue Park", "Eva Lind")
    assert [code for code, _, _ in told(cast)] == ["reassigned", "claimed", "released", "claimed"]
    assert told(cast, "ee") == [("reassigned", "Sue Park", "Eva Lind")]


def test_taking_a_level_is_announced_like_any_claim(cast: Cast, team: Team) -> None:
    case = Case(cast, waiting(cast))
    case.say(cast.agent, "claim")
    case.say(cast.agent, "level_up", level=4, reason="She asks for more than I may decide.")
    case.say(cast.senior, "take_level")
    hear()
    assert told(cast) == [("claimed", "Sam Okafor", ""), ("claimed", "Priya Nair", "")]


def test_it_is_told_once_however_often_it_is_heard(cast: Cast, team: Team) -> None:
    claim(user=cast.agent, dispute_id=waiting(cast))
    hear()
    Event.objects.update(handled_at=None)
    hear()
    assert TeamLine.objects.count() == 1


def test_nobody_reads_of_their_own_dispute(cast: Cast, team: Team) -> None:
    case = waiting(cast)
    claim(user=cast.agent, dispute_id=case)
    hear()
    client = Dispute.objects.get(pk=case).filer
    client.role = "agent"
    client.save(update_fields=["role"])
    team.members.add(client)
    assert list(newest_lines(client)) == []
    assert len(newest_lines(cast.senior)) == 1


def test_the_page_says_it_in_sentences(cast: Cast, team: Team) -> None:
    claim(user=cast.agent, dispute_id=waiting(cast))
    hear()
    page = Client()
    page.force_login(cast.senior)
    said = text_of(page.get("/desk/team/").content.decode())
    assert "Priya Nair took “Job one”." in said
    assert "Mediation" in said
    page.force_login(cast.qa)
    assert "You are in no team." in text_of(page.get("/desk/team/").content.decode())
