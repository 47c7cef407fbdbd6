"""The one gate to a case: who somebody is to it, and whether they may know of it.

What a person may not see and what does not exist are refused alike.
"""

from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES, Role
from mediation.conversations import audience as rooms
from mediation.core.errors import NotFound
from mediation.disputes.models import Dispute
from mediation.disputes.rules import glass, visibility
from mediation.disputes.rules.states import State
from mediation.disputes.rules.visibility import Viewer

# Staff who read a filed case without owning it. Analysts and admins have figures and the admin pages, not this door.
READERS = {
    Role.AGENT.value: Viewer.AGENT,
    Role.SENIOR.value: Viewer.SENIOR,
    Role.EE.value: Viewer.SENIOR,
    Role.SUPERVISOR.value: Viewer.SENIOR,
    Role.QA.value: Viewer.QA,
}
# What somebody beside its filer may know of.
OUT = ~Q(state=State.DRAFT.value) & (Q(filed_at__isnull=False) | Q(has_claim=False))


def viewers(dispute: Dispute, person: User) -> frozenset[Viewer]:
    """What somebody is to a case; nothing for an outsider. A mediator is one only while their role allows it."""
    if not person.is_active:
        return frozenset()
    if person.pk == dispute.filer_id:
        return frozenset({Viewer.FILER})
    if not visibility.is_out(dispute.state, has_claim=dispute.has_claim, filed_at=dispute.filed_at):
        return frozenset()
    if person.pk == dispute.respondent_id:
        return frozenset({Viewer.OTHER})
    found = {READERS[person.role]} if person.role in READERS else set()
    if person.pk == dispute.mediator_id and person.role in MEDIATOR_ROLES:
        found.add(Viewer.MEDIATOR)
    return frozenset(found)


def may_look(person: User) -> bool:
    """Whether their role lets them look into private talks of cases, when a second person agrees (break-glass)."""
    return person.role in READERS and glass.may_break(frozenset({READERS[person.role]}))


def case_of(user: User, dispute_id: UUID) -> Dispute:
    """The case, if the person may know of it. Raises NotFound."""
    dispute = _with_people(Dispute.objects.filter(pk=dispute_id)).first()
    if dispute is None or not viewers(dispute, user):
        raise NotFound
    return dispute


def cases_in(user: User, room_id: UUID) -> list[Dispute]:
    """Every case of a room that the person may know of, the newest first. Raises NotFound for who may not read the
    room.
    """
    rooms.standing(user, room_id)
    found = _with_people(Dispute.objects.filter(OUT | Q(filer=user), room=room_id)).order_by("-created_at", "-pk")
    return [dispute for dispute in found if viewers(dispute, user)]


def draft_of(user: User, room_id: UUID) -> Dispute | None:
    """The person's own draft in a room. Raises NotFound for who may not read the room."""
    return next((one for one in cases_in(user, room_id) if one.state == State.DRAFT.value), None)


def open_case(user: User, room_id: UUID) -> Dispute | None:
    """The case that a room is about for this person. Raises NotFound for who may not read the room."""
    return current(cases_in(user, room_id))


def current(known: list[Dispute]) -> Dispute | None:
    """Of those somebody knows in a room (`cases_in`): the open one, otherwise their own draft, otherwise the one that
    was closed last.
    """
    closed, draft = State.CLOSED.value, State.DRAFT.value
    for group in (
        [one for one in known if one.state not in (closed, draft)],
        [one for one in known if one.state == draft],
        [one for one in known if one.state == closed and _was_out(one)],
    ):
        if group:
            return group[0]
    return None


def _was_out(dispute: Dispute) -> bool:
    return visibility.is_out(dispute.state, has_claim=dispute.has_claim, filed_at=dispute.filed_at)


def _with_people(cases: QuerySet[Dispute]) -> QuerySet[Dispute]:
    return cases.select_related("room__contract", "filer", "respondent", "mediator", "milestone", "policy")
