"""Being at the desk, or away from it."""

from django.db import transaction

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.core.errors import Forbidden, NotFound
from mediation.desk import audience
from mediation.desk.models import AgentProfile


@transaction.atomic
def set_away(*, user: User, is_away: bool) -> None:
    """Who is away is offered no case; those they have stay theirs. Raises NotFound for who has no desk, Forbidden for
    who takes no cases.
    """
    if not audience.is_at_desk(user):
        raise NotFound
    if user.role not in MEDIATOR_ROLES:
        raise Forbidden
    AgentProfile.objects.update_or_create(user=user, defaults={"is_away": is_away}, create_defaults=_new(is_away))


def _new(is_away: bool) -> dict[str, object]:
    """Without a profile there was no limit, and being away brings none."""
    return {"is_away": is_away, "capacity": None}
