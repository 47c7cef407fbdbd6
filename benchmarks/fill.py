"""Fills the product's database: `python -m benchmarks.fill --rooms 1000 --messages 3000000` (`make bench-data`).

Everything agrees with everything: gapless seqs, heads, events, search index. Five busy clients share the made rooms,
so that one person has rooms by the hundred; rooms that are already there get their share of the messages, too.
"""

import argparse
import os
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mediation.config.settings")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  (apps must be loaded first)

from accounts.models import User  # noqa: E402
from accounts.rules import Role  # noqa: E402
from benchmarks import bulk  # noqa: E402
from benchmarks.prose import bodies  # noqa: E402
from mediation.conversations.actions.rooms import open_room  # noqa: E402
from mediation.conversations.models import Contract, Member, ReadMark, Thread  # noqa: E402
from mediation.conversations.rules import search  # noqa: E402
from mediation.core import clock  # noqa: E402

BUSY_CLIENTS = 5
BURST = 10  # messages that follow one another in a thread before another thread has its turn
CHUNK = 100_000
MESSAGES = [
    "id", "thread_id", "seq", "kind", "author_id", "client_id", "body", "code", "params", "mentions", "files",
    "reactions", "rev", "created_at", "removed_reason",
]  # fmt: skip
EVENTS = ["stream_id", "topic_id", "seq", "type", "actor_id", "target_seq", "data", "at", "handled_at"]


def make_rooms(count: int) -> None:
    """Rooms of the busy clients, each with a freelancer of its own and one of fifty mediators."""
    here = Contract.objects.filter(title__startswith="Filled ").count()
    clients = [_person(Role.CLIENT, f"busy{n}") for n in range(BUSY_CLIENTS)]
    agents = [_person(Role.AGENT, f"busyagent{n}") for n in range(50)]
    for number in range(here, count):
        contract = Contract.objects.create(
            title=f"Filled {number:06d}",
            client=clients[number % BUSY_CLIENTS],
            freelancer=_person(Role.FREELANCER, f"filled{number}"),
            started_at=clock.now(),
        )
        room = open_room(contract=contract)
        Member.objects.create(room=room, user=agents[number % 50], role="mediator", joined_at=clock.now())


def _person(role: Role, name: str) -> User:
    return User.objects.get_or_create(
        email=f"{name}@bench.example", defaults={"name": name, "role": role.value, "password": "!"}
    )[0]


class Talk:
    """A thread while it is being filled."""

    def __init__(self, thread: Thread, people: list[UUID]) -> None:
        self.id = str(thread.pk)
        self.room = str(thread.room_id)
        self.people = [str(person) for person in people]
        self.scope = search.scope(thread.pk)
        self.head = thread.head_seq


def talks() -> list[Talk]:
    """Every room's joint thread with its members."""
    members: dict[UUID, list[UUID]] = {}
    for room, user in Member.objects.filter(left_at__isnull=True).values_list("room", "user"):
        members.setdefault(room, []).append(user)
    threads = Thread.objects.filter(audience="joint", is_main=True).order_by("room")
    return [Talk(thread, members[thread.room_id]) for thread in threads]


def rows(talks: list[Talk], count: int, first_id: int) -> Iterator[tuple[tuple, tuple, tuple]]:
    """The message, the event and the search row of each of `count` messages, spread over the threads in bursts."""
    texts = [(text, search.indexed_words([text])) for text in bodies(20_000, size=200)]
    start = clock.now() - timedelta(days=365)
    step = timedelta(days=364) / max(count, 1)
    for n in range(count):
        talk = talks[n // BURST % len(talks)]
        talk.head += 1
        text, words = texts[n * 7919 % len(texts)]
        author = talk.people[n % len(talk.people)]
        at: datetime = start + n * step
        at = at.replace(microsecond=at.microsecond // 1000 * 1000)
        message = (first_id + n, talk.id, talk.head, "text", author, str(uuid4()), text, "", "{}", "[]", "[]", "{}", 1,
                   at, "")  # fmt: skip
        event = (talk.room, talk.id, talk.head, "message.sent", author, talk.head, "{}", at, at)
        yield message, event, (first_id + n, talk.id, words, talk.scope, at)


def mark_read(talks: list[Talk]) -> None:
    """Most people have read most: between nothing and thirty messages are left."""
    now = clock.now()
    marks = [
        ReadMark(thread_id=talk.id, user_id=person, seq=max(0, talk.head - (number * 7 + turn * 13) % 31), at=now)
        for number, talk in enumerate(talks)
        for turn, person in enumerate(talk.people)
    ]
    ReadMark.objects.bulk_create(marks, batch_size=500, ignore_conflicts=True)


def fill(rooms: int, messages: int) -> None:
    """Make the rooms, then the messages; the newest of each thread moves its head."""
    with transaction.atomic():
        make_rooms(rooms)
    filled = talks()
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) + 1 FROM conversations_message")
        first_id = cursor.fetchone()[0]
    with bulk.without_indexes(("conversations_message", "events_event", "conversations_search")), transaction.atomic():
        store = bulk.Store()
        for some in bulk.in_chunks(rows(filled, messages, first_id), CHUNK):
            store.put("conversations_message", MESSAGES, [message for message, _, _ in some])
            store.put("events_event", EVENTS, [event for _, event, _ in some])
            store.put_words([words for _, _, words in some])
        store.move_heads([(talk.id, talk.head) for talk in filled], clock.now())
        mark_read(filled)
    bulk.settle(("conversations_message", "events_event", "conversations_search", "conversations_thread"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fill", description=__doc__)
    parser.add_argument("--rooms", type=int, default=1000)
    parser.add_argument("--messages", type=int, default=3_000_000)
    options = parser.parse_args()
    began = time.monotonic()
    fill(options.rooms, options.messages)
    print(f"{options.messages:,} messages in {time.monotonic() - began:.0f} s")
