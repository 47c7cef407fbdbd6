"""A house full of private talk for S-02: people at real sockets, and everything that can hold a text said once."""

import asyncio
import random
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from asgiref.sync import sync_to_async
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from mediation.conversations.actions import rooms
from mediation.conversations.actions.send import Send, send_messages
from mediation.conversations.models import Attachment, Contract, Room, Thread
from mediation.disputes.actions import claims, exhibits
from mediation.disputes.actions.transition import Result, transition
from mediation.disputes.rules.states import Track
from tests.cast import make_contract, person
from tests.disputes.funds import held_milestone
from tests.faults.canaries import Canaries
from tests.live.client import LiveClient
from tests.live.server import LiveServer, sign_in
from tests.live.visitor import Visitor

READERS = {
    "joint": ("client", "freelancer", "mediator", "agent"),
    "caucus_client": ("client", "mediator"),
    "caucus_freelancer": ("freelancer", "mediator"),
    "internal": ("mediator", "agent"),
}
# The mediator talks with the client in private, and so not with the freelancer.
WRITERS = READERS | {"joint": ("client", "freelancer", "mediator"), "caucus_freelancer": ("freelancer",)}
STRANGERS = ("client", "freelancer", "analyst", "admin")
AT_ONCE = 100


@dataclass
class Table:
    """One mediated room: its people by what they are there (`agent` looks in from outside), its threads and sockets."""

    room: UUID
    people: dict[str, User]
    threads: dict[str, UUID]
    sockets: dict[str, LiveClient] = field(default_factory=dict)
    cases: list[UUID] = field(default_factory=list)
    files: list[UUID] = field(default_factory=list)  # that no message carries


@dataclass
class House:
    """Every table, people who have no business there, and the sessions of all."""

    canaries: Canaries
    servers: Sequence[LiveServer]
    tables: list[Table]
    strangers: list[User]
    sessions: dict[UUID, str]

    @property
    def everybody(self) -> list[User]:
        """Each person once."""
        return self.strangers + [one for table in self.tables for one in table.people.values()]

    def readers(self, table: Table, audience: str) -> list[User]:
        """Who may read there: where staff may look in from outside, those of every table may."""
        found = [table.people[name] for name in READERS[audience]]
        if "agent" in READERS[audience]:
            found += [other.people[name] for other in self.tables for name in ("mediator", "agent")]
        return found

    def visitor(self, user: User) -> Visitor:
        """The person's browser."""
        return Visitor(self.servers[user.pk.int % len(self.servers)], self.sessions[user.pk])


def make_table() -> Table:
    """The people and their room, committed."""
    tag = uuid4().hex[:8]
    roles = {"client": "client", "freelancer": "freelancer", "mediator": "agent", "agent": "agent"}
    people = {name: person(name.title(), role, email=f"{name}-{tag}@example.test") for name, role in roles.items()}
    room: Room = rooms.open_room(contract=make_contract(people["client"], people["freelancer"]))
    return Table(room.pk, people, {})


def make_house(servers: Sequence[LiveServer], tables: int, strangers: Sequence[str]) -> House:
    """So many rooms, and a stranger of each of these roles."""
    house = House(Canaries(), servers, [make_table() for _ in range(tables)], [], {})
    for table in house.tables:
        whisper_about_the_case(house, table)
    tag = uuid4().hex[:8]
    house.strangers = [person("Stranger", role, email=f"stranger-{role}-{tag}@example.test") for role in strangers]
    house.sessions = {one.pk: sign_in(one) for one in house.everybody}
    return house


async def come_in(house: House, stack: AsyncExitStack) -> None:
    """Everybody opens their room and, in another tab, the list of rooms; every frame they get is looked at."""
    for number, table in enumerate(house.tables):
        for place, (name, user) in enumerate(table.people.items()):
            table.sockets[name] = await _listen(house, user, table.room, number + place, stack)
    for number, user in enumerate(house.everybody):
        await _listen(house, user, None, number, stack)


async def _listen(house: House, user: User, room: UUID | None, number: int, stack: AsyncExitStack) -> LiveClient:
    client = LiveClient(house.servers[number % len(house.servers)].url, house.sessions[user.pk], room)
    client.overhear = lambda frame: house.canaries.look(frame, f"a frame to a {user.role}", user)
    stack.push_async_callback(client.stop)
    return await client.start()


