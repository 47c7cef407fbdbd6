"""Who is told of what happens to a case."""

from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.models import Team, User
from accounts.rules import Role
from mediation.escalations.audience import desk_people
from mediation.escalations.models import Case
from mediation.sla.rules.steps import Action


def told(case: Case, actions: Iterable[Action]) -> list[User]:
    """Everybody whom the actions of a step concern, each once. The desk is not called for what somebody has."""
    found: dict[object, User] = {}
    for action in actions:
        found |= {person.pk: person for person in _concerned(case, action)}
    return sorted(found.values(), key=lambda person: str(person.pk))


def leads() -> QuerySet[User]:
    """The leads of the teams that the desk's people are in; without one, the supervisors."""
    staff = User.objects.filter(is_active=True)
    teams = Team.objects.filter(members__in=desk_people(), lead__isnull=False)
    found = staff.filter(pk__in=teams.values("lead"))
    return found if found else staff.filter(role=Role.SUPERVISOR.value)


def _concerned(case: Case, action: Action) -> Iterable[User]:
    if action in (Action.LEVEL_UP, Action.REASSIGN):
        return leads()
    if case.owner is None:
        return desk_people()
    return [case.owner] if action is Action.NOTIFY and case.owner.is_active else []
