"""Makes the yard-stick's rooms with three signed-in people each and prints them as JSON.

Run as `python -m benchmarks.plain.people <rooms>`; says again what is there when run twice. `busy` instead of a number:
the people with many rooms that `benchmarks.plain.fill` has made.
"""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.plain.settings")

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402  (apps must be loaded first)
from django.db import transaction  # noqa: E402
from django.db.models import Max  # noqa: E402

from benchmarks.plain.chat.models import Room  # noqa: E402
from benchmarks.sessions import sign_in  # noqa: E402

BACKEND = "django.contrib.auth.backends.ModelBackend"


def make_rooms(count: int) -> None:
    """Bring the number of rooms with their own three people to `count`."""
    start = Room.objects.filter(title__startswith="Bench").count()
    rooms = Room.objects.bulk_create([Room(title=f"Bench {number}") for number in range(start, count)])
    people = User.objects.bulk_create([User(username=f"bench-{room.id}-{n}") for room in rooms for n in range(3)])
    Room.members.through.objects.bulk_create(
        [Room.members.through(room_id=rooms[at // 3].id, user_id=user.id) for at, user in enumerate(people)]
    )


def seats(count: int) -> list[dict[str, object]]:
    """The first `count` rooms' people with a fresh session each."""
    rooms = Room.objects.filter(title__startswith="Bench").order_by("id").annotate(last=Max("messages__id"))[:count]
    return [_seat(room, user) for room in rooms.prefetch_related("members") for user in room.members.all()]


def busy_seats() -> list[dict[str, object]]:
    """The people with many rooms, each in one of them."""
    rooms = Room.objects.annotate(last=Max("messages__id")).order_by("id")
    return [_seat(rooms.filter(members=user)[0], user) for user in User.objects.filter(username__startswith="busy")]


def _seat(room: Room, user: User) -> dict[str, object]:
    return {
        "room": str(room.id), "thread": str(room.id), "user": str(user.id), "is_staff": False,
        "cookie": sign_in(user, BACKEND), "cursors": {str(room.id): room.last or 0},
    }  # fmt: skip


with transaction.atomic():
    if sys.argv[1] == "busy":
        print(json.dumps(busy_seats()))
    else:
        make_rooms(int(sys.argv[1]))
        print(json.dumps(seats(int(sys.argv[1]))))
