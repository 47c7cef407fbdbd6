"""Topics: a thread of its own for one question, with an audience that never changes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from mediation.conversations import audience as gate
from mediation.conversations.actions.append import append
from mediation.conversations.actions.rooms import open_thread
from mediation.conversations.errors import MainThread, NoSuchLane
from mediation.conversations.models import Thread
from mediation.conversations.rules.topic import check_title
from mediation.core import clock


@transaction.atomic
def open_topic(*, user: User, room_id: UUID, audience: str, title: str) -> Thread:
    """A new topic for one of the audiences the person writes to. Said twice, it is the same topic.

    Raises NotFound, BadTitle, NoSuchLane for an audience that has no main thread yet or is not theirs, RoomLocked and
    TalkFirst.
    """
    standing = gate.standing(user, room_id)
    title = check_title(title)
    if audience not in standing.writes:
        raise NoSuchLane
    gate.check_may_speak(standing, room_id, audience)
    # The main thread's row is the queue in which topics of this audience stand.
    main = Thread.objects.select_for_update(no_key=True, of=("self",)).select_related("room")
    lane = main.filter(room=room_id, audience=audience, is_main=True).first()
    if lane is None:
        raise NoSuchLane
    same = Thread.objects.filter(
        room=room_id, audience=audience, is_main=False, title=title, created_by=user, resolved_at__isnull=True
    ).first()
    return same or open_thread(
        room=lane.room, audience=audience, is_main=False, title=title, actor=user, at=clock.now()
    )


@transaction.atomic
def rename_topic(*, user: User, thread_id: UUID, title: str) -> Thread:
    """Give a topic another title. The same title again changes nothing. Raises NotFound, MainThread, BadTitle."""
    topic = _topic(user, thread_id)
    title = check_title(title)
    if title != topic.title:
        before, topic.title = topic.title, title
        topic.save(update_fields=["title"])
        _record(
            topic, "thread.renamed", user, clock.now(), data={"title": title}, line={"title": title, "before": before}
        )
    return topic


@transaction.atomic
def resolve_topic(*, user: User, thread_id: UUID) -> Thread:
    """The topic is settled, and can still be written in. Said twice, it happened once. Raises NotFound, MainThread."""
    topic = _topic(user, thread_id)
    if topic.resolved_at is None:
        topic.resolved_at = clock.now()
        topic.save(update_fields=["resolved_at"])
        _record(topic, "thread.resolved", user, topic.resolved_at)
    return topic


@transaction.atomic
def reopen_topic(*, user: User, thread_id: UUID) -> Thread:
    """The topic is open again. Said twice, it happened once. Raises NotFound, MainThread."""
    topic = _topic(user, thread_id)
    if topic.resolved_at is not None:
        topic.resolved_at = None
        topic.save(update_fields=["resolved_at"])
        _record(topic, "thread.reopened", user, clock.now())
    return topic


def _topic(user: User, thread_id: UUID) -> Thread:
    thread = gate.thread_to_write(user, thread_id)
    if thread.is_main:
        raise MainThread
    return thread


def _record(
    topic: Thread,
    type: str,
    user: User,
    at: datetime,
    *,
    data: dict[str, object] | None = None,
    line: dict[str, object] | None = None,
) -> None:
    append(thread=topic, type=type, actor_id=user.pk, at=at, data=data, line=line or {})
