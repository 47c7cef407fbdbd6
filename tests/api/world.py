"""The places that the doors lead to (see `grids`), with something in each of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.test import Client

from accounts.models import User
from accounts.rules import Role
from mediation.conversations.actions import rooms, threads
from mediation.conversations.models import Attachment, Message, Room, Thread
from mediation.core import clock
from mediation.disputes.actions import claims
from mediation.disputes.actions.transition import transition
from mediation.disputes.rules.states import Track
from tests.api.grids import ROLES
from tests.cast import Cast, make_cast, make_contract, person

AUDIENCE = {"joint": "joint", "c-client": "caucus_client", "c-freel": "caucus_freelancer", "internal": "internal"}
AUTHOR = {"joint": "client", "c-client": "client", "c-freel": "freelancer", "internal": "mediator"}


@dataclass
class Place:
    """What an address can name in one place."""

    room: UUID
    thread: UUID = field(default_factory=uuid4)
    topic: UUID = field(default_factory=uuid4)
    seq: int = 2
    file: UUID = field(default_factory=uuid4)
    dispute: UUID = field(default_factory=uuid4)


@dataclass
class World:
    """Everybody and every place, by the names of the grids."""

    cast: Cast
    places: dict[str, Place]
    clients: dict[str, Client]

    def somebody(self, role: str) -> User | None:
        """The person who plays the role; nobody for `anonymous`."""
        return None if role == "anonymous" else getattr(self.cast, role)


def make_world() -> World:
    """Build it, inside the caller's transaction."""
    cast = make_cast()
    case = claims.ask_without_claim(user=cast.client, room_id=cast.room.pk).dispute_id
    transition(actor=cast.mediator, dispute_id=case, command="claim")
    places = {name: _place(cast, cast.room, audience, AUTHOR[name]) for name, audience in AUDIENCE.items()}
    places["room"] = places["joint"]
    places["room"].dispute = case
    theirs = rooms.open_room(contract=make_contract(cast.outsider, cast.outside_freelancer, "Something else"))
    places["elsewhere"] = _place(cast, theirs, "joint", "outsider")
    places["elsewhere"].dispute = claims.start_claim(user=cast.outsider, room_id=theirs.pk, track=Track.ASSISTANCE).pk
    stranger = person("Wim Waiting")
    waiting = rooms.open_room(
        contract=make_contract(stranger, person("Wanda Waiting", Role.FREELANCER.value), "Waiting")
    )
    asked = claims.ask_without_claim(user=stranger, room_id=waiting.pk).dispute_id
    places["waiting"] = Place(room=waiting.pk, thread=waiting.threads.get(is_main=True).pk, dispute=asked)
    places["nowhere"] = Place(room=uuid4())
    places["here"] = Place(room=cast.room.pk)
    return World(cast, places, {role: _client(getattr(cast, role, None)) for role in ROLES})


def _client(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def _place(cast: Cast, room: Room, audience: str, author: str) -> Place:
    """A message with a file in the audience's main thread, and a topic beside it."""
    user = getattr(cast, author)
    thread = Thread.objects.get(room=room, audience=audience, is_main=True)
    sent = cast.say(user, f"Something about {audience}", thread=thread)
    topic = threads.open_topic(user=user, room_id=room.pk, audience=audience, title="A topic")
    message = Message.objects.get(thread=thread, seq=sent.seq)
    file = Attachment.objects.create(
        thread=thread, uploader=user, message=message, name="plan.txt", content_type="text/plain", size=4,
        sha256="0" * 64, file=ContentFile(b"plan", "plan.txt"), thumbnail=ContentFile(b"RIFF", "plan.webp"),
        created_at=clock.now(),
    )  # fmt: skip
    return Place(room=room.pk, thread=thread.pk, topic=topic.pk, seq=sent.seq, file=file.pk)


def address(route: str, place: Place, more: dict[str, Any]) -> Iterator[str]:
    """The route with the place's ids in it."""
    for part in route.split("/"):
        if part.startswith("<"):
            name = part.strip("<>").partition(":")[2]
            yield str(more.get(name, getattr(place, name.removesuffix("_id"), "x")))
        else:
            yield part
