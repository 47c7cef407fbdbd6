"""Which action each command is. Runs in a thread of the small pool, for a person looked up at that moment."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from accounts.models import User
from accounts.queries import session_user
from mediation.conversations.actions import messages, reading, threads
from mediation.conversations.models import Thread
from mediation.conversations.rules import access
from mediation.core.errors import Refused
from mediation.desk import audience as desk
from mediation.disputes.actions import asking
from mediation.live import protocol as p
from mediation.live.hub.around import Row


class SessionEnded(Refused):
    """The session behind the socket is no longer good."""

    code = "session.ended"


def perform(session_key: str, command: p.Command) -> dict[str, Any]:
    """Do what the command says; returns the fields of its ack. Raises Refused."""
    identity = session_user(session_key)
    if identity is None:
        raise SessionEnded
    user = User.objects.get(pk=identity.id)
    return _ACTIONS[type(command)](user, command)


def _edit(user: User, said: p.EditMessage) -> dict[str, Any]:
    messages.edit_message(user=user, thread_id=said.thread, seq=said.seq, body=said.text, rev=said.rev)
    return {"thread": said.thread, "seq": said.seq}


def _remove(user: User, said: p.RemoveMessage) -> dict[str, Any]:
    messages.remove_message(user=user, thread_id=said.thread, seq=said.seq, reason=said.reason)
    return {"thread": said.thread, "seq": said.seq}


def _react(user: User, said: p.React) -> dict[str, Any]:
    messages.react(user=user, thread_id=said.thread, seq=said.seq, reaction=said.reaction, on=said.on)
    return {"thread": said.thread, "seq": said.seq}


def _open_topic(user: User, said: p.OpenTopic) -> dict[str, Any]:
    thread = threads.open_topic(user=user, room_id=said.room, audience=said.audience, title=said.title)
    return {"thread": thread.pk}


def _rename_topic(user: User, said: p.RenameTopic) -> dict[str, Any]:
    threads.rename_topic(user=user, thread_id=said.thread, title=said.title)
    return {"thread": said.thread}


def _resolve_topic(user: User, said: p.ResolveTopic) -> dict[str, Any]:
    threads.resolve_topic(user=user, thread_id=said.thread)
    return {"thread": said.thread}


def _reopen_topic(user: User, said: p.ReopenTopic) -> dict[str, Any]:
    threads.reopen_topic(user=user, thread_id=said.thread)
    return {"thread": said.thread}


def _save_draft(user: User, said: p.SaveDraft) -> dict[str, Any]:
    if said.text:
        reading.save_draft(user=user, thread_id=said.thread, body=said.text, reply_to_seq=said.reply_to)
    else:
        reading.discard_draft(user=user, thread_id=said.thread)
    return {}


def _ask_for_help(user: User, said: p.AskForHelp) -> dict[str, Any]:
    asking.ask(user=user, room_id=said.room, note=said.note)
    return {"room": said.room}


def _cancel_help(user: User, said: p.CancelHelp) -> dict[str, Any]:
    asking.cancel(user=user, room_id=said.room)
    return {"room": said.room}


def _join(user: User, said: p.Join) -> dict[str, Any]:
    asking.join(user=user, room_id=said.room)
    return {"room": said.room}


def _leave(user: User, said: p.Leave) -> dict[str, Any]:
    asking.leave(user=user, room_id=said.room)
    return {"room": said.room}


def _mark_read(user: User, said: p.MarkRead) -> dict[str, Any]:
    return {"seq": reading.mark_read(user=user, thread_id=said.thread, seq=said.seq)}


def _look(user: User, said: p.Look) -> dict[str, Any]:
    """The room of the case, with the threads of it that everybody at the desk reads."""
    if said.case is None:
        return {"room": None, "threads": []}
    room = desk.row_of(user, said.case).dispute.room_id
    threads = Thread.objects.filter(room=room, audience__in=(access.JOINT, access.INTERNAL))
    return {"room": room, "threads": list(threads.values_list("pk", flat=True))}


def _watch(user: User, said: p.Watch) -> dict[str, Any]:
    """By room, those of the cases that the person sees at the desk; the others are left out."""
    cases = dict(desk.visible_rows(user).filter(pk__in=said.cases).values_list("dispute__room", "pk"))
    threads: dict[UUID, list[UUID]] = {room: [] for room in cases}
    found = Thread.objects.filter(room__in=cases, audience__in=(access.JOINT, access.INTERNAL))
    for room, thread in found.values_list("room", "pk"):
        threads[room].append(thread)
    return {"rows": {room: Row(case, frozenset(threads[room])) for room, case in cases.items()}}


_ACTIONS: dict[type, Callable[[User, Any], dict[str, Any]]] = {
    p.EditMessage: _edit,
    p.RemoveMessage: _remove,
    p.React: _react,
    p.OpenTopic: _open_topic,
    p.RenameTopic: _rename_topic,
    p.ResolveTopic: _resolve_topic,
    p.ReopenTopic: _reopen_topic,
    p.SaveDraft: _save_draft,
    p.AskForHelp: _ask_for_help,
    p.CancelHelp: _cancel_help,
    p.Join: _join,
    p.Leave: _leave,
    p.MarkRead: _mark_read,
    p.Look: _look,
    p.Watch: _watch,
}
