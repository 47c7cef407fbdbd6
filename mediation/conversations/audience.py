"""The one gate: which threads a person may read and write at this moment.

Every query filters through `readable_threads`; every action asks `thread_to_read` or `thread_to_write`. What
a person may not see and what does not exist are refused alike.
"""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.rules import STAFF_ROLES
from mediation.conversations.models import HelpRequest, Member, Room, Thread
from mediation.conversations.rules import access
from mediation.core.errors import Forbidden, NotFound


class Person(Protocol):
    """Whoever asks: a `User`, or the identity of a socket."""

    id: UUID
    role: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is in a room: the role of their membership, if any, and the audiences that follow from it."""

    member_role: str | None
    reads: frozenset[str]
    writes: frozenset[str]


def staff_role(person: Person) -> str | None:
    """The person's role if it is a staff role."""
    return person.role if person.role in STAFF_ROLES else None


def readable_threads(person: Person) -> QuerySet[Thread]:
    """Every thread the person may read now."""
    if not person.is_active:
        return Thread.objects.none()
    stays = Member.objects.filter(room=OuterRef("room"), user=person.id, left_at__isnull=True)
    gate = Q()
    for role in access.member_roles(person.role):
        gate |= Q(Exists(stays.filter(role=role)), audience__in=access.AUDIENCES_OF_MEMBER[role])
    if access.may_read_from_outside(person.role):
        asked = HelpRequest.objects.filter(room=OuterRef("room"))
        gate |= Q(Exists(asked), audience__in=access.AUDIENCES_OF_STAFF)
    return Thread.objects.filter(gate)


def readable_rooms(person: Person) -> QuerySet[Room]:
    """Every room in which the person may read anything: their own, and for staff those that asked for help."""
    if not person.is_active:
        return Room.objects.none()
    stays = Member.objects.filter(room=OuterRef("pk"), user=person.id, left_at__isnull=True)
    gate = Q(Exists(stays.filter(role__in=access.member_roles(person.role))))
    if access.may_read_from_outside(person.role):
        gate |= Q(Exists(HelpRequest.objects.filter(room=OuterRef("pk"))))
    return Room.objects.filter(gate)


def standing(person: Person, room_id: UUID) -> Standing:
    """What the person is in the room now. Raises NotFound for those who may read nothing there."""
    if not person.is_active:
        raise NotFound
    role = (
        Member.objects.filter(room=room_id, user=person.id, left_at__isnull=True).values_list("role", flat=True).first()
    )
    counts = access.membership(role, staff_role(person)) is not None
    asked = not counts and staff_role(person) is not None and HelpRequest.objects.filter(room=room_id).exists()
    found = standing_of(person, role, help_was_asked=asked)
    if not found.reads:
        raise NotFound
    return found


def standing_of(person: Person, member_role: str | None, *, help_was_asked: bool) -> Standing:
    """What somebody with that stay, if any, is in a room; one who may read nothing reads no audience."""
    of_staff = staff_role(person)
    role = member_role if access.membership(member_role, of_staff) is not None else None
    asked = help_was_asked and role is None
    if not person.is_active:
        return Standing(None, frozenset(), frozenset())
    return Standing(
        role,
        access.readable(role, of_staff, help_was_asked=asked),
        access.writable(role, of_staff, help_was_asked=asked),
    )


def thread_to_read(person: Person, thread_id: UUID) -> Thread:
    """The thread, if the person may read it. Raises NotFound."""
    # Two plain look-ups: building the query of `readable_threads` costs more than both, and this is asked all the time.
    thread = Thread.objects.filter(pk=thread_id).first()
    if thread is None or thread.audience not in standing(person, thread.room_id).reads:
        raise NotFound
    return thread


def thread_to_compose(person: Person, thread_id: UUID) -> Thread:
    """The thread, if the person may write there; no lock is taken. Raises like `thread_to_write`."""
    thread = thread_to_read(person, thread_id)
    if thread.audience not in standing(person, thread.room_id).writes:
        raise Forbidden
    return thread


def thread_to_write(person: Person, thread_id: UUID) -> Thread:
    """The thread with its row locked, if the person may write there. Call inside a transaction.

    Raises NotFound where they may not read, Forbidden where they may only read.
    """
    thread = Thread.objects.select_for_update(no_key=True, of=("self",)).filter(pk=thread_id).first()
    if thread is None:
        raise NotFound
    found = standing(person, thread.room_id)
    if thread.audience not in found.reads:
        raise NotFound
    if thread.audience not in found.writes:
        raise Forbidden
    return thread
