"""The desk's plain forms have the rate of the API, and who is too fast loses nothing they typed."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from accounts.models import Team
from mediation.core import rates
from mediation.core.errors import TooMany
from mediation.desk.actions.taking import claim
from mediation.desk.actions.views import save_view
from mediation.desk.models import AgentProfile, Decline, Handling, SavedView, Snooze
from mediation.desk.rules.views import View
from mediation.disputes.models import Dispute
from tests.cast import Cast
from tests.desk.test_taking import waiting
from tests.web.test_case_pages import text_of

pytestmark = pytest.mark.django_db
SAID = str(TooMany.message)


@pytest.fixture
def priya(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Who has done a lot at once."""
    monkeypatch.setattr(rates, "commands", rates.Rate(burst=1, per_minute=0.01))
    rates.commands.take(cast.agent.pk)
    client = Client()
    client.force_login(cast.agent)
    return client


def refused(priya: Client, path: str, **said: object) -> str:
    """The page that says so, with everything on it."""
    answer = priya.post(path, said)
    page = answer.content.decode()
    assert (answer.status_code, SAID in text_of(page)) == (429, True)
    return page


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"act": "note", "text": "Ask for the files first."}, ">Ask for the files first.</textarea>"),
        ({"act": "tag", "tags": "refund vip"}, 'value="refund vip"'),
        ({"act": "prioritise", "priority": "urgent"}, '<option value="urgent" selected>'),
        ({"act": "snooze", "until": "monday"}, '<option value="monday" selected>'),
        ({"act": "snooze", "until": "other", "moment": "2030-02-01T09:30"}, 'value="2030-02-01T09:30"'),
    ],
)
def test_several_at_once(cast: Cast, priya: Client, said: dict[str, str], kept: str) -> None:
    case = waiting(cast)
    claim(user=cast.agent, dispute_id=case)
    page = refused(priya, "/desk/several/", case=[case], **said)
    assert kept in page
    assert f'name="case" value="{case}"' in page
    assert ('name="on_word" checked' in page) is (said["act"] != "snooze"), "the box was not ticked there"
    assert not Handling.objects.exclude(priority="").exists()
    assert not Snooze.objects.exists()


def test_not_now_stays_in_its_form_and_is_said_from_there(cast: Cast, priya: Client) -> None:
    case, press = waiting(cast), uuid4()
    said = {"case": case, "command_id": press, "act": "decline", "reason": "other", "words": "I know “her” shop."}
    page = refused(priya, "/desk/next/?queue=unclaimed", **said)
    assert '<option value="other" selected>' in page
    assert 'value="I know “her” shop."' in page
    assert f'name="command_id" value="{press}"' in page
    assert 'action="/desk/next/?queue=unclaimed"' in page
    assert f'href="/desk/?case={case}&amp;offer=1"' in page, "of the queue that it began in"
    assert not Decline.objects.exists()
    rates.commands.forget()
    assert priya.post("/desk/next/", said).status_code == 302
    assert Decline.objects.get().words == "I know “her” shop."


def test_what_is_wrong_with_a_reason_is_said_beside_it(cast: Cast, priya: Client) -> None:
    rates.commands.forget()
    said = {"case": waiting(cast), "act": "decline", "reason": "other", "words": " "}
    answer = priya.post("/desk/next/", said)
    assert answer.status_code == 400
    assert '<option value="other" selected>' in answer.content.decode()


def test_an_offered_case_is_offered_still(cast: Cast, priya: Client) -> None:
    case = waiting(cast)
    answer = priya.post("/desk/next/", {"case": case, "command_id": uuid4()}, follow=True)
    assert SAID in text_of(answer.content.decode())
    assert answer.redirect_chain == [(f"/desk/?case={case}&offer=1", 302)]
    assert Dispute.objects.get(pk=case).mediator is None


def test_laying_one_aside(cast: Cast, priya: Client) -> None:
    case = waiting(cast)
    claim(user=cast.agent, dispute_id=case)
    path = f"/desk/cases/{case}/snooze/"
    page = refused(priya, path, until="other", moment="2030-02-01T09:30")
    assert '<option value="other" selected>' in page
    assert 'value="2030-02-01T09:30"' in page
    assert 'name="on_word" checked' not in page
    assert f'action="{path}"' in page
    rates.commands.forget()
    wrong = priya.post(path, {"until": "other", "moment": "2001-02-01T09:30", "on_word": "on"})
    assert (wrong.status_code, 'value="2001-02-01T09:30"' in wrong.content.decode()) == (400, True)
    assert not Snooze.objects.exists()
    rates.commands.forget()
    assert priya.post(path, {"until": "word"}).status_code == 302
    assert SAID in told(priya, path, until="wake")
    assert Snooze.objects.exists()


def test_keeping_a_view(cast: Cast, priya: Client) -> None:
    team = Team.objects.create(name="Mediation")
    team.members.add(cast.agent)
    page = refused(priya, "/desk/views/", name="Dutch, for all", team=team.pk, language="nl")
    assert 'value="Dutch, for all"' in page
    assert f'<option value="{team.pk}" selected>' in page
    assert '<input type="hidden" name="language" value="nl">' in page
    assert not SavedView.objects.exists()


def told(priya: Client, path: str, **said: object) -> str:
    """What the next page says."""
    return text_of(priya.post(path, said, follow=True).content.decode())


def test_what_has_no_words_is_told_on_the_next_page(cast: Cast, priya: Client) -> None:
    case, view = waiting(cast), save_view(user=cast.agent, name="Dutch", view=View(language="nl"), team_id=None)
    for path in (f"/desk/cases/{case}/claim/", f"/desk/views/{view.pk}/remove/", "/desk/team/seen/"):
        assert SAID in told(priya, path), path
    assert SAID in told(priya, "/desk/away/", is_away="on")
    assert Dispute.objects.get(pk=case).mediator is None
    assert SavedView.objects.exists()
    assert not AgentProfile.objects.filter(is_away=True).exists()


def test_taking_one_from_the_row_says_so_to_the_script(cast: Cast, priya: Client) -> None:
    case: UUID = waiting(cast)
    answer = priya.post(f"/desk/cases/{case}/claim/", headers={"X-Part": "act"})
    assert (answer.status_code, answer.json()["code"]) == (429, "rate")
