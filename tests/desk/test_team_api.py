"""The team room and acts on several cases, for programs: the same actions as the pages', refused to the same people."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from accounts.models import Team, User
from mediation.conversations.models import Message
from mediation.desk.actions.taking import claim
from mediation.desk.models import CaseTag, Mention, Snooze, TeamLine
from mediation.disputes.models import Dispute
from tests.cast import Cast
from tests.desk.test_taking import waiting

pytestmark = pytest.mark.django_db
JSON = "application/json"


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_team_talks_and_who_is_meant_has_seen_it(cast: Cast) -> None:
    team = Team.objects.create(name="Mediation")
    team.members.set([cast.agent, cast.senior])
    said = {"team": str(team.pk), "text": "Who speaks Dutch, @Sam Okafor?", "client_id": str(uuid4())}
    for _ in range(2):
        line = as_(cast.agent).post("/api/desk/team/", said, JSON)
        assert (line.status_code, line.json()["said"], line.json()["who"]) == (201, said["text"], "Priya Nair")
    assert TeamLine.objects.count() == 1
    sam = as_(cast.senior)
    room = sam.get("/api/desk/team/").json()
    assert [one["name"] for one in room["teams"]] == ["Mediation"]
    assert [one["said"] for one in room["lines"]] == [one["text"] for one in room["meant"]] == [said["text"]]
    assert [sam.post("/api/desk/team/seen/").json()["seen"] for _ in range(2)] == [1, 0]
    assert as_(cast.agent).post("/api/desk/team/", said | {"text": " "}, JSON).json()["code"] == "desk.words"
    for stranger in (cast.client, cast.freelancer, cast.outsider, cast.analyst, cast.admin, cast.supervisor):
        assert as_(stranger).post("/api/desk/team/", said, JSON).status_code == 404, stranger.name
    for stranger in (cast.client, cast.outsider, cast.analyst):
        assert as_(stranger).get("/api/desk/team/").status_code == 404
        assert as_(stranger).post("/api/desk/team/seen/").status_code == 404


def test_a_colleague_is_asked_once_in_the_staff_notes(cast: Cast) -> None:
    case = waiting(cast)
    question = {"person": str(cast.senior.pk), "text": "Have you met them?", "client_id": str(uuid4())}
    for _ in range(2):
        assert as_(cast.agent).post(f"/api/desk/cases/{case}/ask/", question, JSON).status_code == 204
    assert Mention.objects.filter(person=cast.senior, dispute=case).count() == 1
    nobody = as_(cast.agent).post(f"/api/desk/cases/{case}/ask/", question | {"person": str(cast.client.pk)}, JSON)
    assert (nobody.status_code, nobody.json()["code"]) == (400, "desk.colleague")
    party = Dispute.objects.get(pk=case).filer
    for stranger in (party, cast.freelancer, cast.outsider, cast.analyst):
        assert as_(stranger).post(f"/api/desk/cases/{case}/ask/", question, JSON).status_code == 404


def test_several_cases_are_each_done_by_themselves(cast: Cast) -> None:
    own, other, nowhere = waiting(cast, "own"), waiting(cast, "other"), uuid4()
    claim(user=cast.agent, dispute_id=own)
    priya = as_(cast.agent)

    def done(act: str, **said: object) -> list[bool]:
        body = {"cases": [str(one) for one in (own, other, nowhere)], **said}
        results = priya.post(f"/api/desk/several/{act}/", body, JSON).json()["results"]
        assert [one["dispute"] for one in results] == [str(own), str(other), None]
        assert all(bool(one["refused"]) != one["done"] for one in results)
        return [one["done"] for one in results]

    assert done("tags", tags="vip") == [True, True, False]
    assert CaseTag.objects.filter(name="vip").count() == 2
    assert done("untag", tags="vip") == [True, True, False]
    assert done("priority", priority="high") == [True, True, False]
    assert done("priority", priority=None) == [True, True, False]
    assert done("snooze", on_word=True) == [True, False, False], "what is another's is not laid aside"
    assert Snooze.objects.get().dispute_id == own
    press = str(uuid4())
    for _ in range(2):
        assert done("note", text="Ask for the files.", command_id=press) == [True, True, False]
    assert Message.objects.filter(body="Ask for the files.").count() == 2
    assert done("assign", agent_id=str(cast.senior.pk), command_id=str(uuid4())) == [False, False, False]
    given = {"cases": [str(other)], "agent_id": str(cast.senior.pk), "command_id": str(uuid4())}
    for _ in range(2):
        [result] = as_(cast.supervisor).post("/api/desk/several/assign/", given, JSON).json()["results"]
        assert result == {"dispute": str(other), "done": True, "refused": ""}
    assert Dispute.objects.get(pk=other).mediator == cast.senior


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("assign", {"agent_id": str(UUID(int=1)), "command_id": str(UUID(int=2))}),
        ("note", {"text": "x", "command_id": str(UUID(int=2))}),
        ("tags", {"tags": "vip"}),
        ("untag", {"tags": "vip"}),
        ("priority", {"priority": "high"}),
        ("snooze", {}),
    ],
)
def test_who_has_no_desk_does_nothing_with_several(cast: Cast, act: str, said: dict[str, str]) -> None:
    case = waiting(cast)
    party = Dispute.objects.get(pk=case).filer
    body = {"cases": [str(case)], **said}
    for stranger in (party, cast.freelancer, cast.outsider, cast.analyst, cast.admin):
        assert as_(stranger).post(f"/api/desk/several/{act}/", body, JSON).status_code == 404
    assert as_(cast.agent).post(f"/api/desk/several/{act}/", body | {"cases": []}, JSON).status_code == 400
    many = [str(uuid4()) for _ in range(51)]
    assert as_(cast.agent).post(f"/api/desk/several/{act}/", body | {"cases": many}, JSON).status_code == 400
    assert not CaseTag.objects.exists()
    assert not Message.objects.filter(body="x").exists()
