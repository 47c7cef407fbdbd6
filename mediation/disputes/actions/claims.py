"""Starting a case: a draft claim, or a call for a mediator without one."""

from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.models import User
from mediation.conversations import audience as rooms
from mediation.conversations.models import Member, Milestone, Room
from mediation.core import clock
from mediation.core.errors import Forbidden, NotFound
from mediation.disputes.actions.transition import Result, transition
from mediation.disputes.errors import OtherOpen
from mediation.disputes.models import Dispute, Policy
from mediation.disputes.queries.facts import OPEN_STATES
from mediation.disputes.queries.holdings import since
from mediation.disputes.rules.deadlines import Kind, filing_ends
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import State, Track


@transaction.atomic
def start_claim(
    *,
    user: User,
    room_id: UUID,
    track: Track,
    milestone_id: UUID | None = None,
    week_starts: date | None = None,
) -> Dispute:
    """A draft that only its filer sees. A filer has one draft in a room: starting again gives it back.

    Raises NotFound, Forbidden for who is not a party, OtherOpen while a case with a claim is open in the room.
    """
    room, stays = _room(user, room_id)
    draft = Dispute.objects.filter(room=room, filer=user, state=State.DRAFT.value).first()
    if draft is not None:
        return draft
    if Dispute.objects.filter(room=room, state__in=OPEN_STATES).exists():
        raise OtherOpen
    milestone = Milestone.objects.filter(pk=milestone_id, contract=room.contract_id).first() if milestone_id else None
    if milestone_id and milestone is None:
        raise NotFound
    dispute = _new(user, room, stays)
    dispute.track, dispute.milestone, dispute.week_starts = track.value, milestone, week_starts
    dispute.amount_minor = milestone.amount_minor if milestone else room.contract.amount_minor
    dispute.save(force_insert=True)
    # No line in the ledger, which both will read one day: when a draft was begun is its writer's alone.
    ends = filing_ends(track, since(dispute), Terms.of(dispute.policy.terms))
    dispute.timers.create(kind=Kind.DRAFT.value, due_at=ends)
    return dispute


@transaction.atomic
def ask_without_claim(*, user: User, room_id: UUID, note: str = "") -> Result:
    """A party asks for a mediator; in talks it escalates the open case, otherwise it opens one without a claim."""
    room, stays = _room(user, room_id)
    open_case = Dispute.objects.filter(room=room, state__in=OPEN_STATES).first()
    if open_case is None:
        open_case = _new(user, room, stays)
        open_case.has_claim, open_case.state = False, State.NEGOTIATING.value
        open_case.save(force_insert=True)
    elif open_case.state == State.ESCALATED.value:
        return Result(open_case.pk, open_case.state, open_case.version, {}, repeated=True)
    return transition(actor=user, dispute_id=open_case.pk, command="ask_mediator", payload={"note": note})


def _room(user: User, room_id: UUID) -> tuple[Room, dict[str, Member]]:
    """The room with its row locked, so that two starts are one after the other; and its parties by role."""
    room = (
        Room.objects.select_for_update(no_key=True, of=("self",)).select_related("contract").filter(pk=room_id).first()
    )
    if room is None:
        raise NotFound
    stays = {stay.role: stay for stay in room.members.filter(left_at__isnull=True).select_related("user")}
    mine = next((stay for stay in stays.values() if stay.user_id == user.pk), None)
    if mine is None or mine.role == Member.Role.MEDIATOR.value:
        rooms.standing(user, room_id)  # who may not even read here is told that there is nothing
        raise Forbidden
    return room, stays


def _new(user: User, room: Room, stays: dict[str, Member]) -> Dispute:
    is_client = stays[Member.Role.CLIENT.value].user_id == user.pk
    other = stays[Member.Role.FREELANCER.value if is_client else Member.Role.CLIENT.value].user
    policy = Policy.objects.filter(published_at__isnull=False).order_by("-version").first()
    if policy is None:
        policy = Policy.objects.create(version=1, created_at=clock.now(), published_at=clock.now())
    return Dispute(
        room=room,
        filer=user,
        respondent=other,
        filer_is_client=is_client,
        policy=policy,
        currency=room.contract.currency,
        created_at=clock.now(),
    )
