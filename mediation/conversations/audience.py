"""The one gate: which threads a person may read and write at this moment.

Every query filters through `readable_threads`; every action asks `thread_to_read` or `thread_to_write`. What
a person may not see and what does not exist are refused alike.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.rules import STAFF_ROLES
from mediation.conversations.errors import NoTalkNow, OtherTalk, RoomLocked, TalkFirst
from mediation.conversations.models import HelpRequest, Member, Room, Thread
from mediation.conversations.rules import access
from mediation.conversations.rules.case import CaseOfRoom, NotNow
from mediation.core import sql
from mediation.core.errors import Forbidden, NotFound

# Who answers for the cases that rooms are about: the slice that has them adds itself.
cases: set[Callable[[Collection[UUID]], Mapping[UUID, CaseOfRoom]]] = set()
_SILENCES: dict[NotNow, type[TalkFirst]] = {NotNow.BEGIN: TalkFirst, NotNow.OTHER: OtherTalk, NotNow.OVER: NoTalkNow}
_READER = """
    SELECT t.room_id, t.audience, m.role FROM conversations_thread t
    LEFT JOIN conversations_member m ON m.room_id = t.room_id AND m.user_id = %s AND m.left_at IS NULL
    WHERE t.id = %s"""


class Person(Protocol):
    """Whoever asks: a `User`, or the identity of a socket."""

    id: UUID
    role: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is in a room: the role of their membership, if any, and the audiences that follow from it.

    `is_locked`: a member cannot write to everyone or in private now, whatever their role allows.
    """

    member_role: str | None
    reads: frozenset[str]
    writes: frozenset[str]
    is_locked: bool = False


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


def gate(person: Person) -> str:
    """`readable_threads` for plain SQL (decisions/0004): what must hold of a thread `t` and of `me`, the person's
    present stay in its room, if any. Built of our own names only; the same text for everybody of a role.
    """
    if not person.is_active:
        return "FALSE"
    ways = [
        f"me.role = '{role}' AND t.audience IN {_texts(access.AUDIENCES_OF_MEMBER[role])}"
        for role in access.member_roles(person.role)
    ]
    if access.may_read_from_outside(person.role):
        asked = "EXISTS (SELECT 1 FROM conversations_helprequest asked WHERE asked.room_id = t.room_id)"
        ways.append(f"t.audience IN {_texts(access.AUDIENCES_OF_STAFF)} AND {asked}")
    return f"(({') OR ('.join(ways)}))"


def _texts(names: Collection[str]) -> str:
    return "(" + ", ".join(f"'{name}'" for name in names) + ")"


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
    stay = Member.objects.filter(room=room_id, user=person.id, left_at__isnull=True)
    role, locked_at = stay.values_list("role", "room__locked_at").first() or (None, None)
    return _standing_with(person, room_id, role, is_locked=locked_at is not None)


def _standing_with(person: Person, room_id: UUID, role: str | None, *, is_locked: bool = False) -> Standing:
    counts = access.membership(role, staff_role(person)) is not None
    asked = not counts and staff_role(person) is not None and HelpRequest.objects.filter(room=room_id).exists()
    found = standing_of(person, role, help_was_asked=asked, is_locked=is_locked)
    if not found.reads:
        raise NotFound
    return found


def standing_of(person: Person, member_role: str | None, *, help_was_asked: bool, is_locked: bool = False) -> Standing:
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
        is_locked,
    )


def cases_of(rooms: Collection[UUID]) -> dict[UUID, CaseOfRoom]:
    """The open case of each room that has one."""
    return {room: case for of_rooms in cases for room, case in of_rooms(rooms).items()}


def silences(member_role: str | None, case: CaseOfRoom | None) -> dict[str, NotNow]:
    """The private audiences to which somebody cannot write now though they are theirs, and why. A party writes to the
    mediator at any time; a room without a case has no talk that could be begun.
    """
    if member_role != Member.Role.MEDIATOR.value or case is None:
        return {}
    return {one: why for one in access.PRIVATE if (why := case.silence(one))}


def refusal_to_speak(
    member_role: str | None, audience: str, case: CaseOfRoom | None, *, is_locked: bool
) -> RoomLocked | TalkFirst | None:
    """What somebody is told whose room is read only, and a mediator who would write in private without a private
    talk.
    """
    if is_locked and audience in access.LOCKABLE:
        return RoomLocked()
    why = silences(member_role, case).get(audience)
    return _SILENCES[why]() if why else None


def check_may_speak(found: Standing, room_id: UUID, audience: str) -> None:
    """Whether they can write there now, who may by their role. Raises RoomLocked, and TalkFirst for a mediator who
    would write to one side without a private talk with it.
    """
    is_private = audience in access.PRIVATE and found.member_role == Member.Role.MEDIATOR.value
    case = cases_of([room_id]).get(room_id) if is_private and not found.is_locked else None
    refused = refusal_to_speak(found.member_role, audience, case, is_locked=found.is_locked)
    if refused is not None:
        raise refused


def check_may_read(person: Person, thread_id: UUID) -> None:
    """The same as `thread_to_read` for those who need no more of the thread: one prepared statement (decisions/0004).
    Raises NotFound.
    """
    found = sql.fetch(_READER, [sql.uuid(person.id), sql.uuid(thread_id)]) if person.is_active else []
    for room_id, of_thread, role in found:
        if of_thread in _standing_with(person, sql.as_uuid(room_id), role).reads:
            return
    raise NotFound


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
    found = standing(person, thread.room_id)
    if thread.audience not in found.writes:
        raise Forbidden
    check_may_speak(found, thread.room_id, thread.audience)
    return thread


def thread_to_write(person: Person, thread_id: UUID) -> Thread:
    """The thread with its row locked, if the person may write there. Call inside a transaction.

    Raises NotFound where they may not read, Forbidden where they may only read, RoomLocked while nobody speaks in the
    room, TalkFirst for a mediator outside of a private talk.
    """
    thread = Thread.objects.select_for_update(no_key=True, of=("self",)).filter(pk=thread_id).first()
    if thread is None:
        raise NotFound
    found = standing(person, thread.room_id)
    if thread.audience not in found.reads:
        raise NotFound
    if thread.audience not in found.writes:
        raise Forbidden
    check_may_speak(found, thread.room_id, thread.audience)
    return thread
