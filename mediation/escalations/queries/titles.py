"""What cases are called, for pages that compose slices."""

from collections.abc import Iterable
from uuid import UUID

from accounts.models import User
from mediation.escalations import audience


def titles(person: User, keys: Iterable[UUID]) -> dict[UUID, str]:
    """The names of the clients of those cases that the person may see."""
    found = audience.visible_cases(person).filter(pk__in=list(keys))
    return dict(found.values_list("pk", "contact__name"))
