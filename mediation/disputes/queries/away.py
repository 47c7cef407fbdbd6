"""“Since you were away”: what somebody has not seen yet, from the events after the last line they have read.

Read in the threads that they may read, so it tells of nothing else.
"""

from typing import Any

from accounts.models import User
from mediation.conversations import audience as rooms
from mediation.conversations.models import Message, ReadMark, Thread
from mediation.core.clock import iso
from mediation.disputes.models import Dispute
from mediation.events.models import Event

MOST = 20


def away(dispute: Dispute, person: User) -> dict[str, Any] | None:
    """`{since, messages, private_messages, news}`, news being the newest commands of the case, oldest first. None
    where there is nothing new, or where they have never read here.
    """
    threads = {
        thread.pk: thread
        for thread in rooms.readable_threads(person).filter(room=dispute.room_id).order_by("created_at", "pk")
    }
    marks = {mark.thread_id: mark for mark in ReadMark.objects.filter(user=person, thread__in=threads)}
    if not marks:
        return None
    joint = [thread for thread in threads.values() if thread.audience == Thread.Audience.JOINT.value]
    private = [thread for thread in threads.values() if thread.audience.startswith("caucus")]
    found = {
        "since": iso(max(mark.at for mark in marks.values())),
        "messages": sum(_unread(thread, marks, person) for thread in joint),
        "private_messages": sum(_unread(thread, marks, person) for thread in private),
        "news": [one for thread in joint if thread.is_main for one in _news(dispute, thread, marks, person)],
    }
    return found if found["messages"] or found["private_messages"] or found["news"] else None


def _unread(thread: Thread, marks: dict[Any, ReadMark], person: User) -> int:
    """Other people's messages after the mark. One look a thread, and only where the thread has moved on."""
    mark = marks.get(thread.pk)
    read = mark.seq if mark else 0
    if thread.head_seq <= read:
        return 0
    new = Message.objects.filter(thread=thread, seq__gt=read, kind=Message.Kind.TEXT.value, removed_at__isnull=True)
    return new.exclude(author=person).count()


def _news(dispute: Dispute, thread: Thread, marks: dict[Any, ReadMark], person: User) -> list[dict[str, Any]]:
    mark = marks.get(thread.pk)
    if mark is None or thread.head_seq <= mark.seq:
        return []
    events = Event.objects.filter(topic_id=thread.pk, seq__gt=mark.seq, type__startswith="dispute.")
    new = [one for one in events.order_by("-seq")[:MOST] if one.actor_id != person.pk]
    mine = [one for one in new if one.data.get("dispute") == str(dispute.pk)]
    return [
        {"command": one.type.removeprefix("dispute."), "actor": str(one.actor_id or ""), "at": iso(one.at)}
        for one in reversed(mine)
    ]
