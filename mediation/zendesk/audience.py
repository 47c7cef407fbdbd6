"""Who looks after the mirror."""

from accounts.models import User
from accounts.rules import Role

_KEEPERS = frozenset({Role.ADMIN, Role.SUPERVISOR})


def may_keep(user: object) -> bool:
    """Sees how tickets stand, and sets one going again: no word of anybody is shown for that."""
    return isinstance(user, User) and user.is_active and user.is_staff and user.role in _KEEPERS


def may_read_strays(user: object) -> bool:
    """Reads what agents wrote in Zendesk: who reads the staff's notes of every room."""
    return may_keep(user) and isinstance(user, User) and user.role == Role.SUPERVISOR
