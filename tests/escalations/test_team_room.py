"""The executive desk's people hear in their team's room who takes a referral, and which one waits."""

import pytest
from django.test import Client

from accounts.models import Team
from mediation.core import clock
from mediation.desk.models import TeamLine
from mediation.escalations.actions.sweep import sweep
from mediation.events.dispatch import dispatch
from mediation.events.models import Event
from tests.cast import Cast
from tests.escalations.referrals import OPEN_HOURS, referred, say
from tests.escalations.test_reply_clock import MINUTE
from tests.web.test_case_pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(cast: Cast) -> Team:
    made = Team.objects.create(name="Executive", lead=cast.supervisor)
    made.members.set([cast.ee, cast.senior])
    Team.objects.create(name="Others").members.set([cast.agent])
    return made


def hear() -> None:
    while dispatch():
        pass


def test_taking_a_referral_is_announced_to_the_desk_once(cast: Cast, team: Team) -> None:
    case = referred(cast)
    say(cast.ee, case, "claim")
    say(cast.ee, case, "reply", text="I call her.")
    hear()
    Event.objects.update(handled_at=None)
    hear()
    assert list(TeamLine.objects.values_list("team__name", "code").order_by("pk")) == [
        ("Executive", "ee_came"),
        ("Executive", "ee_taken"),
    ]


def test_what_waits_is_announced_at_half_and_when_it_is_overdue(cast: Cast, team: Team) -> None:
    with clock.at(OPEN_HOURS):
        referred(cast)
        taken = referred(cast, email="")
        say(cast.ee, taken, "claim")
    for minutes in (9, 16):
        with clock.at(OPEN_HOURS + minutes * MINUTE):
            sweep()
    hear()
    codes = sorted(TeamLine.objects.values_list("code", flat=True))
    assert codes == ["ee_came", "ee_came", "ee_late", "ee_late", "ee_taken", "ee_waits"]


def test_the_client_is_named_only_for_who_works_there(cast: Cast, team: Team) -> None:
    case = referred(cast)
    say(cast.ee, case, "claim")
    hear()
    page = Client()
    page.force_login(cast.ee)
    html = page.get("/desk/team/").content.decode()
    assert "Eva Lind took the referral of Nora Quist." in text_of(html)
    assert f"/escalations/{case.pk}/" in html
    page.force_login(cast.senior)
    html = page.get("/desk/team/").content.decode()
    assert "Eva Lind took the referral of a client." in text_of(html)
    assert str(case.pk) not in html
    assert page.get("/api/desk/team/").json()["lines"][0]["code"] == "ee_taken"
