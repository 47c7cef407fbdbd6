"""“Since you were away”: what somebody has not seen yet, from the events after the last line they have read.

Read in the threads that they may read, so it tells of nothing else. Four queries at most.
"""

from typing import Any

from django.db.models import Max

from accounts.models import User
from mediation.conversations import audience as rooms
from mediation.conversations.models import Message, ReadMark, Thread
from mediation.conversations.queries.unread import with_reading
from mediation.core.clock import iso
from mediation.disputes.models import Dispute
from mediation.events.models import Event

MOST = 20
JOINT = Thread.Audience.JOINT.value


def away(dispute: Dispute, person: User) -> dict[str, Any] | None:
    """`{since, messages, private_messages, news}`, news being the newest commands of the case, oldest first,
    each with the parameters of its line in the room. None where there is nothing new, or where they have never read
    here.
    """
    readable = rooms.readable_threads(person).filter(room=dispute.room_id)
    threads: list[Any] = list(with_reading(readable, person).order_by("created_at", "pk"))
    since = ReadMark.objects.filter(user=person, thread__in=[one.pk for one in threads]).aggregate(at=Max("at"))["at"]
    if since is None:
        return None
    main = next((one for one in threads if one.audience == JOINT and one.is_main), None)
    found = {
        "since": iso(since),
        "messages": sum(one.unread for one in threads if one.audience == JOINT),
        "private_messages": sum(one.unread for one in threads if one.audience.startswith("caucus")),
        "news": _news(dispute, main, main.my_seq, person) if main and 0 < main.my_seq < main.head_seq else [],
    }
    return found if found["messages"] or found["private_messages"] or found["news"] else None


def _news(dispute: Dispute, thread: Thread, after: int, person: User) -> list[dict[str, Any]]:
    events = Event.objects.filter(topic_id=thread.pk, seq__gt=after, type__startswith="dispute.")
    new = [one for one in events.order_by("-seq")[:MOST] if one.actor_id != person.pk]
    mine = [one for one in new if one.data.get("dispute") == str(dispute.pk)]
    said = Message.objects.filter(thread=thread.pk, seq__in=[one.seq for one in mine])
    lines = dict(said.values_list("seq", "params"))
    return [
        {
            "command": one.type.removeprefix("dispute."),
            "actor": str(one.actor_id or ""),
            "at": iso(one.at),
            "params": lines.get(one.seq, {}),
        }
        for one in reversed(mine)
    ]
