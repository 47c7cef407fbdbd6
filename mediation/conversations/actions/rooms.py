"""Opening a room, asking for a mediator, joining and leaving: each visible to everyone in the room."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.conversations import audience, snapshots
from mediation.conversations.actions.append import append
from mediation.conversations.models import Contract, HelpRequest, Member, Room, Thread
from mediation.conversations.rules import access
from mediation.conversations.rules import message as message_rules
from mediation.core import clock
from mediation.core.errors import Conflict, Forbidden, NotFound

MAX_NOTE = 2000


@transaction.atomic
def open_room(*, contract: Contract) -> Room:
    """The room of a contract with its two parties and the thread for everyone. Said twice, it is the same room."""
    room, is_new = Room.objects.get_or_create(contract=contract, defaults={"created_at": clock.now()})
    if is_new:
        for user, role in ((contract.client, Member.Role.CLIENT), (contract.freelancer, Member.Role.FREELANCER)):
            Member.objects.create(room=room, user=user, role=role.value, joined_at=room.created_at)
        open_thread(
            room=room, audience=Thread.Audience.JOINT.value, is_main=True, title="", actor=None, at=room.created_at
        )
    return room


def open_thread(*, room: Room, audience: str, is_main: bool, title: str, actor: User | None, at: datetime) -> Thread:
    """A thread with its first event. Called inside the transaction of what opens it."""
    thread = Thread.objects.create(
        room=room, audience=audience, is_main=is_main, title=title, created_by=actor, created_at=at
    )
    append(
        thread=thread,
        type="thread.opened",
        actor_id=actor.pk if actor else None,
        at=at,
        data={"thread": snapshots.thread(thread)},
        line={"audience": audience, "is_main": is_main, "title": title},
    )
    return thread


def notes_thread(room_id: UUID) -> Thread:
    """The room's staff notes, locked, for the system: they are there before the first mediator if it has something to
    say. Called inside the transaction of what is said.
    """
    locked = Thread.objects.select_for_update(no_key=True, of=("self",))
    internal = Thread.Audience.INTERNAL.value
    found = locked.filter(room=room_id, audience=internal, is_main=True).first()
    if found is not None:
        return found
    room = Room.objects.select_for_update(no_key=True, of=("self",)).get(pk=room_id)
    return open_thread(room=room, audience=internal, is_main=True, title="", actor=None, at=clock.now())


@transaction.atomic
def ask_for_mediator(*, user: User, room_id: UUID, note: str = "") -> HelpRequest:
    """A party asks for a mediator. While a request is open, asking again returns it."""
    _joint(user, room_id)
    if not _is_party(user, room_id):
        raise Forbidden(_("Only the client or the freelancer of this contract can ask for a mediator."))
    return call_mediator(asker=user, room_id=room_id, note=note)


@transaction.atomic
def call_mediator(*, asker: User, room_id: UUID, note: str = "", is_told: bool = True) -> HelpRequest:
    """The same for a case, which has looked who may, and in which a deadline may ask for a party whose account is
    closed. Where a mediator follows another nobody has asked, and nobody is told (`is_told`) that somebody did.
    """
    joint = _locked(room_id)
    note = message_rules.check_text(note, has_files=True)[:MAX_NOTE]
    request = HelpRequest.objects.filter(room_id=room_id, ended_at__isnull=True).first()
    if request is None:
        now = clock.now()
        request = HelpRequest.objects.create(room_id=room_id, asked_by=asker, asked_at=now, note=note)
        if is_told:
            _record_help(joint, "help.asked", asker, request, now)
    return request


@transaction.atomic
def cancel_ask(*, user: User, room_id: UUID) -> HelpRequest | None:
    """The asker takes the request back, as long as nobody has taken it. Nothing open: nothing happens."""
    joint = _joint(user, room_id)
    request = HelpRequest.objects.filter(room_id=room_id, ended_at__isnull=True).first()
    if request is None:
        return None
    if request.asked_by_id != user.pk:
        raise Forbidden(_("Only the person who asked for a mediator can take that back."))
    if request.taken_at:
        raise Conflict(_("A mediator has already joined. You can tell them here that you no longer need help."))
    return _take_back(joint, request)


@transaction.atomic
def call_off(*, room_id: UUID) -> None:
    """Nobody needs to come any more: the case goes on without. What a mediator has taken stays."""
    joint = _locked(room_id)
    waiting = HelpRequest.objects.filter(room_id=room_id, ended_at__isnull=True, taken_at__isnull=True)
    for request in waiting.select_related("asked_by"):
        _take_back(joint, request)


@transaction.atomic
def join_as_mediator(*, user: User, room_id: UUID) -> Member:
    """An agent takes the open request and joins: one winner, and everybody in the room sees it.

    The first mediator of a room brings the private threads and the staff notes with them, for both parties at the
    same moment. Who can no longer mediate (deactivated, another role) makes room, visibly. Raises Conflict with the
    winner's name when somebody else was first.
    """
    if user.role not in MEDIATOR_ROLES:
        raise NotFound
    joint = _joint(user, room_id)
    present = Member.objects.filter(room_id=room_id, role=Member.Role.MEDIATOR.value, left_at__isnull=True)
    there = present.select_related("user").first()
    if there and there.user_id == user.pk:
        return there
    now = clock.now()
    if there and not access.may_mediate(there.user.role, is_active=there.user.is_active):
        _end_stay(joint, there, now)
    elif there:
        raise Conflict(
            # Put together only where the reader's language is known: over a socket that is not here.
            format_lazy(_("{name} joined this room before you. Choose another one."), name=there.user.name),
            code="help.taken",
            detail={"taken_by": {"id": str(there.user_id), "name": there.user.name}},
        )
    if Member.objects.filter(room_id=room_id, user=user, left_at__isnull=True).exists():
        raise Forbidden(_("You are a party to this contract, so you cannot mediate it."))
    request = HelpRequest.objects.filter(room_id=room_id, ended_at__isnull=True).first()
    if request is None:
        raise Conflict(_("Nobody is asking for a mediator in this room now."), code="help.none")
    member = Member.objects.create(room_id=room_id, user=user, role=Member.Role.MEDIATOR.value, joined_at=now)
    if request.taken_by_id != user.pk:
        request.taken_by, request.taken_at = user, now
        request.save(update_fields=["taken_by", "taken_at"])
        _record_help(joint, "help.taken", user, request, now)
    _record_member(joint, "member.joined", member, now)
    for kind in (Thread.Audience.CAUCUS_CLIENT, Thread.Audience.CAUCUS_FREELANCER, Thread.Audience.INTERNAL):
        if not Thread.objects.filter(room_id=room_id, audience=kind.value, is_main=True).exists():
            open_thread(room=joint.room, audience=kind.value, is_main=True, title="", actor=user, at=now)
    return member


@transaction.atomic
def leave_room(*, user: User, room_id: UUID) -> None:
    """The mediator leaves; everyone sees it, and the request they took ends. A party stays with the contract."""
    joint = _joint(user, room_id)
    stay = Member.objects.filter(room_id=room_id, user=user, left_at__isnull=True).first()
    if stay is None:
        return
    if stay.role != Member.Role.MEDIATOR.value:
        raise Forbidden(_("This is your contract's room. It stays open to both parties; only a mediator can leave."))
    now = clock.now()
    HelpRequest.objects.filter(room_id=room_id, ended_at__isnull=True, taken_by=user).update(ended_at=now)
    _end_stay(joint, stay, now)


def set_locked(*, room_id: UUID, locked: bool, at: datetime) -> None:
    """Make the room read only for its members, or no longer; everyone reads why. Said twice, it happened once.

    Called inside the transaction of what it follows from. A message to another thread than the one for everyone that
    is stored at this very moment may still be taken; none that comes later.
    """
    changed = Room.objects.filter(pk=room_id, locked_at__isnull=locked)
    if changed.update(locked_at=at if locked else None):
        append(
            thread=_locked(room_id), type="room.locked" if locked else "room.unlocked", actor_id=None, at=at, line={}
        )


def _take_back(joint: Thread, request: HelpRequest) -> HelpRequest:
    request.ended_at = clock.now()
    request.save(update_fields=["ended_at"])
    _record_help(joint, "help.cancelled", request.asked_by, request, request.ended_at)
    return request


def _joint(user: User, room_id: UUID) -> Thread:
    """The thread for everyone, locked, for somebody who may read it. Raises NotFound for anybody else."""
    joint = _locked(room_id)
    audience.standing(user, room_id)
    return joint


def _locked(room_id: UUID) -> Thread:
    """The thread for everyone, locked: whatever changes the room's people is in line behind its messages."""
    locked = Thread.objects.select_for_update(no_key=True, of=("self",)).select_related("room")
    joint = locked.filter(room_id=room_id, audience=Thread.Audience.JOINT.value, is_main=True).first()
    if joint is None:
        raise NotFound
    return joint


def _end_stay(joint: Thread, stay: Member, at: datetime) -> None:
    stay.left_at = at
    stay.save(update_fields=["left_at"])
    _record_member(joint, "member.left", stay, at)


def _is_party(user: User, room_id: UUID) -> bool:
    parties = (Member.Role.CLIENT.value, Member.Role.FREELANCER.value)
    return Member.objects.filter(room_id=room_id, user=user, role__in=parties, left_at__isnull=True).exists()


def _record_help(joint: Thread, type: str, actor: User, request: HelpRequest, at: datetime) -> None:
    append(
        thread=joint,
        type=type,
        actor_id=actor.pk,
        at=at,
        data={"help": snapshots.help_request(request)},
        line={"person": str(actor.pk)},
    )


def _record_member(joint: Thread, type: str, member: Member, at: datetime) -> None:
    append(
        thread=joint,
        type=type,
        actor_id=member.user_id,
        at=at,
        data={"member": {"id": str(member.user_id), "role": member.role}},
        line={"person": str(member.user_id), "role": member.role},
    )
