"""Who is told of a step."""

from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.models import Team, User
from accounts.rules import MEDIATOR_ROLES, STAFF_ROLES, Role
from mediation.disputes.models import Dispute
from mediation.sla.rules.steps import Action


def told(dispute: Dispute, actions: Iterable[Action]) -> list[User]:
    """Everybody whom these actions concern, each once. A closed account is told nothing."""
    found: dict[object, User] = {}
    for action in actions:
        found |= {person.pk: person for person in _concerned(dispute, action)}
    return sorted(found.values(), key=lambda person: str(person.pk))


def _concerned(dispute: Dispute, action: Action) -> Iterable[User]:
    if action in (Action.LEVEL_UP, Action.REASSIGN):
        return _leads(dispute)
    if action is Action.NOTIFY and dispute.mediator and dispute.mediator.is_active:
        return [dispute.mediator]
    return _group(dispute)


def _group(dispute: Dispute) -> QuerySet[User]:
    """Everybody who mediates: the mediator's teams, or all of them while there is none."""
    able = User.objects.filter(is_active=True, role__in=[role.value for role in MEDIATOR_ROLES])
    able = able.exclude(pk__in=[dispute.filer_id, dispute.respondent_id])
    teams = dispute.mediator.teams.all() if dispute.mediator else Team.objects.none()
    return able.filter(teams__in=teams).distinct() if teams else able


def _leads(dispute: Dispute) -> QuerySet[User]:
    """The leads of the mediator's teams; without one, the supervisors."""
    staff = User.objects.filter(is_active=True, role__in=[role.value for role in STAFF_ROLES])
    teams = dispute.mediator.teams.filter(lead__isnull=False) if dispute.mediator else Team.objects.none()
    leads = staff.filter(pk__in=teams.values("lead"))
    return leads if leads else staff.filter(role=Role.SUPERVISOR.value)
