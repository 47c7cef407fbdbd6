"""Starting a case: a draft claim, or a call for a mediator without one."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from mediation.conversations import audience as rooms
from mediation.conversations.models import Member, Milestone, Room
from mediation.core import clock
from mediation.core.errors import Forbidden, NotFound, Unavailable
from mediation.core.tries import patiently
from mediation.disputes.actions import outages
from mediation.disputes.actions.transition import Result, transition
from mediation.disputes.errors import NotNow, OtherOpen
from mediation.disputes.models import Dispute, Policy
from mediation.disputes.queries import policies
from mediation.disputes.queries.claimable import of_contract
from mediation.disputes.queries.facts import OPEN_STATES
from mediation.disputes.rules.claimable import About, fitting, last_week
from mediation.disputes.rules.deadlines import Kind, looked_at_again
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
    """A draft that only its filer sees. A filer has one draft in a room: starting again gives it back, about what is
    named now; what was written in it stays.

    Raises NotFound, Forbidden for who is not a party, OtherOpen while a case is open in the room, and what says which
    track fits where this one does not. Of last week's hours the week goes without saying.
    """
    drafts = Dispute.objects.filter(room=room_id, filer=user, state=State.DRAFT.value)
    drafts.select_for_update(no_key=True, of=("self",)).first()  # a case before its room, as everywhere
    room, stays = _room(user, room_id)
    draft = drafts.first()
    if draft is not None and _is_about(draft, track, milestone_id, week_starts):
        return draft
    if draft is None and Dispute.objects.filter(room=room, state__in=OPEN_STATES).exists():
        raise OtherOpen
    milestone = Milestone.objects.filter(pk=milestone_id, contract=room.contract_id).first() if milestone_id else None
    if milestone_id and milestone is None:
        raise NotFound
    dispute, now = draft or _new(user, room, stays), clock.now()
    terms = Terms.of(dispute.policy.terms)
    week = week_starts or (last_week(now) if track is Track.HOURLY else None)
    money = fitting(About(of_contract(room.contract, dispute.currency), track, milestone_id, week), now, terms)
    dispute.track, dispute.milestone, dispute.week_starts = track.value, milestone, week
    dispute.amount_minor = money.amount_minor
    dispute.claimed_refund_minor = min(dispute.claimed_refund_minor, money.amount_minor)
    dispute.save(force_insert=draft is None)
    _wait(dispute, money.ends_at or looked_at_again(now, terms), now)
    return dispute


def _is_about(draft: Dispute, track: Track, milestone_id: UUID | None, week_starts: date | None) -> bool:
    """Whether it is about this money already, or none is named."""
    if milestone_id is None and week_starts is None:
        return True
    return (draft.track, draft.milestone_id, draft.week_starts) == (track.value, milestone_id, week_starts)


def _wait(draft: Dispute, due_at: datetime, now: datetime) -> None:
    """No line in the ledger, which both will read one day: when a draft was begun is its writer's alone."""
    draft.timers.filter(fired_at__isnull=True, cancelled_at__isnull=True).update(cancelled_at=now)
    draft.timers.create(kind=Kind.DRAFT.value, epoch=draft.timers.count() + 1, due_at=due_at)


def ask_without_claim(*, user: User, room_id: UUID, note: str = "") -> Result:
    """A party asks for a mediator; in talks it escalates the open case, otherwise it opens one without a claim.

    A case is locked before its room, as everywhere: so the room is locked only where there is no case.
    """
    _parties(user, Room.objects.filter(pk=room_id))
    open_cases = Dispute.objects.filter(room=room_id, state__in=OPEN_STATES)
    if not open_cases.exists():
        outages.catch_up(clock.received())  # before the room is locked, for it locks other cases
        begun = patiently(lambda: _begin_without_claim(user, room_id, note))
        if begun is not None:
            return begun
    case = open_cases.first()
    if case is None:  # closed in this very moment
        raise Unavailable
    try:
        return transition(actor=user, dispute_id=case.pk, command="ask_mediator", payload={"note": note})
    except NotNow:
        case.refresh_from_db()
        if case.state != State.ESCALATED.value:
            raise
        return Result(case.pk, case.state, case.version, {}, repeated=True)


@transaction.atomic
def _begin_without_claim(user: User, room_id: UUID, note: str) -> Result | None:
    """None if somebody else has opened a case in the meantime."""
    room, stays = _room(user, room_id)
    if Dispute.objects.filter(room=room, state__in=OPEN_STATES).exists():
        return None
    case = _new(user, room, stays)
    case.has_claim, case.state = False, State.NEGOTIATING.value
    case.save(force_insert=True)
    return transition(actor=user, dispute_id=case.pk, command="ask_mediator", payload={"note": note})


def _room(user: User, room_id: UUID) -> tuple[Room, dict[str, Member]]:
    """The room with its row locked, so that two starts are one after the other; and its parties by role."""
    rows = Room.objects.select_for_update(no_key=True, of=("self",)).select_related("contract")
    return _parties(user, rows.filter(pk=room_id))


def _parties(user: User, rows: QuerySet[Room]) -> tuple[Room, dict[str, Member]]:
    """The room and its parties by role. Raises NotFound and Forbidden for who is none of them."""
    room = rows.first()
    if room is None:
        raise NotFound
    stays = {stay.role: stay for stay in room.members.filter(left_at__isnull=True).select_related("user")}
    mine = next((stay for stay in stays.values() if stay.user_id == user.pk), None)
    if mine is None or mine.role == Member.Role.MEDIATOR.value:
        rooms.standing(user, room.pk)  # who may not even read here is told that there is nothing
        raise Forbidden
    return room, stays


def _new(user: User, room: Room, stays: dict[str, Member]) -> Dispute:
    is_client = stays[Member.Role.CLIENT.value].user_id == user.pk
    other = stays[Member.Role.FREELANCER.value if is_client else Member.Role.CLIENT.value].user
    policy = policies.newest()
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
