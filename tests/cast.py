"""The cast: a small group of people everybody knows, and an outsider who is refused at every door."""

from dataclasses import dataclass
from functools import cache
from uuid import UUID, uuid4

from django.contrib.auth.hashers import make_password

from accounts.models import User
from accounts.rules import Role
from mediation.conversations.actions import rooms, send
from mediation.conversations.models import Contract, Room, Thread
from mediation.core import clock

PASSWORD = "correct horse battery"


@cache
def password_hash() -> str:
    """Hashing is slow on purpose, so everyone in the cast shares one hash."""
    return make_password(PASSWORD)


def person(name: str, role: str = Role.CLIENT.value, **fields: object) -> User:
    """Somebody with that name; the address is made from it, unless one is given."""
    email = fields.pop("email", name.lower().replace(" ", ".") + "@example.test")
    return User.objects.create(email=email, name=name, role=role, password=password_hash(), **fields)


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


def make_cast() -> Cast:
    """Everybody, and the room of Helen and Mateo."""
    helen, mateo = person("Helen Marsh"), person("Mateo Giraldo", Role.FREELANCER.value, language="es")
    return Cast(
        client=helen,
        freelancer=mateo,
        mediator=person("Ana Duarte", Role.AGENT.value),
        agent=person("Priya Nair", Role.AGENT.value),
        senior=person("Sam Okafor", Role.SENIOR.value),
        ee=person("Eva Lind", Role.EE.value),
        supervisor=person("Sue Park", Role.SUPERVISOR.value),
        qa=person("Quinn Abel", Role.QA.value),
        analyst=person("Alan Voss", Role.ANALYST.value),
        admin=person("Ada Min", Role.ADMIN.value, is_staff=True, is_superuser=True),
        outsider=person("Olga Outsider"),
        outside_freelancer=person("Oscar Outsider", Role.FREELANCER.value),
        room=rooms.open_room(contract=make_contract(helen, mateo)),
    )
