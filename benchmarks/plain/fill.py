"""Fills the yard-stick: `python -m benchmarks.plain.fill --rooms 1000 --messages 3000000`.

Five busy people share the rooms, so that one has rooms by the hundred. Messages go to every room, in bursts of ten.
"""

import argparse
import os
from collections.abc import Iterator
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.plain.settings")

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402  (apps must be loaded first)
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks import bulk  # noqa: E402
from benchmarks.plain.chat.models import Room  # noqa: E402
from benchmarks.prose import bodies  # noqa: E402

BUSY, BURST, CHUNK = 5, 10, 100_000


def make_rooms(count: int) -> None:
    """Rooms with one of the busy people and two of their own."""
    busy = [User.objects.get_or_create(username=f"busy{n}")[0] for n in range(BUSY)]
    for number in range(Room.objects.filter(title__startswith="Filled").count(), count):
        room = Room.objects.create(title=f"Filled {number}")
        own = [User.objects.create(username=f"filled-{number}-{n}") for n in range(2)]
        room.members.add(busy[number % BUSY], *own)


def rows(count: int) -> Iterator[tuple]:
    """Room, author, text and moment of each message."""
    members: dict[int, list[int]] = {}
    for room, user in Room.members.through.objects.values_list("room_id", "user_id"):
        members.setdefault(room, []).append(user)
    rooms, texts = sorted(members), bodies(20_000, size=200)
    start, step = timezone.now() - timedelta(days=365), timedelta(days=364) / max(count, 1)
    for n in range(count):
        room = rooms[n // BURST % len(rooms)]
        yield room, members[room][n % len(members[room])], texts[n * 7919 % len(texts)], start + n * step


def fill(rooms: int, messages: int) -> None:
    with transaction.atomic():
        make_rooms(rooms)
    with bulk.without_indexes(("chat_message",)), transaction.atomic():
        store = bulk.Store()
        for some in bulk.in_chunks(rows(messages), CHUNK):
            store.put("chat_message", ("room_id", "author_id", "text", "created_at"), some)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE chat_message" if connection.vendor == "postgresql" else "ANALYZE")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.plain.fill", description=__doc__)
    parser.add_argument("--rooms", type=int, default=1000)
    parser.add_argument("--messages", type=int, default=3_000_000)
    options = parser.parse_args()
    fill(options.rooms, options.messages)
