"""Who may read and write which audience (domain, section 4), decided from roles alone."""

from accounts.rules import MEDIATOR_ROLES, STAFF_ROLES, Role

JOINT, CAUCUS_CLIENT, CAUCUS_FREELANCER, INTERNAL = "joint", "caucus_client", "caucus_freelancer", "internal"
AUDIENCES = (JOINT, CAUCUS_CLIENT, CAUCUS_FREELANCER, INTERNAL)
PRIVATE = (CAUCUS_CLIENT, CAUCUS_FREELANCER)
LOCKABLE = frozenset({JOINT, *PRIVATE})  # where nobody writes while the room is read only; staff note on

_MEMBER = {
    "client": frozenset({JOINT, CAUCUS_CLIENT}),
    "freelancer": frozenset({JOINT, CAUCUS_FREELANCER}),
    "mediator": frozenset(AUDIENCES),
}
# Staff who are not in the room, and only once somebody there has asked for a mediator.
_STAFF_READ = frozenset({Role.AGENT, Role.SENIOR, Role.EE, Role.SUPERVISOR, Role.QA})
_STAFF_NOTE = _STAFF_READ - {Role.QA}


# A stay as mediator counts only while its person may still mediate: with the role goes the right.
MEDIATING = MEDIATOR_ROLES | {Role.SUPERVISOR}


def may_mediate(role: str, *, is_active: bool) -> bool:
    """Whether somebody's stay as mediator still counts."""
    return is_active and role in MEDIATING


def membership(member_role: str | None, staff_role: str | None) -> frozenset[str] | None:
    """The audiences of somebody who is in the room, or None for who is not, or no longer in the role they came in."""
    if member_role is None or (member_role == "mediator" and staff_role not in MEDIATING):
        return None
    return _MEMBER[member_role]


def member_roles(role: str) -> tuple[str, ...]:
    """The stays that count for somebody of that role."""
    return tuple(kind for kind in _MEMBER if membership(kind, role) is not None)


def readable(member_role: str | None, staff_role: str | None, *, help_was_asked: bool) -> frozenset[str]:
    """The audiences somebody may read in a room: as a member of it, or else by their staff role."""
    own = membership(member_role, staff_role)
    if own is not None:
        return own
    if help_was_asked and staff_role in _STAFF_READ:
        return frozenset({JOINT, INTERNAL})
    return frozenset()


def writable(member_role: str | None, staff_role: str | None, *, help_was_asked: bool) -> frozenset[str]:
    """The audiences somebody may write to in a room."""
    own = membership(member_role, staff_role)
    if own is not None:
        return own
    if help_was_asked and staff_role in _STAFF_NOTE:
        return frozenset({INTERNAL})
    return frozenset()


def may_read_from_outside(staff_role: str) -> bool:
    """Whether a staff role reads rooms that asked for help without being in them."""
    return staff_role in _STAFF_READ


STAFF_READERS = tuple(sorted(role.value for role in _STAFF_READ))
AUDIENCES_OF_MEMBER = {role: tuple(sorted(audiences)) for role, audiences in _MEMBER.items()}
AUDIENCES_OF_STAFF = (INTERNAL, JOINT)


def is_staff(role: str) -> bool:
    """Whether a role is one of Upwork's own."""
    return role in STAFF_ROLES
