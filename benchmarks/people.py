"""Makes rooms with three signed-in people each (client, freelancer, mediator) and prints them as JSON.

Run as `python -m benchmarks.people <rooms>`; says again what is there when run twice. `busy` instead of a number: the
clients with many rooms that `benchmarks.fill` has made. `demo`: a party and the mediator of the demo's mediated room.
"""

import json
import os
import sys
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mediation.config.settings")

import django

django.setup()

from django.db import transaction  # noqa: E402  (apps must be loaded first)

from accounts.models import User  # noqa: E402
from accounts.rules import STAFF_ROLES, Role  # noqa: E402
from benchmarks.sessions import sign_in  # noqa: E402
from mediation.conversations.actions.rooms import ask_for_mediator, join_as_mediator, open_room  # noqa: E402
from mediation.conversations.audience import readable_threads  # noqa: E402
from mediation.conversations.models import Contract, Member, Room  # noqa: E402
from mediation.core import clock  # noqa: E402

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ROLES = (Role.CLIENT, Role.FREELANCER, Role.AGENT)


def make_rooms(count: int) -> None:
    """Bring the number of rooms with their own three people to `count`, through the actions that people use."""
    for number in range(Contract.objects.filter(title__startswith="Bench ").count(), count):
        client, freelancer, agent = User.objects.bulk_create(
            [User(email=f"{role}{number}@bench.example", name=f"{role} {number}", role=role.value) for role in ROLES]
        )
        contract = Contract.objects.create(
            title=f"Bench {number:05d}", client=client, freelancer=freelancer, started_at=clock.now()
        )
        room = open_room(contract=contract)
        ask_for_mediator(user=client, room_id=room.pk)
        join_as_mediator(user=agent, room_id=room.pk)


def seats(count: int) -> list[dict[str, object]]:
    """The first `count` rooms' people, each with a fresh session and the heads of the threads they may read."""
    rooms = list(Room.objects.filter(contract__title__startswith="Bench ").order_by("contract__title")[:count])
    members: dict[UUID, list[User]] = {room.pk: [] for room in rooms}
    for stay in Member.objects.filter(room__in=rooms, left_at__isnull=True).select_related("user").order_by("pk"):
        members[stay.room_id].append(stay.user)
    return [_seat(room, user) for room in rooms for user in members[room.pk]]


def busy_seats() -> list[dict[str, object]]:
    """The clients with many rooms, each in one of them."""
    busy = User.objects.filter(email__startswith="busy", role=Role.CLIENT.value)
    return [_seat(Room.objects.filter(contract__client=user).order_by("pk")[0], user) for user in busy]


def demo_seats() -> list[dict[str, object]]:
    """Helen, whose claim it is, and Ana, who mediates, in the room that has everything (`manage.py seed_demo`)."""
    room = Room.objects.get(contract__title="Website redesign", contract__client__email__startswith="helen@")
    stays = Member.objects.filter(room=room, left_at__isnull=True, role__in=("client", "mediator")).order_by("pk")
    return [_seat(room, stay.user) for stay in stays.select_related("user")]


def _seat(room: Room, user: User) -> dict[str, object]:
    threads = list(readable_threads(user).filter(room=room).values_list("pk", "audience", "head_seq"))
    return {
        "room": str(room.pk),
        "thread": next(str(thread) for thread, audience, _ in threads if audience == "joint"),
        "user": str(user.pk),
        "cookie": sign_in(user, BACKEND),
        "is_staff": user.role in STAFF_ROLES,
        "cursors": {str(thread): head for thread, _, head in threads},
    }


with transaction.atomic():
    if sys.argv[1] == "busy":
        print(json.dumps(busy_seats()))
    elif sys.argv[1] == "demo":
        print(json.dumps(demo_seats()))
    else:
        make_rooms(int(sys.argv[1]))
        print(json.dumps(seats(int(sys.argv[1]))))
