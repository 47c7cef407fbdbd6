"""The desk's page without a script: queues, filters, pages, the brief, kept views, taking a case."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Team, User
from mediation.core import clock
from mediation.desk.actions.rows import refresh
from mediation.desk.actions.taking import claim
from mediation.desk.models import CaseTag, QueueRow, SavedView
from mediation.desk.queries import pages
from mediation.disputes.rules.states import State
from tests.cast import Cast, make_contract
from tests.desk.conftest import elsewhere
from tests.desk.test_taking import waiting
from tests.disputes.ways import case_in
from tests.web.test_case_pages import text_of

pytestmark = pytest.mark.django_db
DESK = "/desk/"


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user: User, address: str = DESK, **headers: str) -> str:
    answer = as_(user).get(address, headers=headers)
    assert answer.status_code == 200, address
    return answer.content.decode()


def titles(html: str) -> list[str]:
    return [title.removeprefix("Job ") for title in re.findall(r'class="case-title"[^>]*>([^<]+)', html)]


def test_the_queue_is_ordered_by_what_is_due_next_with_its_clock(cast: Cast) -> None:
    now = clock.now()
    for name, minutes in (("later", 90), ("over", -6), ("soon", 20)):
        case = waiting(cast, name)
        due, begins = now + timedelta(minutes=minutes), now - timedelta(minutes=100)
        QueueRow.objects.filter(pk=case).update(
            metric="CLAIM", due_at=due, order_at=due, begins_at=begins, soon_at=begins, risk_at=due
        )
    html = page(cast.agent)
    assert titles(html) == ["over", "soon", "later"]
    assert re.findall(r'<tr class="case-row"[^>]* data-state="(\w+)"', html) == ["late", "soon", "soon"]
    text = text_of(html)
    assert "Breached 6 min over A mediator takes the case" in text
    assert "3 unclaimed · 1 breached · 0 at risk" in text
    assert html.count('data-act="claim"') == 3
    assert titles(page(cast.agent, DESK + "?queue=late")) == ["over"]


def test_a_page_asks_the_database_six_times_however_many_rows(cast: Cast) -> None:
    Team.objects.create(name="Mediation").members.set([cast.agent, cast.senior])
    client = as_(cast.agent)
    for number in range(3):
        waiting(cast, f"n{number}")
        client.get(DESK)
        with CaptureQueriesContext(connection) as queries:
            html = client.get(DESK).content.decode()
        assert len(titles(html)) == number + 1
        assert len(queries) <= 6, [query["sql"][:80] for query in queries]


def test_it_goes_on_page_by_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        waiting(cast, f"n{number}")
    whole = titles(page(cast.agent))
    shown = pages.desk
    monkeypatch.setattr(pages, "desk", lambda user, view, after=None: shown(user, view, after=after, size=2))
    first = page(cast.agent, DESK + "?queue=unclaimed")
    [onward] = re.findall(r'rel="next" href="([^"]+)"', first)
    second = page(cast.agent, DESK + onward.replace("&amp;", "&"))
    assert titles(first) + titles(second) == whole
    assert 'rel="next"' not in second
    assert "From the beginning" in second
    assert as_(cast.agent).get(DESK + "?after=nonsense")["Location"] == DESK


def test_it_is_narrowed_and_the_view_is_kept(cast: Cast) -> None:
    waiting(cast, "plain")
    case = case_in(elsewhere(cast, "claim"), State.ESCALATED)
    refresh([case.id])
    assert titles(page(cast.agent, DESK + "?track=A")) == ["claim"]
    assert "No case of this queue fits the filters." in page(cast.agent, DESK + "?track=C")
    team = Team.objects.create(name="Mediation")
    team.members.set([cast.agent, cast.senior])
    form = page(cast.agent, "/desk/views/?track=A")
    assert "A escrow" in form
    assert 'name="track" value="A"' in form
    client = as_(cast.agent)
    answer = client.post("/desk/views/", {"track": "A", "name": "Escrow", "team": str(team.pk)})
    assert answer["Location"] == DESK + "?track=A"
    assert f'href="{DESK}?track=A"' in page(cast.senior)
    refused = client.post("/desk/views/", {"track": "A", "name": "x" * 41})
    assert refused.status_code == 400
    assert "at most 40 characters" in refused.content.decode()
    assert "x" * 41 in refused.content.decode(), "what was typed is kept"
    kept = SavedView.objects.get()
    assert client.post(reverse("web:desk_remove_view", args=[kept.pk]))["Location"] == DESK
    assert not SavedView.objects.exists()


def test_an_empty_queue_says_so(cast: Cast) -> None:
    assert "Every request has an owner." in page(cast.agent)
    assert "You have no cases" in page(cast.agent, DESK + "?queue=mine")


def test_the_brief_says_what_there_is_to_know(cast: Cast) -> None:
    case = waiting(cast)
    html = page(cast.agent, f"{DESK}?case={case}")
    text = text_of(html)
    for said in ("Job one", "Waiting for a mediator", "Conflict check Clear", "Claim and join", "Read without joining"):
        assert said in text
    make_contract(QueueRow.objects.get(pk=case).dispute.filer, cast.agent)
    blocked = text_of(page(cast.agent, reverse("web:desk_brief", args=[case])))
    assert "Conflict check Not you" in blocked
    assert "Claim and join" not in blocked
    assert "Somebody else must take this case." in blocked


def test_a_case_is_taken_from_the_page(cast: Cast) -> None:
    case = waiting(cast)
    room = QueueRow.objects.get(pk=case).dispute.room_id
    address = reverse("web:desk_claim", args=[case])
    assert as_(cast.agent).post(address)["Location"] == reverse("web:room", args=[room])
    late = as_(cast.senior)
    assert late.post(address)["Location"] == DESK
    assert "Priya Nair took this case before you." in text_of(late.get(DESK).content.decode())
    told = late.post(address, headers={"X-Part": "act"})
    assert (told.status_code, told.json()["code"]) == (409, "desk.taken")
    assert as_(cast.agent).post(address, headers={"X-Part": "act"}).json() == {"message": "The case is yours."}


def test_who_mediates_nothing_is_offered_nothing_to_take(cast: Cast) -> None:
    waiting(cast)
    for reader in (cast.supervisor, cast.qa):
        html = page(reader)
        assert titles(html) == ["one"]
        assert 'data-act="claim"' not in html


def test_an_owned_case_shows_its_owner_and_state(cast: Cast) -> None:
    claim(user=cast.senior, dispute_id=waiting(cast))
    text = text_of(page(cast.agent, DESK + "?queue=open"))
    assert "Sam Okafor" in text
    assert "In mediation" in text


def test_the_script_gets_the_parts_alone(cast: Cast) -> None:
    waiting(cast)
    parts = page(cast.agent, DESK, **{"X-Part": "queue"})
    assert titles(parts) == ["one"]
    assert "<html" not in parts
    assert 'data-part="list"' in parts


def test_staff_reach_the_desk_from_every_page(cast: Cast) -> None:
    for reader in (cast.agent, cast.qa):
        assert 'href="/desk/"' in page(reader, "/rooms/")
    for other in (cast.client, cast.analyst):
        assert "/desk/" not in page(other, "/rooms/")


def test_cases_are_filtered_by_tags_and_a_view_keeps_them(cast: Cast) -> None:
    case = waiting(cast, "one")
    waiting(cast, "two")
    CaseTag.objects.create(dispute_id=case, name="vip")
    html = page(cast.agent, DESK + "?tags=VIP")
    assert titles(html) == ["one"]
    assert re.findall(r'name="tags" value="([^"]*)"', html) == ["vip", "vip"], "the search keeps it; the field shows it"
    assert f"{DESK}?queue=open&amp;tags=vip" in page(cast.agent, DESK + f"?case={case}"), "a tag leads to its cases"
    keep = page(cast.agent, reverse("web:desk_save_view") + "?tags=vip")
    assert "#vip" in text_of(keep)
    as_(cast.agent).post(reverse("web:desk_save_view"), {"name": "Important", "tags": "vip"})
    assert SavedView.objects.get().parameters == {"tags": "vip"}
    none = page(cast.agent, DESK + "?tags=nobody")
    assert titles(none) == []
    assert "No case of this queue fits the filters." in none


def test_agenda_and_team_room_stand_beside_the_same_queues(cast: Cast) -> None:
    waiting(cast, "one")
    counts = re.findall(r'data-key="\d".*?num"[^>]*>(\d+)<', page(cast.agent))
    assert counts[0] == "1"
    for path in ("/desk/agenda/", "/desk/team/"):
        html = page(cast.agent, path)
        assert re.findall(r'data-key="\d".*?num"[^>]*>(\d+)<', html) == counts
        assert re.findall(r'nav-item" href="([^"]*)" aria-current="page"', html) == [path]
        assert html.count("<h1>") == 1
        part = page(cast.agent, path, **{"X-Part": "list"})
        assert "<html" not in part
        assert re.findall(r'data-key="\d".*?num"[^>]*>(\d+)<', part) == counts
        for stranger in (cast.client, cast.outsider, cast.analyst):
            assert as_(stranger).get(path).status_code == 404
