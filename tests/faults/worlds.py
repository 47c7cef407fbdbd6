"""Two worlds for S-01: the same joint story told twice, once with everything that happens behind closed doors.

`tell` plays one world and returns the transcript of an observer: every byte they were given, with ids replaced by
the order in which they first appear. The private steps are drawn from a generator of their own, so that the joint
story never depends on them, and the clock is set for each joint step, so that the worlds may differ in nothing else.
"""

import asyncio
import random
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import orjson
from asgiref.sync import sync_to_async
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from mediation.conversations.actions import files, messages, reading, rooms, threads
from mediation.conversations.errors import TalkFirst
from mediation.conversations.models import Message, Thread
from mediation.core import clock
from tests.cast import Cast, make_contract, person
from tests.faults import whispered
from tests.faults.whispered import Whispered
from tests.live.client import LiveClient
from tests.live.server import LiveServer, sign_in

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
UUID_PATTERN = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}")
# What differs between any two answers, whatever happened: tokens made at random for each response.
RANDOM = re.compile(r'(csrf[^"]*" (?:value|content)=")[^"]+')
# Headers that differ with the second in which they are sent.
OF_THE_MOMENT = {"Set-Cookie", "Expires", "Last-Modified"}
WORDS = ["delivery", "checkout", "phone", "refund", "milestone", "tested", "Friday", "review", "template", "scope"]


@dataclass
class World:
    """A room with its people, and the two generators of what happens in it."""

    cast: Cast
    joint: random.Random
    behind: random.Random
    observer: User
    other: User
    case: Whispered
    closed_doors: tuple[str, str] = ("", "internal")
    said: list[tuple[str, int]] = field(default_factory=list)


