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
from mediation.disputes.rules import visibility
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
_OUT = ~Q(state=State.DRAFT.value) & (Q(filed_at__isnull=False) | Q(has_claim=False))


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
    found = _with_people(Dispute.objects.filter(_OUT | Q(filer=user), room=room_id)).order_by("-created_at", "-pk")
    return [dispute for dispute in found if viewers(dispute, user)]


def open_case(user: User, room_id: UUID) -> Dispute | None:
    """The case that a room is about for this person: the open one, otherwise their own draft, otherwise the one that
    was closed last. Raises NotFound for who may not read the room.
    """
    known = cases_in(user, room_id)
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
