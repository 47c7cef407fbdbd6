"""The places that the doors lead to (see `grids`), with something in each of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.test import Client

from accounts.models import Team, User
from accounts.rules import Role
from mediation.conversations.actions import rooms, threads
from mediation.conversations.models import Attachment, Message, Room, Thread
from mediation.core import clock
from mediation.desk.actions import rows, views
from mediation.desk.rules.views import View
from mediation.disputes.actions import claims, glass, ledger
from mediation.disputes.actions.transition import transition
from mediation.disputes.models import Award, Evidence
from mediation.disputes.rules.glass import Ground
from mediation.disputes.rules.states import Track
from tests.api.grids import ROLES
from tests.cast import Cast, make_cast, make_contract, person
from tests.disputes.funds import held_milestone
from tests.escalations.referrals import brought_to
from tests.help_center.pages import staff_article

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
    milestone: UUID = field(default_factory=uuid4)
    view: UUID = field(default_factory=uuid4)
    glass: UUID = field(default_factory=uuid4)  # a look into Helen's private talk that Sue has opened
    asked: UUID = field(default_factory=uuid4)  # one into Mateo's, which Sue has asked for
    private_file: UUID = field(default_factory=uuid4)
    team: UUID = field(default_factory=uuid4)
    colleague: UUID = field(default_factory=uuid4)
    draft: int = 1  # of an article of the help centre
    referral: UUID = field(default_factory=uuid4)  # of the executive desk, with a call that is set


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
    transition(actor=cast.mediator, dispute_id=case, command="begin_caucus", payload={"party": cast.client.pk})
    places = {name: _place(cast, cast.room, audience, AUTHOR[name]) for name, audience in AUDIENCE.items()}
    places["room"] = places["joint"]
    places["room"].dispute = case
    _exhibit(cast, case)
    _award(cast, case)
    _looks(cast, places["room"])
    places["room"].private_file = places["c-client"].file
    theirs = rooms.open_room(contract=make_contract(cast.outsider, cast.outside_freelancer, "Something else"))
    places["elsewhere"] = _place(cast, theirs, "joint", "outsider")
    about = held_milestone(theirs.contract, 5_000, position=2).pk
    draft = claims.start_claim(user=cast.outsider, room_id=theirs.pk, track=Track.ESCROW, milestone_id=about)
    places["elsewhere"].milestone, places["elsewhere"].dispute = about, draft.pk
    stranger = person("Wim Waiting")
    waiting = rooms.open_room(
        contract=make_contract(stranger, person("Wanda Waiting", Role.FREELANCER.value), "Waiting")
    )
    asked = claims.ask_without_claim(user=stranger, room_id=waiting.pk).dispute_id
    places["waiting"] = Place(room=waiting.pk, thread=waiting.threads.get(is_main=True).pk, dispute=asked)
    places["nowhere"] = Place(room=uuid4())
    places["here"] = Place(room=cast.room.pk)
    places["here"].view = views.save_view(user=cast.agent, name="Mine", view=View()).pk
    team = Team.objects.create(name="Mediation")
    team.members.set([cast.mediator, cast.agent, cast.senior, cast.ee, cast.supervisor])
    reader = person("Rita Reader", Role.QA.value).pk
    places["here"].team = team.pk
    places["here"].draft = staff_article("for-staff").pk
    places["here"].referral = brought_to(cast, "call_scheduled").pk
    places["room"].colleague = places["waiting"].colleague = reader
    rows.refresh([case, asked])
    for place in ("room", "elsewhere", "waiting"):
        _milestone(places[place].room)
    return World(cast, places, {role: _client(getattr(cast, role, None)) for role in ROLES})


def _milestone(room_id: UUID) -> None:
    """The contract's first, with its money in escrow."""
    contract = Room.objects.get(pk=room_id).contract
    one = contract.milestones.create(position=1, title="Sketches", amount_minor=48_000, status="funded")
    ledger.fund(
        contract_id=contract.pk, account=f"escrow:{one.pk}", currency=contract.currency, amount_minor=48_000,
        key=f"fund:{one.pk}", at=clock.now(),
    )  # fmt: skip


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
    file = _file(thread, user, sent.seq)
    return Place(room=room.pk, thread=thread.pk, topic=topic.pk, seq=sent.seq, file=file.pk)


def _file(thread: Thread, user: User, seq: int) -> Attachment:
    """A file with a thumbnail, in a message that is there."""
    return Attachment.objects.create(
        thread=thread, uploader=user, message=Message.objects.get(thread=thread, seq=seq), name="plan.txt",
        content_type="text/plain", size=4, sha256="0" * 64, file=ContentFile(b"plan", "plan.txt"),
        thumbnail=ContentFile(b"RIFF", "plan.webp"), created_at=clock.now(),
    )  # fmt: skip


def _looks(cast: Cast, room: Place) -> None:
    """Sue reads what Helen and Ana said in private, and has asked for what Mateo and Ana did."""
    why: dict[str, Any] = {"user": cast.supervisor, "dispute_id": room.dispute, "ground": Ground.CONDUCT}
    room.glass = glass.ask(party_id=cast.client.pk, reason="She complains.", **why).pk
    about: dict[str, Any] = {"dispute_id": room.dispute, "glass_id": room.glass}
    glass.approve(user=cast.senior, **about)
    glass.open_(user=cast.supervisor, **about)
    room.asked = glass.ask(party_id=cast.freelancer.pk, reason="She complains.", **why).pk


def _exhibit(cast: Cast, case: UUID) -> None:
    """A file that everyone was sent, as the case's first item of evidence."""
    file = _file(cast.joint, cast.client, cast.say(cast.client, "The plan").seq)
    Evidence.objects.create(
        dispute_id=case, number=1, kind=Evidence.Kind.FILE, title="The plan", sha256="0" * 64, attachment=file,
        submitted_by=cast.client, submitted_at=clock.now(),
    )  # fmt: skip


def _award(cast: Cast, case: UUID) -> None:
    """An award that two seniors have seen."""
    notes = cast.thread("internal")
    file = _file(notes, cast.mediator, cast.say(cast.mediator, "It has come", thread=notes).seq)
    Award.objects.create(
        dispute_id=case, refund_minor=1, release_minor=2, document=file, entered_by=cast.senior, entered_at=clock.now(),
        confirmed_by=cast.supervisor, confirmed_at=clock.now(),
    )  # fmt: skip


def address(route: str, place: Place, more: dict[str, Any]) -> Iterator[str]:
    """The route with the place's ids in it."""
    for part in route.split("/"):
        if part.startswith("<"):
            name = part.strip("<>").partition(":")[2]
            yield str(more.get(name, getattr(place, name.removesuffix("_id"), "x")))
        else:
            yield part