def make_world(seed: int) -> World:
    """The people and their mediated room. Which party observes is part of the seed."""
    tag = uuid4().hex[:8]
    client, freelancer, mediator, agent = (
        person(name, role, email=f"{role}-{tag}-{number}@example.test")
        for number, (name, role) in enumerate(
            [
                ("Helen Marsh", "client"),
                ("Mateo Giraldo", "freelancer"),
                ("Ana Duarte", "agent"),
                ("Priya Nair", "agent"),
            ]
        )
    )
    with clock.at(BEGIN - timedelta(hours=2)):
        room = rooms.open_room(contract=make_contract(client, freelancer))
    senior = person("Sam Okafor", "senior", email=f"senior-{tag}@example.test")
    supervisor = person("Sue Park", "supervisor", email=f"supervisor-{tag}@example.test")
    cast = Cast(client, freelancer, mediator, agent, senior, agent, supervisor, *[agent] * 5, room=room)
    observer, other, caucus = (
        (freelancer, client, "caucus_client") if seed % 2 else (client, freelancer, "caucus_freelancer")
    )
    with clock.at(BEGIN - timedelta(hours=1)):
        case = whispered.begin(cast, observer, other, whispered.STAGES[seed // 2 % len(whispered.STAGES)])
    return World(cast, random.Random(seed), random.Random(-seed - 1), observer, other, case, (caucus, "internal"))


# --- What happens in front of everyone -----------------------------------------------------------------------------
def joint_step(world: World) -> None:
    """One step of the story that both worlds share."""
    cast, dice = world.cast, world.joint
    everyone = [cast.client, cast.freelancer, cast.mediator]
    who = dice.choice(everyone)
    kind = dice.choice(
        ["say", "say", "say", "edit", "react", "remove", "topic", "read", "private of the observer", "case", "case"]
    )
    mine = Message.objects.filter(thread=cast.joint, kind="text", author=who, removed_at=None).order_by("seq")
    words = " ".join(dice.choices(WORDS, k=6))
    if kind in {"edit", "react", "remove"} and mine.exists():
        seq = dice.choice(list(mine.values_list("seq", flat=True)))
        if kind == "edit":
            messages.edit_message(user=who, thread_id=cast.joint.pk, seq=seq, body=words)
        elif kind == "react":
            messages.react(user=dice.choice(everyone), thread_id=cast.joint.pk, seq=seq, reaction="thanks", on=True)
        else:
            messages.remove_message(user=who, thread_id=cast.joint.pk, seq=seq, reason="posted twice")
    elif kind == "topic":
        threads.open_topic(user=who, room_id=cast.room.pk, audience="joint", title=words[:40])
    elif kind == "read":
        reading.mark_read(user=who, thread_id=cast.joint.pk, seq=cast.joint.head_seq)
    elif kind == "case":
        whispered.joint_step(world.case, dice)
    elif kind.startswith("private"):
        own = "caucus_freelancer" if world.observer == cast.freelancer else "caucus_client"
        with suppress(TalkFirst):  # a mediator's words in private are refused where no private talk goes on
            cast.say(dice.choice([world.observer, cast.mediator]), words, audience=own)
    else:
        cast.say(who, words)


# --- What happens behind closed doors ------------------------------------------------------------------------------
def closed_step(world: World, moment: datetime) -> None:
    """One step of the story that the observer must have no way to know of."""
    cast, dice = world.cast, world.behind
    if dice.random() < 0.3:
        with clock.at(moment + timedelta(seconds=dice.randrange(60))):
            whispered.closed_step(world.case, dice)
        return
    audience = dice.choice(world.closed_doors)
    who = dice.choice([world.other, cast.mediator] if audience != "internal" else [cast.mediator, cast.agent])
    thread = cast.thread(audience)
    text = f"canary {uuid4().hex} " + " ".join(dice.choices(WORDS, k=4))
    kind = dice.choice(["say", "say", "edit", "react", "remove", "topic", "read", "draft", "file"])
    mine = Message.objects.filter(thread=thread, kind="text", author=who, removed_at=None)
    if kind in {"edit", "react", "remove"} and mine.exists():
        seq = dice.choice(list(mine.order_by("seq").values_list("seq", flat=True)))
        if kind == "edit":
            messages.edit_message(user=who, thread_id=thread.pk, seq=seq, body=text)
        elif kind == "react":
            messages.react(user=who, thread_id=thread.pk, seq=seq, reaction="heart", on=True)
        else:
            messages.remove_message(user=who, thread_id=thread.pk, seq=seq, reason=text[:60])
    elif kind == "topic":
        topic = threads.open_topic(user=who, room_id=cast.room.pk, audience=audience, title=text[:60])
        threads.resolve_topic(user=who, thread_id=topic.pk)
    elif kind == "read":
        reading.mark_read(user=who, thread_id=thread.pk, seq=thread.head_seq)
    elif kind == "draft":
        reading.save_draft(user=who, thread_id=thread.pk, body=text)
    elif kind == "file":
        upload = SimpleUploadedFile(f"{text[:20]}.txt", text.encode(), content_type="text/plain")
        attachment = files.upload(user=who, thread_id=thread.pk, file=upload)
        cast.say(who, text, audience=audience, files=(attachment.pk,))
    else:
        cast.say(who, text, audience=audience)


# --- Telling a world and looking at it ------------------------------------------------------------------------------
def play(world: World, *, with_closed_doors: bool, steps: int, leak: Callable[[World], None] | None) -> None:
    """The story: a joint step, and in the second world some closed steps after each."""
    for number in range(steps):
        with clock.at(BEGIN + timedelta(minutes=number)):
            joint_step(world)
        if with_closed_doors:
            for _ in range(world.behind.randint(0, 3)):
                with suppress(TalkFirst):
                    closed_step(world, BEGIN + timedelta(minutes=number))
            if leak:
                leak(world)


def look(world: World) -> list[dict[str, Any]]:
    """Every page and endpoint of the observer's, with status, headers and body."""
    browser = Client()
    browser.force_login(world.observer)
    room = world.cast.room.pk
    visible = Thread.objects.filter(room=room).exclude(audience__in=world.closed_doors).order_by("created_at", "id")
    closed = [world.cast.id_of(audience) for audience in world.closed_doors]
    addresses = ["/rooms/", f"/rooms/{room}/", "/api/me/", "/api/rooms/", f"/api/rooms/{room}/", "/waiting/"]
    addresses += [f"/api/rooms/{room}/events/", "/api/search/?q=canary", "/api/search/?q=delivery", "/search/?q=canary"]
    addresses += [f"/api/threads/{thread.pk}/messages/" for thread in visible]
    addresses += [f"/api/threads/{thread}/messages/" for thread in closed]
    addresses += whispered.addresses(world.case)
    seen = []
    with clock.at(BEGIN + timedelta(days=1)):
        for address in addresses:
            answer = browser.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            headers = sorted((name, value) for name, value in answer.headers.items() if name not in OF_THE_MOMENT)
            text = RANDOM.sub(r"\1", _in_order(body.decode(), [str(thread.pk) for thread in visible]))
            seen.append({"address": address, "status": answer.status_code, "headers": headers, "body": text})
        for address, body in whispered.answers_to_commands(world.case):
            answer = browser.post(address, body, content_type="application/json")
            text = answer.content.decode()
            seen.append({"address": address, "status": answer.status_code, "headers": [], "body": text})
    return seen


def _in_order(body: str, threads: list[str]) -> str:
    """A replay gives threads in the order of their random ids; put them in that of their making."""
    if not body.startswith('{"frames":'):
        return body
    replay = orjson.loads(body)
    replay["frames"].sort(key=lambda frame: threads.index(frame["thread"]))
    return orjson.dumps(replay).decode()


async def tell(
    seed: int,
    server: LiveServer,
    *,
    with_closed_doors: bool,
    steps: int = 12,
    leak: Callable[[World], None] | None = None,
) -> str:
    """Play one world with the observer's socket open, and return their whole transcript, normalised."""
    world = await sync_to_async(make_world)(seed)
    session = await sync_to_async(sign_in)(world.observer)
    # A list of rooms is open too. How many lines it is told at once is a matter of pace; of which threads is not.
    room_socket = await LiveClient(server.url, session, world.cast.room.pk).start()
    inbox_socket = await LiveClient(server.url, session, None).start()
    await sync_to_async(play)(world, with_closed_doors=with_closed_doors, steps=steps, leak=leak)
    heads = await sync_to_async(_heads)(world)
    for thread, head in heads.items():
        await room_socket.reached(thread, head)
    await asyncio.sleep(0.15)  # what should not come has had time to come
    heard = {
        "events": {thread: _as_it_ended(room_socket.log[thread]) for thread in heads},
        "closed": sorted(set(room_socket.log) - set(heads)),
        "others": [_without_welcome(frame) for frame in room_socket.frames if frame["t"] not in {"presence", "read"}],
        "strange": [frame for frame in inbox_socket.frames if frame.get("thread", "") not in {"", *heads}],
    }
    await room_socket.stop()
    await inbox_socket.stop()
    seen = await sync_to_async(look)(world)
    return normalise(orjson.dumps({"seen": seen, "heard": heard}).decode())


def normalise(transcript: str) -> str:
    """The transcript with each id replaced by the number of its first appearance, and tokens of chance cut out."""
    numbers: dict[str, str] = {}
    # Fingerprints are of ids, too.
    transcript = re.sub(r"[0-9a-f]{64}", lambda found: numbers.setdefault(found[0], f"hash{len(numbers)}"), transcript)
    named = UUID_PATTERN.sub(
        lambda found: numbers.setdefault(found[0].replace("-", ""), f"id{len(numbers)}"), transcript
    )
    named = whispered.NUMBER.sub("a number", named)
    return re.sub(r"(client|freelancer)-[0-9a-f]{8}-", r"\1-", named)


def _as_it_ended(log: list[dict[str, Any]]) -> dict[str, Any]:
    """An event brings its message as it stood when it was read, which is a matter of pace: keep the last of each."""
    messages = {event["message"]["seq"]: event["message"] for event in log if event["message"]}
    return {"events": [event | {"message": None} for event in log], "messages": list(messages.values())}


def _heads(world: World) -> dict[str, int]:
    visible = Thread.objects.filter(room=world.cast.room).exclude(audience__in=world.closed_doors)
    return {str(thread): head for thread, head in visible.order_by("created_at", "id").values_list("id", "head_seq")}


def _without_welcome(frame: dict[str, Any]) -> dict[str, Any]:
    """A welcome tells the state before the story, which the worlds share but for the moment they began."""
    return {"t": "welcome"} if frame["t"] == "welcome" else frame
