"""Views kept under a name."""

from uuid import UUID

from django.db import transaction

from accounts.models import Team, User
from mediation.core import clock
from mediation.core.errors import Forbidden, NotFound
from mediation.desk import audience
from mediation.desk.errors import NoName, NotYourTeam
from mediation.desk.models import SavedView
from mediation.desk.rules.views import View

LONGEST_NAME = 40


@transaction.atomic
def save_view(*, user: User, name: str, view: View, team_id: UUID | None = None) -> SavedView:
    """Keep a view for oneself, or for a team of one's own. The same name again is the same view, with other filters.

    Raises NotFound for who has no desk, NoName, NotYourTeam.
    """
    if not audience.is_at_desk(user):
        raise NotFound
    name = " ".join(name.replace("\x00", "").split())
    if not name or len(name) > LONGEST_NAME:
        raise NoName
    team = Team.objects.filter(pk=team_id, members=user).first() if team_id else None
    if team_id and team is None:
        raise NotYourTeam
    owner = {"team": team} if team else {"owner": user, "team": None}
    known = SavedView.objects.select_for_update(of=("self",), no_key=True).filter(name=name, **owner).first()
    saved = known or SavedView(name=name, owner=user, team=team, created_at=clock.now())
    saved.parameters = view.as_parameters()
    saved.save()
    return saved


@transaction.atomic
def remove_view(*, user: User, view_id: UUID) -> None:
    """Take a view away: who made it, or the lead of its team. Raises NotFound, Forbidden."""
    found = audience.own_views(user).select_related("team").filter(pk=view_id).first()
    if found is None or not audience.is_at_desk(user):
        raise NotFound
    if found.owner_id != user.pk and (found.team is None or found.team.lead_id != user.pk):
        raise Forbidden
    found.delete()
