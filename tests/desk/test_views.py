"""Views kept under a name, for oneself and for a team."""

import pytest

from accounts.models import Team
from mediation.core.errors import Forbidden, NotFound
from mediation.desk import audience
from mediation.desk.actions.views import remove_view, save_view
from mediation.desk.errors import NoName, NotYourTeam
from mediation.desk.rules.views import Queue, View, view_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DUTCH = View(Queue.RISK, language="nl")


@pytest.fixture
def team(cast: Cast) -> Team:
    made = Team.objects.create(name="Benelux", lead=cast.supervisor)
    made.members.set([cast.agent, cast.senior, cast.supervisor])
    return made


def test_an_own_view_is_ones_own(cast: Cast) -> None:
    kept = save_view(user=cast.agent, name="  Dutch,  soon ", view=DUTCH)
    assert (kept.name, view_of(kept.parameters)) == ("Dutch, soon", DUTCH)
    assert list(audience.own_views(cast.agent)) == [kept]
    assert not audience.own_views(cast.senior)
    with pytest.raises(NotFound):
        remove_view(user=cast.senior, view_id=kept.pk)
    remove_view(user=cast.agent, view_id=kept.pk)
    assert not audience.own_views(cast.agent)


def test_the_same_name_again_is_the_same_view(cast: Cast, team: Team) -> None:
    first = save_view(user=cast.agent, name="Dutch", view=DUTCH)
    again = save_view(user=cast.agent, name="Dutch", view=View(language="nl"))
    assert (first.pk, view_of(again.parameters).queue) == (again.pk, Queue.UNCLAIMED)
    ours = save_view(user=cast.agent, name="Dutch", view=DUTCH, team_id=team.pk)
    theirs = save_view(user=cast.senior, name="Dutch", view=DUTCH, team_id=team.pk)
    assert ours.pk == theirs.pk != first.pk


def test_a_teams_view_is_its_members_and_goes_by_its_maker_or_lead(cast: Cast, team: Team) -> None:
    kept = save_view(user=cast.agent, name="Dutch", view=DUTCH, team_id=team.pk)
    assert list(audience.own_views(cast.senior)) == [kept]
    assert not audience.own_views(cast.mediator)
    with pytest.raises(NotFound):
        remove_view(user=cast.mediator, view_id=kept.pk)
    with pytest.raises(Forbidden):
        remove_view(user=cast.senior, view_id=kept.pk)
    remove_view(user=cast.supervisor, view_id=kept.pk)
    assert not audience.own_views(cast.agent)


def test_what_cannot_be_kept_is_refused(cast: Cast, team: Team) -> None:
    for name in ("", "   ", "\x00", "x" * 41):
        with pytest.raises(NoName):
            save_view(user=cast.agent, name=name, view=DUTCH)
    with pytest.raises(NotYourTeam):
        save_view(user=cast.mediator, name="Dutch", view=DUTCH, team_id=team.pk)
    with pytest.raises(NotFound):
        save_view(user=cast.client, name="Dutch", view=DUTCH)
