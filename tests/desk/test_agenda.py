"""What is due by when in one's own cases; being away."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from mediation.core import clock
from mediation.core.errors import Forbidden, NotFound
from mediation.desk.actions.rows import refresh
from mediation.desk.actions.seats import set_away
from mediation.desk.actions.snoozes import snooze
from mediation.desk.actions.taking import claim
from mediation.desk.models import AgentProfile
from mediation.desk.queries.agenda import Kind, agenda
from mediation.desk.queries.routing import seats
from mediation.desk.rules.agenda import Part, part_of
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.desk.conftest import elsewhere
from tests.desk.test_taking import waiting
from tests.desk.test_team_room import hear
from tests.disputes.ways import case_in
from tests.web.test_case_pages import text_of

WEDNESDAY = datetime(2026, 3, 4, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "zone", "part"),
    [
        (WEDNESDAY, "UTC", Part.OVER),
        (WEDNESDAY + timedelta(minutes=89), "UTC", Part.TODAY),
        (WEDNESDAY + timedelta(minutes=90), "UTC", Part.WEEK),
        (WEDNESDAY + timedelta(minutes=90), "America/New_York", Part.TODAY),
        (datetime(2026, 3, 8, 23, 59, tzinfo=UTC), "UTC", Part.WEEK),
        (datetime(2026, 3, 9, tzinfo=UTC), "UTC", Part.LATER),
    ],
)
def test_today_and_this_week_are_the_readers(due: datetime, zone: str, part: Part) -> None:
    assert part_of(due, WEDNESDAY, zone) is part


@pytest.mark.django_db
def test_clocks_deadlines_and_requests_of_own_cases_stand_in_order(cast: Cast) -> None:
    case = case_in(elsewhere(cast, "mine"), State.MEDIATING)
    owner = case.row.mediator
    assert owner is not None
    asked = {"asked_of": case.cast.client.pk, "kind": "document", "text": "The signed brief."}
    case.say(owner, "make_request", **asked, due_at=clock.now() + timedelta(days=2))
    hear()
    refresh([case.id, waiting(cast, "nobody's")])
    snooze(user=owner, dispute_id=case.id, until=clock.now() + timedelta(days=1), on_word=False)
    items = agenda(owner)
    assert {item.case.pk for item in items} == {case.id}
    assert [item.at for item in items] == sorted(item.at for item in items)
    assert {Kind.CLOCK, Kind.DEADLINE, Kind.SNOOZE} == {item.kind for item in items}
    assert "The signed brief." in {item.about for item in items}
    page = Client()
    page.force_login(owner)
    words = text_of(page.get("/desk/agenda/").content.decode())
    for said in ("Job mine", "“The signed brief.”", "Comes back to your queue", "You carry 10 points", "Languages all"):
        assert said in words, said
    page.force_login(cast.qa)
    assert "Nothing is due" in text_of(page.get("/desk/agenda/").content.decode())


@pytest.mark.django_db
def test_what_has_no_time_is_due_at_none(cast: Cast) -> None:
    """A clock that stands still, and a case that comes back with a word of a party."""
    case = case_in(elsewhere(cast, "mine"), State.MEDIATING)
    owner = case.row.mediator
    assert owner is not None
    hear()
    refresh([case.id])
    assert Kind.CLOCK in {item.kind for item in agenda(owner)}
    case.say(cast.senior, "hold", reason="Fraud is looked at.")
    snooze(user=owner, dispute_id=case.id, until=None, on_word=True)
    hear()
    assert {item.kind for item in agenda(owner)} <= {Kind.DEADLINE}


@pytest.mark.django_db
def test_who_is_away_says_so_and_keeps_what_was_set_up(cast: Cast) -> None:
    AgentProfile.objects.create(user=cast.agent, capacity=40, languages=["en"])
    page = Client()
    page.force_login(cast.agent)
    assert page.post("/desk/away/", {"is_away": "on"}).status_code == 302
    assert "You are away" in page.get("/desk/agenda/").content.decode()
    found = AgentProfile.objects.get(user=cast.agent)
    assert (found.is_away, found.capacity, found.languages) == (True, 40, ["en"])
    page.post("/desk/away/", {})
    assert not AgentProfile.objects.get(user=cast.agent).is_away
    set_away(user=cast.senior, is_away=True)
    assert seats([cast.senior])[cast.senior.pk].capacity is None, "being away brings no limit"
    claim(user=cast.senior, dispute_id=waiting(cast))


def test_who_takes_no_cases_is_never_away(cast: Cast) -> None:
    """A role without a desk is told nothing of one; who leads and takes no cases is told so."""
    for person in (cast.client, cast.freelancer, cast.outsider, cast.admin):
        with pytest.raises(NotFound):
            set_away(user=person, is_away=True)
    with pytest.raises(Forbidden):
        set_away(user=cast.supervisor, is_away=True)
    assert not AgentProfile.objects.exists()
