"""Asking for a mediator in a room, taking that back, joining and leaving: the room's own doors, through the case.

The case's table decides, and its effects write the queue and the stays. A request that a room had before there was a
case for it is carried on as it was begun.
"""

from uuid import UUID

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.conversations import audience
from mediation.conversations.actions import rooms
from mediation.conversations.models import HelpRequest
from mediation.conversations.rules import access
from mediation.core.errors import NotFound
from mediation.disputes.actions import claims
from mediation.disputes.actions.transition import transition
from mediation.disputes.errors import AlreadyClaimed, NotNow
from mediation.disputes.models import Dispute
from mediation.disputes.queries.facts import OPEN_STATES
from mediation.disputes.rules.states import State

PARTIES = ("client", "freelancer")


def ask(*, user: User, room_id: UUID, note: str = "") -> HelpRequest:
    """A party asks for a mediator. While a request is open, asking again returns it.

    Raises NotFound, Forbidden for who is not a party, NotNow where the open case cannot go to a mediator.
    """
    if audience.standing(user, room_id).member_role in PARTIES and _request(room_id) is None:
        claims.ask_without_claim(user=user, room_id=room_id, note=note)
    return rooms.ask_for_mediator(user=user, room_id=room_id, note=note)


def cancel(*, user: User, room_id: UUID) -> None:
    """The asker takes the request back, as long as nobody has taken it. Nothing open: nothing happens."""
    case, request = _case(room_id), _request(room_id)
    is_free = request is not None and request.taken_at is None and request.asked_by_id == user.pk
    if case is not None and case.state == State.ESCALATED.value and is_free:
        transition(actor=user, dispute_id=case.pk, command="cancel_ask")
    else:
        rooms.cancel_ask(user=user, room_id=room_id)


def join(*, user: User, room_id: UUID) -> None:
    """An agent takes the case that waits, and joins: one winner, and everybody in the room sees it.

    Raises NotFound, Conflict with the winner's name when somebody else was first, or what the table refuses.
    """
    if user.role not in MEDIATOR_ROLES:
        raise NotFound
    case = _case(room_id)
    if case is not None and (case.state == State.ESCALATED.value or _is_left_alone(case)):
        try:
            if case.state != State.ESCALATED.value:
                transition(actor=None, dispute_id=case.pk, command="replace_mediator")
            transition(actor=user, dispute_id=case.pk, command="claim")
        except (AlreadyClaimed, NotNow):
            pass  # the room knows who was first
        else:
            return
    rooms.join_as_mediator(user=user, room_id=room_id)


def leave(*, user: User, room_id: UUID) -> None:
    """The mediator leaves. A call without a claim is closed as helped; a claim is handed over, which takes a brief.

    Raises BriefMissing for that, NotNow while the case still needs its mediator.
    """
    case = _case(room_id)
    if case is None or case.mediator_id != user.pk:
        rooms.leave_room(user=user, room_id=room_id)
    else:
        transition(actor=user, dispute_id=case.pk, command="release" if case.has_claim else "close_helped")


def _case(room_id: UUID) -> Dispute | None:
    return Dispute.objects.filter(room=room_id, state__in=OPEN_STATES).select_related("mediator").first()


def _request(room_id: UUID) -> HelpRequest | None:
    return HelpRequest.objects.filter(room=room_id, ended_at__isnull=True).first()


def _is_left_alone(case: Dispute) -> bool:
    """Its mediator can no longer mediate: their account is closed, or they do other work now."""
    owner = case.mediator
    if owner is None or case.state != State.MEDIATING.value:
        return False
    return not access.may_mediate(owner.role, is_active=owner.is_active)
