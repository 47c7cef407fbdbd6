"""The desk over the API: the same actions, refusals with codes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from mediation.core import clock, rates
from mediation.core.clock import iso
from mediation.desk.models import AgentProfile, Decline, Handling, QueueRow, Snooze
from mediation.disputes.models import Dispute
from mediation.events.models import Event
from tests.cast import Cast
from tests.desk.test_taking import waiting

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def priya(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.agent)
    return client


def test_the_next_case_is_taken_once_and_then_there_is_none(cast: Cast, priya: Client) -> None:
    case, press = waiting(cast), {"command_id": str(uuid4())}
    for _ in range(2):
        said = priya.post("/api/desk/next/", press, JSON)
        assert (said.status_code, said.json()["dispute"], said.json()["title"]) == (200, str(case), "Job one")
    none = priya.post("/api/desk/next/", {"command_id": str(uuid4())}, JSON)
    assert (none.status_code, none.json()["code"], none.json()["detail"]) == (409, "desk.nothing_for_you", {"why": []})
    assert priya.post("/api/desk/next/", {}, JSON).status_code == 400


def test_what_is_offered_is_seen_with_its_reasons_and_said_not_now_to(cast: Cast, priya: Client) -> None:
    first, second = waiting(cast, "first"), waiting(cast, "second")
    for minutes, case in enumerate((first, second), 1):
        QueueRow.objects.filter(pk=case).update(order_at=clock.now() + timedelta(minutes=minutes))
    offered = priya.get("/api/desk/next/").json()
    assert (offered["dispute"], offered["title"], offered["before"]) == (str(first), "Job first", [])
    said = {"command_id": str(uuid4()), "reason": "other", "words": "She knows me."}
    for _ in range(2):
        assert priya.post(f"/api/desk/cases/{first}/decline/", said, JSON).status_code == 204
    assert Decline.objects.get().words == "She knows me."
    offered = priya.get("/api/desk/next/").json()
    assert (offered["dispute"], offered["before"]) == (str(second), [{"reason": "declined", "count": 1}])
    assert Dispute.objects.filter(mediator=None).count() == 2, "nothing was taken by it"
    wordless = said | {"command_id": str(uuid4()), "words": " "}
    refused = priya.post(f"/api/desk/cases/{first}/decline/", wordless, JSON)
    assert (refused.status_code, refused.json()["code"]) == (400, "desk.reason")


def test_a_case_is_laid_aside_stands_in_the_agenda_and_is_taken_up(cast: Cast, priya: Client) -> None:
    case = waiting(cast)
    priya.post("/api/desk/next/", {"command_id": str(uuid4())}, JSON)
    address, until = f"/api/desk/cases/{case}/snooze/", iso(clock.now() + timedelta(hours=3))
    assert priya.put(address, {"until": until}, JSON).status_code == 204
    assert Snooze.objects.get().on_word
    [item] = [one for one in priya.get("/api/desk/agenda/").json()["items"] if one["kind"] == "snooze"]
    assert (item["at"], item["dispute"], item["title"]) == (until, str(case), "Job one")
    assert priya.delete(address).status_code == 204
    assert not Snooze.objects.exists()
    wrong = priya.put(address, {"on_word": False}, JSON)
    assert (wrong.status_code, wrong.json()["code"]) == (400, "desk.moment")


def test_a_priority_and_tags_are_said_of_one_case(cast: Cast, priya: Client) -> None:
    """The answer is what is said of it now, whoever said it; said twice, it is said once."""
    case = waiting(cast)
    address = f"/api/desk/cases/{case}"
    assert priya.put(f"{address}/priority/", {"priority": "urgent"}, JSON).json() == {"priority": "urgent", "tags": []}
    assert QueueRow.objects.get(pk=case).priority == "urgent"
    said = {"priority": "urgent", "tags": ["refund", "vip"]}
    for _ in range(2):
        assert priya.post(f"{address}/tags/", {"tags": "VIP refund"}, JSON).json() == said
    assert Event.objects.filter(type="desk.tagged").count() == 1
    assert priya.post(f"{address}/untag/", {"tags": "vip waiting"}, JSON).json()["tags"] == ["refund"]
    assert priya.put(f"{address}/priority/", {"priority": None}, JSON).json() == {"priority": None, "tags": ["refund"]}
    assert Handling.objects.get(pk=case).priority == ""
    for wrong in ("", "not, this", "a b c d e f g h i j k"):
        answer = priya.post(f"{address}/tags/", {"tags": wrong}, JSON)
        assert (answer.status_code, answer.json()["code"]) == (400, "desk.tags")
    assert priya.put(f"{address}/priority/", {}, JSON).status_code == 400


def test_who_only_reads_says_nothing_of_a_case(cast: Cast, priya: Client) -> None:
    case = waiting(cast)
    priya.force_login(cast.qa)
    assert priya.put(f"/api/desk/cases/{case}/priority/", {"priority": "low"}, JSON).status_code == 403
    for act in ("tags", "untag"):
        assert priya.post(f"/api/desk/cases/{case}/{act}/", {"tags": "vip"}, JSON).status_code == 403
    assert not Handling.objects.exclude(priority="").exists()


def test_one_is_away_and_back(cast: Cast, priya: Client) -> None:
    for is_away in (True, False):
        assert priya.put("/api/desk/away/", {"is_away": is_away}, JSON).status_code == 204
        assert AgentProfile.objects.get(user=cast.agent).is_away is is_away


def test_commands_at_the_desk_have_a_rate(cast: Cast, priya: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "commands", rates.Rate(burst=1, per_minute=0.01))
    rates.commands.take(cast.agent.pk)
    several = [f"several/{act}" for act in ("assign", "note", "priority", "snooze", "tags", "untag")]
    one = f"cases/{uuid4()}"
    acts = [f"{one}/{act}" for act in ("decline", "tags", "untag")]
    posts = [("post", path) for path in ["next", "team", "team/seen", *acts, *several]]
    puts = [("put", path) for path in [f"{one}/snooze", f"{one}/priority", "away"]]
    for method, path in [*posts, *puts, ("delete", f"{one}/snooze")]:
        said = getattr(priya, method)(f"/api/desk/{path}/", {}, JSON)
        assert (said.status_code, said.json()["code"]) == (429, "rate"), path
