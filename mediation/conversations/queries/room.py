"""Everything that a first load of a room needs, as its reader may see it: for one reader, or for many at once."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypedDict
from uuid import UUID

from accounts.rules import MEDIATOR_ROLES, Role
from mediation.conversations import audience, snapshots
from mediation.conversations.audience import Person, Standing
from mediation.conversations.models import Contract, HelpRequest, Member, Thread
from mediation.conversations.queries.room_rows import Rows, read_rows
from mediation.conversations.rules import access
from mediation.conversations.rules.case import Act, CaseOfRoom
from mediation.core.clock import iso
from mediation.core.errors import NotFound

STAFF = "staff"
INTERNAL = Thread.Audience.INTERNAL.value


class RoomState(TypedDict):
    """JSON-ready. `role` is the reader's own; `people` are all who appear in what the reader may see, `members`
    those who are in the room now. `locked_at`: since then nobody writes but in the staff notes.
    """

    id: str
    role: str
    locked_at: str | None
    contract: dict[str, Any]
    people: list[dict[str, Any]]
    members: list[dict[str, Any]]
    threads: list[dict[str, Any]]
    help: dict[str, Any] | None
    can: dict[str, Any]


def room_state(*, user: Person, room_id: UUID) -> RoomState:
    """The room now. Raises NotFound for those who may read nothing there."""
    [state] = room_states([(user, room_id)])
    if state is None:
        raise NotFound
    return state


def room_states(wanted: Sequence[tuple[Person, UUID]]) -> list[RoomState | None]:
    """Each room as that person may see it, None where they may read nothing: always the same few queries."""
    rows = read_rows(wanted)
    return [_state(rows, user, room_id) for user, room_id in wanted]


def _state(rows: Rows, user: Person, room_id: UUID) -> RoomState | None:
    contract = rows.contracts.get(room_id)
    if contract is None:
        return None
    stays, requests = rows.stays.get(room_id, []), rows.requests.get(room_id, [])
    present = [stay for stay in stays if stay.left_at is None]
    own = next((stay.role for stay in present if stay.user_id == user.id), None)
    locked_at = rows.locked.get(room_id)
    standing = audience.standing_of(user, own, help_was_asked=bool(requests), is_locked=locked_at is not None)
    if not standing.reads:
        return None
    threads = [thread for thread in rows.threads.get(room_id, []) if thread.audience in standing.reads]
    request = next((one for one in requests if one.ended_at is None), None)
    return {
        "id": str(room_id),
        "role": standing.member_role or STAFF,
        "locked_at": iso(locked_at) if locked_at else None,
        "contract": _contract(contract, rows.milestones.get(contract.pk, [])),
        "people": _people(rows, user, stays, threads),
        "members": [_member(stay) for stay in present],
        "threads": _descriptors(rows, user, threads, standing, {stay.user_id for stay in present}),
        "help": snapshots.help_request(request) if request else None,
        "can": _can(user, standing, request, present, threads, rows.cases.get(room_id)),
    }


def _people(rows: Rows, user: Person, stays: Iterable[Member], threads: Iterable[Thread]) -> list[dict[str, Any]]:
    """Cards of everybody whose name the reader will meet: members past and present, the reader, and, only for those
    who read the staff notes, who wrote there without being in the room."""
    cards = {stay.user_id: snapshots.person(stay.user, stay.role) for stay in stays}
    strangers = {user.id}
    for thread in threads:
        if thread.audience == INTERNAL:
            strangers |= rows.writers.get(thread.pk, set())
    found = [rows.strangers[one] for one in strangers - cards.keys() if one in rows.strangers]
    for stranger in sorted(found, key=lambda one: (one.name, str(one.pk))):
        cards[stranger.pk] = snapshots.person(stranger, STAFF)
    return list(cards.values())


def _descriptors(
    rows: Rows, user: Person, threads: Iterable[Thread], standing: Standing, members: Collection[UUID]
) -> list[dict[str, Any]]:
    described = []
    for thread in threads:
        marks = rows.marks.get(thread.pk, {})
        draft = rows.drafts.get((user.id, thread.pk))
        described.append(
            snapshots.thread(thread)
            | {
                "head": thread.head_seq,
                "unread": rows.unread.get((user.id, thread.pk), 0),
                "read": marks.get(user.id, 0),
                # Staff who read along from outside are not members; the room does not watch them read.
                "reads": {
                    str(reader): seq
                    for reader, seq in marks.items()
                    if reader != user.id and (reader in members or thread.audience == INTERNAL)
                },
                "draft": draft
                and {"body": draft.body, "reply_to": draft.reply_to_seq, "updated_at": iso(draft.updated_at)},
                "can_write": thread.audience in standing.writes,
            }
        )
    return described


def _member(stay: Member) -> dict[str, Any]:
    return {"id": str(stay.user_id), "role": stay.role, "joined_at": iso(stay.joined_at)}


def _contract(contract: Contract, milestones: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Amounts in minor units of `currency`; dates as ISO."""
    return {
        "id": str(contract.pk),
        "title": contract.title,
        "kind": contract.kind,
        **snapshots.contract_facts(contract),
        "currency": contract.currency,
        "amount_minor": contract.amount_minor,
        "hourly_rate_minor": contract.hourly_rate_minor,
        "weekly_limit_hours": contract.weekly_limit_hours,
        "started_at": iso(contract.started_at),
        "milestones": list(milestones),
    }


def _can(
    user: Person,
    standing: Standing,
    request: HelpRequest | None,
    present: list[Member],
    threads: list[Thread],
    case: CaseOfRoom | None,
) -> dict[str, Any]:
    """What the reader may do here now, so that no page offers what would be refused: as a member, and by the case.

    `not_now` are private audiences of the mediator's in which no talk goes on, with the reason.
    """
    role = standing.member_role
    is_party = role in (Member.Role.CLIENT.value, Member.Role.FREELANCER.value)
    is_own_call = request is not None and request.taken_at is None and request.asked_by_id == user.id
    mediators = [stay.user for stay in present if stay.role == Member.Role.MEDIATOR.value]
    mediated = any(access.may_mediate(one.role, is_active=one.is_active) for one in mediators)
    opened = {thread.audience for thread in threads if thread.is_main}
    silent = access.LOCKABLE if standing.is_locked else frozenset[str]()
    allows = case.allows if case else frozenset(Act)
    is_free_to_go = case is None or case.mediator != user.id or Act.LEAVE in allows
    not_now = audience.silences(role, case)
    return {
        "ask": is_party and request is None and Act.ASK in allows,
        "cancel_ask": is_party and is_own_call and Act.CANCEL_ASK in allows,
        "join": role is None
        and user.role in MEDIATOR_ROLES
        and request is not None
        and not mediated
        and Act.JOIN in allows,
        "leave": role == Member.Role.MEDIATOR.value and is_free_to_go,
        "not_now": {one: why.value for one, why in not_now.items()},
        "clear": role == Member.Role.MEDIATOR.value or user.role == Role.SUPERVISOR.value,  # others' messages
        "open_topic": sorted(standing.writes & opened - not_now.keys() - silent),
    }
