"""The rows behind the state of rooms, for many readers at once. What each may see of them is decided in `room`."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import User
from mediation.conversations import audience, snapshots
from mediation.conversations.audience import Person
from mediation.conversations.models import (
    Contract,
    Draft,
    HelpRequest,
    Member,
    Message,
    Milestone,
    ReadMark,
    Room,
    Thread,
)
from mediation.conversations.queries.unread import count_unread
from mediation.conversations.rules.case import CaseOfRoom


@dataclass(slots=True)
class Rows:
    """By room, contract or thread; `marks` by thread and person, `drafts` and `unread` by person and thread.

    `writers` are those of the staff notes, `strangers` people who may have to be shown without being members.
    """

    contracts: dict[UUID, Contract]
    locked: dict[UUID, datetime]
    milestones: dict[UUID, list[dict[str, Any]]]
    stays: dict[UUID, list[Member]]
    requests: dict[UUID, list[HelpRequest]]
    threads: dict[UUID, list[Thread]]
    marks: dict[UUID, dict[UUID, int]]
    drafts: dict[tuple[UUID, UUID], Draft]
    unread: dict[tuple[UUID, UUID], int]
    writers: dict[UUID, set[UUID]]
    strangers: dict[UUID, User]
    cases: dict[UUID, CaseOfRoom]


def read_rows(wanted: Sequence[tuple[Person, UUID]]) -> Rows:
    """Everything about these rooms and, of what is personal, only the given people's."""
    rooms, people = {room for _, room in wanted}, {person.id for person, _ in wanted}
    found = Room.objects.filter(pk__in=rooms).select_related("contract").in_bulk()
    contracts = {room.pk: room.contract for room in found.values()}
    stays: dict[UUID, list[Member]] = defaultdict(list)
    for stay in Member.objects.filter(room__in=rooms).select_related("user").order_by("joined_at", "pk"):
        stays[stay.room_id].append(stay)
    requests: dict[UUID, list[HelpRequest]] = defaultdict(list)
    for request in HelpRequest.objects.filter(room__in=rooms):
        requests[request.room_id].append(request)
    threads = _threads(rooms)
    by_id = {thread.pk: thread for found in threads.values() for thread in found}
    marks: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    for thread, reader, seq in ReadMark.objects.filter(thread__in=by_id).values_list("thread", "user", "seq"):
        marks[thread][reader] = seq
    drafts = Draft.objects.filter(thread__in=by_id, user__in=people)
    writers = _writers([thread.pk for thread in by_id.values() if thread.audience == Thread.Audience.INTERNAL.value])
    known = {stay.user_id for found in stays.values() for stay in found}
    strangers = people.union(*writers.values()) - known
    return Rows(
        contracts=contracts,
        locked={room.pk: room.locked_at for room in found.values() if room.locked_at},
        milestones=_milestones([contract.pk for contract in contracts.values()]),
        stays=stays,
        requests=requests,
        threads=threads,
        marks=marks,
        drafts={(draft.user_id, draft.thread_id): draft for draft in drafts},
        unread=_unread(wanted, threads, marks),
        writers=writers,
        strangers=User.objects.in_bulk(strangers) if strangers else {},
        cases=audience.cases_of(rooms),
    )


def _threads(rooms: set[UUID]) -> dict[UUID, list[Thread]]:
    """Main threads first, then topics in the order they were opened."""
    found: dict[UUID, list[Thread]] = defaultdict(list)
    for thread in Thread.objects.filter(room__in=rooms).order_by("-is_main", "created_at", "audience", "pk"):
        found[thread.room_id].append(thread)
    return found


def _milestones(contracts: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for one in Milestone.objects.filter(contract__in=contracts).order_by("contract", "position"):
        found[one.contract_id].append(snapshots.milestone(one))
    return found


def _writers(notes: list[UUID]) -> dict[UUID, set[UUID]]:
    """Who wrote in these threads."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    if notes:
        pairs = Message.objects.filter(thread__in=notes, author__isnull=False).order_by()
        for thread, author in pairs.values_list("thread", "author").distinct():
            found[thread].add(author)
    return found


def _unread(
    wanted: Sequence[tuple[Person, UUID]], threads: dict[UUID, list[Thread]], marks: dict[UUID, dict[UUID, int]]
) -> dict[tuple[UUID, UUID], int]:
    """Counted only where there is a message after the person's mark."""
    asked = {
        (person.id, thread.pk, after)
        for person, room in wanted
        for thread in threads.get(room, [])
        if (thread.last_message_seq or 0) > (after := marks.get(thread.pk, {}).get(person.id, 0))
    }
    return count_unread(asked)
