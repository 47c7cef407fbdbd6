"""What a person's teams were told, and what is meant for the person."""

from django.db.models import Q, QuerySet

from accounts.models import User
from mediation.desk import audience
from mediation.desk.models import Mention, TeamLine
from mediation.disputes.audience import READERS
from mediation.disputes.models import Dispute

NEWEST = 100


def newest_lines(user: User) -> list[TeamLine]:
    """The newest lines of the person's teams, the newest first. Nothing about their own disputes."""
    if not audience.is_at_desk(user):
        return []
    found = TeamLine.objects.filter(team__in=user.teams.all())
    found = found.exclude(_own(user))
    lines = found.select_related("team", "dispute__room__contract", "actor", "person").order_by("-at", "-pk")
    return list(lines[:NEWEST])


def unseen(user: User) -> QuerySet[Mention]:
    """What is meant for the person and was not seen yet, the newest first."""
    if not audience.is_at_desk(user):
        return Mention.objects.none()
    found = Mention.objects.filter(person=user, seen_at__isnull=True).exclude(_own(user))
    return found.filter(Q(line__isnull=True) | Q(line__team__in=user.teams.all())).order_by("-at", "-pk")


def askable(dispute: Dispute) -> QuerySet[User]:
    """Who can be asked about a case: those who read cases, but for its own parties."""
    parties = [dispute.filer_id, dispute.respondent_id]
    return User.objects.filter(role__in=READERS, is_active=True).exclude(pk__in=parties).order_by("name")


def _own(user: User) -> Q:
    return Q(dispute__filer=user) | Q(dispute__respondent=user)