# --- Talking -----------------------------------------------------------------------------------------------------
async def say_in_person(house: House, table: Table, messages: int, dice: random.Random) -> None:
    """So many messages through sockets, in every audience."""
    for begin in range(0, messages, AT_ONCE):
        waiting = []
        for _ in range(min(AT_ONCE, messages - begin)):
            audience = dice.choice(list(WRITERS))
            name = dice.choice(WRITERS[audience])
            word = house.canaries.new(*house.readers(table, audience))
            socket = table.sockets[name]
            waiting.append((socket, socket.send_soon(table.threads[audience], f"I say {word}", confirmed=True)))
        for socket, cid in waiting:
            answer = await socket.answer(cid, within=60)
            assert answer["t"] == "ack", answer


def say_in_batches(house: House, messages: int, dice: random.Random) -> None:
    """So many messages straight into the log; the sockets' servers find them."""
    for begin in range(0, messages, AT_ONCE):
        sends = []
        for _ in range(min(AT_ONCE, messages - begin)):
            table, audience = dice.choice(house.tables), dice.choice(list(WRITERS))
            author = table.people[dice.choice(WRITERS[audience])]
            word = house.canaries.new(*house.readers(table, audience))
            sends.append(Send(author.pk, table.threads[audience], uuid4(), f"I write {word}", confirmed=True))
        assert all(hasattr(answer, "seq") for answer in send_messages(sends))


async def leave_traces(house: House, table: Table, audience: str) -> None:
    """Every other text there is: earlier versions, reasons, titles, names of files, drafts, words searched for."""
    name = WRITERS[audience][-1]
    readers = house.readers(table, audience)
    author, socket, thread = table.people[name], table.sockets[name], table.threads[audience]

    def word() -> str:
        return house.canaries.new(*readers)

    at = {"thread": thread, "seq": (await socket.send(thread, word(), confirmed=True))["seq"]}
    gone = {"thread": thread, "seq": (await socket.send(thread, word(), confirmed=True))["seq"]}
    title = word()
    for t, fields in (
        ("edit", at | {"text": word()}),
        ("remove", gone | {"reason": word()}),
        ("topic.open", {"room": table.room, "audience": audience, "title": title}),
    ):
        answer = await socket.do(t, **fields)
        assert answer["t"] == "ack", answer
    topic = answer["thread"]
    assert (await socket.do("topic.rename", thread=topic, title=word()))["t"] == "ack"
    await socket.say({"t": "typing", "thread": thread, "on": True})
    await socket.say({"t": "draft", "thread": topic, "text": house.canaries.new(author)})
    browser, file_name = house.visitor(author), f"{word()}.txt"
    file = await asyncio.to_thread(browser.upload, f"/api/threads/{thread}/files/", file_name, word().encode())
    assert (await socket.send(thread, word(), files=[file["id"]], confirmed=True))["t"] == "ack"
    by_http = {"cid": str(uuid4()), "text": word(), "confirmed": True}
    assert (await asyncio.to_thread(browser.post, f"/api/threads/{thread}/messages/", by_http))["status"] == 201
    for address in (f"/api/search/?q={title}", f"/search/?q={title}"):
        assert (await asyncio.to_thread(browser.get, address))[0] == 200


def whisper_about_the_case(house: House, table: Table) -> None:
    """Every private text of a case: a draft that is never filed, words to be released and words that are refused, the
    draft of a recommendation with its findings.
    """
    people, room = table.people, table.room
    client, freelancer = people["client"], people["freelancer"]

    def word(*names: str) -> str:
        return house.canaries.new(*(people[name] for name in names))

    def say(case: UUID, name: str, command: str, **payload: Any) -> Result:
        return transition(actor=people[name], dispute_id=case, command=command, payload=payload)

    about = held_milestone(Contract.objects.get(room=room), 5_000).pk
    drafts = [
        claims.start_claim(user=one, room_id=room, track=Track.ESCROW, milestone_id=about).pk
        for one in (client, freelancer)
    ]
    case, secret = drafts
    claim = {"problem": "quality", "amount_minor": 5_000, "claimed_refund_minor": 5_000}
    say(secret, "freelancer", "edit_draft", statement=word("freelancer"), wants=word("freelancer"), **claim)
    shown = {"kind": "term", "title": word("freelancer"), "excerpt": word("freelancer")}
    say(secret, "freelancer", "pick_evidence", **shown)
    file = SimpleUploadedFile(f"{word('freelancer')}.txt", word("freelancer").encode(), "text/plain")
    said = {"kind": "file", "title": word("freelancer")}
    kept = exhibits.keep(user=freelancer, dispute_id=secret, command="pick_evidence", file=file)
    exhibits.pick_with_file(user=freelancer, dispute_id=secret, file_id=kept, payload=said, command_id=uuid4())
    table.files += Attachment.objects.filter(thread__room=room, message=None).values_list("pk", flat=True)
    say(case, "client", "edit_draft", statement="It fails.", **claim)
    say(case, "client", "file")
    say(case, "freelancer", "decline", reason="disagree", statement="It works.")
    say(case, "client", "ask_mediator")
    say(case, "mediator", "claim")
    issue = UUID(say(case, "mediator", "add_issue", title="Checkout").data["issue_id"])
    say(case, "mediator", "begin_caucus", party=client.pk)
    for command in ("grant_release", "refuse_release"):
        text = house.canaries.new(*house.readers(table, "joint" if command == "grant_release" else "caucus_client"))
        question = house.canaries.new(*house.readers(table, "caucus_client"))
        asked = say(case, "mediator", "ask_release", party=client.pk, text=text, question=question)
        say(case, "client", command, release_id=UUID(asked.data["release_id"]))
    finding = {"issue_id": issue, "text": word("mediator"), "refund_minor": 1, "evidence": []}
    sums = {"refund_minor": 1, "release_minor": 4_999}
    say(case, "mediator", "draft_recommendation", summary=word("mediator"), findings=[finding], **sums)
    say(case, "freelancer", "decline_mediation")
    table.cases = drafts
    table.threads |= dict(Thread.objects.filter(room=room, is_main=True).values_list("audience", "pk"))


