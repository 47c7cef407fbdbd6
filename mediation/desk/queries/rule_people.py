"""Whom a rule's mail goes to, and what rules can name."""

from django.db.models import QuerySet

from accounts.models import Team, User
from accounts.rules import STAFF_ROLES, Role
from mediation.desk.models import Handling, Webhook
from mediation.desk.rules.conditions.reading import Known
from mediation.desk.rules.rule_actions import Whom
from mediation.sla.models import Calendar


def staff() -> QuerySet[User]:
    """Everybody at Upwork whose account is open."""
    return User.objects.filter(is_active=True, role__in=[role.value for role in STAFF_ROLES])


def to_be_told(handling: Handling, whom: Whom) -> list[User]:
    """Each once; never a party of the case."""
    case = handling.dispute
    able = staff().exclude(pk__in=[case.filer_id, case.respondent_id])
    if whom is Whom.MEDIATOR:
        found = able.filter(pk=case.mediator_id) if case.mediator_id else able.none()
    elif whom is Whom.TEAM:
        found = able.filter(teams=handling.team_id) if handling.team_id else able.none()
    else:
        found = able.filter(role=Role.SUPERVISOR.value)
    return list(found.order_by("pk"))


def known() -> Known:
    """What rules can name now."""
    return Known(
        people=frozenset(str(key) for key in staff().values_list("pk", flat=True)),
        teams=frozenset(str(key) for key in Team.objects.values_list("pk", flat=True)),
        webhooks=frozenset(str(key) for key in Webhook.objects.values_list("pk", flat=True)),
        calendars=frozenset(Calendar.objects.values_list("code", flat=True)),
    )
