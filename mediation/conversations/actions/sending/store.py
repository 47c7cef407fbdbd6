"""The transaction of a batch: lock, look who may, give each message its seq, write. Runs inside `atomic`."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from mediation.conversations import audience
from mediation.conversations.actions.sending import extras, rows
from mediation.conversations.actions.sending.shapes import LockedThread, Right, Send, Sent
from mediation.conversations.errors import ThreadHeld
from mediation.conversations.models import Member
from mediation.conversations.rules import access
from mediation.conversations.rules.case import CaseOfRoom
from mediation.core import clock, sql
from mediation.core.errors import Forbidden, NotFound, Refused
from mediation.events import actions as events
from mediation.events import bell

Rights = dict[tuple[UUID, UUID], Right]
Memberships = dict[tuple[UUID, UUID], str | None]


def store(sends: Collection[Send], *, look_for_repeats: bool, wait: bool) -> list[Sent | Refused]:
    """Store the messages and their events; one answer for each, `ThreadHeld` where waiting would hold up the others.

    Raises IntegrityError when one of them was stored before and `look_for_repeats` is off: call again with it on.
    A message that is refused is always looked up, so that a retry after leaving still gets its first result.
    """
    now = clock.now()
    wanted = {send.thread_id for send in sends}
    threads, authors = rows.lock_threads(wanted, {send.author_id for send in sends}, wait=wait)
    held = frozenset() if wait else rows.existing(wanted - threads.keys())
    rights = _rights(sends, threads, authors)
    unsure = [send for send in sends if look_for_repeats or not _may_write(send, rights)]
    known = rows.first_results([send for send in unsure if send.thread_id not in held])
    answers: list[Sent | Refused] = []
    fresh: list[tuple[Send, Sent, extras.Files]] = []
    for send in sends:
        answer: Sent | Refused | None = ThreadHeld() if send.thread_id in held else known.get(send.key)
        if answer is None:
            try:
                thread, files = _admit(send, threads, rights)
            except Refused as refusal:
                # A retry whose first try was stored: its files are attached by now, the thread has gone on.
                answer = rows.first_results([send]).get(send.key, refusal)
            else:
                thread.head += 1
                answer = Sent(thread.id, thread.head, send.client_id, now)
                fresh.append((send, answer, files))
                known[send.key] = replace(answer, repeated=True)
        answers.append(answer)
    if fresh:
        _write(fresh, threads)
    return answers


def _rights(sends: Collection[Send], threads: dict[UUID, LockedThread], authors: Collection[rows.Author]) -> Rights:
    """What each author may do in the thread they write to, read after the locks were won. No entry: not even read."""
    staff: dict[UUID, str | None] = {}
    memberships: Memberships = {}
    locked: set[UUID] = set()
    for person, role, room, member_role, is_locked in authors:
        staff[person] = role if access.is_staff(role) else None
        if room is not None:
            memberships[person, room] = member_role
            locked |= {room} if is_locked else set()
    # Whether a room asked for help matters only for staff who are not in it.
    outside = {
        threads[send.thread_id].room_id
        for send in sends
        if send.thread_id in threads
        and staff.get(send.author_id)
        and (send.author_id, threads[send.thread_id].room_id) not in memberships
    }
    asked = rows.rooms_that_asked(outside) if outside else frozenset()
    cases = _cases(threads, memberships)
    rights: Rights = {}
    for send in sends:
        thread = threads.get(send.thread_id)
        if thread is None or send.author_id not in staff:
            continue
        standing = (memberships.get((send.author_id, thread.room_id)), staff[send.author_id])
        has_asked = thread.room_id in asked
        if thread.audience in access.readable(*standing, help_was_asked=has_asked):
            may_write = thread.audience in access.writable(*standing, help_was_asked=has_asked)
            silence = audience.refusal_to_speak(
                standing[0], thread.audience, cases.get(thread.room_id), is_locked=thread.room_id in locked
            )
            rights[send.author_id, send.thread_id] = Right(may_write, standing[1] is not None, silence)
    return rights


def _cases(threads: dict[UUID, LockedThread], memberships: Memberships) -> dict[UUID, CaseOfRoom]:
    """The cases of the rooms in which a mediator may be writing in private; otherwise nobody asks."""
    mediated = {room for (_, room), role in memberships.items() if role == Member.Role.MEDIATOR.value}
    private = {thread.room_id for thread in threads.values() if thread.audience in access.PRIVATE}
    return audience.cases_of(mediated & private) if mediated & private else {}


def _may_write(send: Send, rights: Rights) -> bool:
    right = rights.get((send.author_id, send.thread_id))
    return right is not None and right.may_write


def _admit(send: Send, threads: dict[UUID, LockedThread], rights: Rights) -> tuple[LockedThread, extras.Files]:
    right = rights.get((send.author_id, send.thread_id))
    if right is None:
        raise NotFound
    if not right.may_write:
        raise Forbidden
    if right.silence is not None:
        raise right.silence
    thread = threads[send.thread_id]
    if right.is_staff:
        extras.check_not_stale(send, thread)
    if send.reply_to_seq is not None:
        extras.check_reply(send)
    if send.mentions:
        extras.check_mentions(send, thread)
    return thread, extras.claim_files(send) if send.files else []


def _write(fresh: list[tuple[Send, Sent, extras.Files]], threads: dict[UUID, LockedThread]) -> None:
    moved = {sent.thread_id for _, sent, _ in fresh}
    with sql.together():
        rows.insert_messages(fresh)
        events.record([_event(send, sent, threads[sent.thread_id]) for send, sent, _ in fresh])
        rows.move_heads([threads[one] for one in moved], fresh[0][1].at)
    for send, sent, files in fresh:
        if files:
            extras.attach_files(send, sent)
    bell.ring(moved)


def _event(send: Send, sent: Sent, thread: LockedThread) -> events.NewEvent:
    return events.NewEvent(
        stream_id=thread.room_id,
        topic_id=sent.thread_id,
        seq=sent.seq,
        type="message.sent",
        actor_id=send.author_id,
        at=sent.at,
        target_seq=sent.seq,
    )
