"""The cast: a small group of people everybody knows, and an outsider who is refused at every door."""

from dataclasses import dataclass
from functools import cache
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.models import User
from accounts.rules import Role
from mediation.conversations.actions import rooms, send
from mediation.conversations.models import Contract, Room, Thread
from mediation.core import clock

PASSWORD = "correct horse battery"


@cache
def password_hash(hasher: str) -> str:
    """Hashing is slow on purpose, so everyone in the cast shares one hash by the preferred `hasher`."""
    return make_password(PASSWORD)


def person(name: str, role: str = Role.CLIENT.value, **fields: object) -> User:
    """Somebody with that name; the address is made from it, unless one is given."""
    return User.objects.create(**_known(name, role) | fields)


def _known(name: str, role: str) -> dict[str, object]:
    email = name.lower().replace(" ", ".") + "@example.test"
    return {"email": email, "name": name, "role": role, "password": password_hash(settings.PASSWORD_HASHERS[0])}


@dataclass
class Cast:
    """Who is who. Helen and Mateo share `room`; Ana mediates there once `mediated` was asked for."""

    client: User
    freelancer: User
    mediator: User
    agent: User
    senior: User
    ee: User
    supervisor: User
    qa: User
    analyst: User
    admin: User
    outsider: User
    outside_freelancer: User
    room: Room

    @property
    def joint(self) -> Thread:
        """The thread for everyone."""
        return self.thread("joint")

    def thread(self, audience: str) -> Thread:
        """The main thread of an audience."""
        return Thread.objects.get(room=self.room, audience=audience, is_main=True)

    def mediate(self) -> None:
        """Helen asks for a mediator and Ana joins."""
        rooms.ask_for_mediator(user=self.client, room_id=self.room.pk, note="We disagree about the last milestone.")
        rooms.join_as_mediator(user=self.mediator, room_id=self.room.pk)

    def say(
        self, author: User, body: str, *, audience: str = "joint", thread: Thread | None = None, **fields: object
    ) -> send.Sent:
        """Somebody writes."""
        to = thread.pk if thread else self.thread(audience).pk
        return send.send_message(send.Send(author_id=author.pk, thread_id=to, client_id=uuid4(), body=body, **fields))

    def id_of(self, audience: str) -> UUID:
        """The id of the main thread of an audience."""
        return self.thread(audience).pk


def make_contract(client: User, freelancer: User, title: str = "Website redesign") -> Contract:
    """A fixed-price contract over 4,800.00 USD."""
    return Contract.objects.create(
        title=title, client=client, freelancer=freelancer, currency="USD", amount_minor=480_000, started_at=clock.now()
    )


PEOPLE = {
    "client": ("Helen Marsh", Role.CLIENT),
    "freelancer": ("Mateo Giraldo", Role.FREELANCER),
    "mediator": ("Ana Duarte", Role.AGENT),
    "agent": ("Priya Nair", Role.AGENT),
    "senior": ("Sam Okafor", Role.SENIOR),
    "ee": ("Eva Lind", Role.EE),
    "supervisor": ("Sue Park", Role.SUPERVISOR),
    "qa": ("Quinn Abel", Role.QA),
    "analyst": ("Alan Voss", Role.ANALYST),
    "admin": ("Ada Min", Role.ADMIN),
    "outsider": ("Olga Outsider", Role.CLIENT),
    "outside_freelancer": ("Oscar Outsider", Role.FREELANCER),
}


def make_cast() -> Cast:
    """Everybody, and the room of Helen and Mateo."""
    people = {which: User(**_known(name, role.value)) for which, (name, role) in PEOPLE.items()}
    people["freelancer"].language = "es"
    people["admin"].is_staff = people["admin"].is_superuser = True
    User.objects.bulk_create(people.values())  # in one go: nearly every test begins with them
    room = rooms.open_room(contract=make_contract(people["client"], people["freelancer"]))
    return Cast(**people, room=room)