# --- Looking -----------------------------------------------------------------------------------------------------
async def settle(house: House) -> None:
    """Everybody has been given all that is theirs."""
    for table in house.tables:
        heads = {
            thread: (audience, head)
            for thread, audience, head in await sync_to_async(list)(
                Thread.objects.filter(room=table.room).values_list("pk", "audience", "head_seq")
            )
        }
        for thread, (audience, head) in heads.items():
            for name in READERS[audience]:
                await table.sockets[name].reached(thread, head, within=120)


def look_around(house: House, tables: int) -> int:
    """Everybody asks for everything in some of the rooms; returns how many answers were looked at."""
    answers = 0
    for table in house.tables[:tables]:
        addresses = _addresses(table)
        for user in [*table.people.values(), *house.strangers]:
            browser = house.visitor(user)
            for address in addresses:
                status, headers, body = browser.get(address)
                assert status < 500, address
                house.canaries.look(headers + body, f"{address} for a {user.role}", user)
                answers += 1
    return answers


def _addresses(table: Table) -> list[str]:
    room = f"/api/rooms/{table.room}/"
    found = ["/rooms/", "/waiting/", f"/rooms/{table.room}/", "/api/me/", "/api/rooms/", "/api/waiting/", room]
    found += [f"{room}events/", "/api/search/?q=say", "/search/?q=say", "/search/?q=canary"]
    found += [f"{room}disputes/", *(f"/rooms/{table.room}/{page}/" for page in ("case", "claim", "claim/evidence"))]
    found += [f"/api/files/{file}/" for file in table.files]
    for case in table.cases:
        found += [f"/api/disputes/{case}/", f"/cases/{case}/file/", f"/cases/{case}/file.json"]
        found += [f"/cases/{case}/do/{command}/" for command in ("draft_recommendation", "edit_draft", "withdraw")]
    for thread in Thread.objects.filter(room=table.room):
        found += [f"/api/threads/{thread.pk}/messages/", f"/rooms/{table.room}/?thread={thread.pk}"]
        for seq, files, edited in thread.messages.values_list("seq", "files", "edited_at"):
            found += [f"/api/threads/{thread.pk}/messages/{seq}/versions/"] if edited else []
            found += [f"/api/files/{file['id']}/" for file in files]
    return found


async def whisper(
    servers: Sequence[LiveServer], *, tables: int, in_person: int, in_batches: int, strangers: Sequence[str] = STRANGERS
) -> House:
    """The whole evening, until everybody was given what is theirs; `canaries` knows what they were given besides."""
    house, dice = await sync_to_async(make_house)(servers, tables, strangers), random.Random(1)
    async with AsyncExitStack() as stack:
        await come_in(house, stack)
        for table in house.tables:
            for audience in WRITERS:
                await leave_traces(house, table, audience)
        await asyncio.gather(*(say_in_person(house, table, in_person // tables, dice) for table in house.tables))
        await sync_to_async(say_in_batches)(house, in_batches, dice)
        await settle(house)
        await asyncio.sleep(0.5)  # what should not come has had time to come
    return house
