"""A support lead sets up skills, capacity and weights, and looks through kept views; nobody else does."""

import pytest
from django.test import Client

from accounts.models import User
from mediation.desk.actions.views import save_view
from mediation.desk.models import AgentProfile, CaseWeight, SavedView
from mediation.desk.queries.routing import seats
from mediation.desk.rules.views import View
from tests.cast import Cast
from tests.web.test_case_pages import text_of

pytestmark = pytest.mark.django_db
PROFILES, WEIGHTS, VIEWS = (f"/admin/desk/{name}/" for name in ("agentprofile", "caseweight", "savedview"))


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def lead(cast: Cast) -> Client:
    cast.supervisor.is_staff = True
    cast.supervisor.save(update_fields=["is_staff"])
    return as_(cast.supervisor)


def test_a_lead_sets_up_what_an_agent_can_take(cast: Cast, lead: Client) -> None:
    said = {"user": cast.agent.pk, "languages": ["en", "nl"], "tracks": ["A"], "capacity": 80, "ramp_days": 0}
    assert lead.post(PROFILES + "add/", said).status_code == 302
    seat = seats([cast.agent])[cast.agent.pk]
    assert (seat.languages, seat.tracks, seat.capacity, seat.value_limit_minor) == ({"en", "nl"}, {"A"}, 80, None)
    words = text_of(lead.get(PROFILES).content.decode())
    assert "EN NL" in words
    assert lead.post(f"{PROFILES}{cast.agent.pk}/change/", said | {"languages": [], "is_away": "on"}).status_code == 302
    assert AgentProfile.objects.get().is_away
    assert "all" in text_of(lead.get(PROFILES).content.decode())


def test_what_cannot_be_meant_is_refused_with_a_reason(cast: Cast, lead: Client) -> None:
    said = {"user": cast.client.pk, "languages": ["xx"], "tracks": ["Z"], "capacity": 0, "ramp_days": 400}
    answer = lead.post(PROFILES + "add/", said)
    assert answer.status_code == 200
    assert {"user", "languages", "tracks", "capacity", "ramp_days"} <= answer.context["adminform"].form.errors.keys()
    assert not AgentProfile.objects.exists()


def test_a_lead_weighs_cases_and_reads_kept_views(cast: Cast, lead: Client) -> None:
    assert lead.post(WEIGHTS + "add/", {"track": "A", "phase": "drafting", "weight": 6}).status_code == 302
    assert lead.post(WEIGHTS + "add/", {"track": "A", "phase": "drafting", "weight": 7}).status_code == 200, "once"
    assert CaseWeight.objects.get().weight == 6
    save_view(user=cast.agent, name="Dutch ones", view=View(language="nl"))
    assert "language = nl" in text_of(lead.get(VIEWS).content.decode())
    assert lead.get(VIEWS + "add/").status_code == 403
    assert lead.post(f"{VIEWS}{SavedView.objects.get().pk}/delete/", {"post": "yes"}).status_code == 302
    assert not SavedView.objects.exists()


def test_nobody_else_does(cast: Cast) -> None:
    for user in (cast.agent, cast.senior):
        user.is_staff = True
        user.save(update_fields=["is_staff"])
        assert [as_(user).get(page).status_code for page in (PROFILES, WEIGHTS, VIEWS)] == [403] * 3
    assert as_(cast.admin).get(PROFILES).status_code == 200
