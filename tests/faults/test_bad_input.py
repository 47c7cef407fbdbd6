"""O-01: bad frames by the thousand, and requests; each is answered or ends with a reason, none is an accident."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from websockets.exceptions import ConnectionClosed

from mediation.live import protocol as p
from tests.api.fuzz import ODD_VALUES, attacks
from tests.api.test_fuzz import fire, ids
from tests.cast import Cast
from tests.live.client import LiveClient
from tests.live.server import LiveServer, sign_in
from tests.live.test_protocol import VALID

__all__ = ["ids"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults, pytest.mark.alone]
AT_ONCE = 6
BURST = 40
STEADY = [name for name in VALID if name not in {"hello", "applied", "topic.open"}]
# Ends that say what was wrong: strikes, a right that ended, too big.
REASONS = {p.BAD_PROTOCOL, p.FORBIDDEN, p.TOO_BIG}
Good = dict[str, list[Any]]


def odd_frame(dice: random.Random, good: Good) -> bytes | str:
    """A frame of the language with real ids, and often something wrong with it."""
    name = dice.choice(STEADY) if dice.random() < 0.99 else "topic.open"
    frame = {"t": name} | VALID[name]
    for field in frame.keys() & good.keys():
        frame[field] = dice.choice(good[field])
    if "cid" in frame:
        frame["cid"] = str(uuid4())
    kind = dice.random()
    if kind < 0.2:
        frame[dice.choice([*frame, "more"])] = dice.choice(ODD_VALUES)
    elif kind < 0.25:
        del frame[dice.choice(list(frame))]
    encoded = json.dumps(frame)
    if kind > 0.97:
        return dice.randbytes(dice.choice((0, 1, 30, 3000)))
    if kind > 0.93:
        spoiled = bytearray(encoded.encode())
        spoiled[dice.randrange(len(spoiled))] = dice.randrange(256)
        return bytes(spoiled)
    return encoded if dice.random() < 0.5 else encoded.encode()


def judge(frame: bytes | str) -> tuple[bool, str | None]:
    """Whether the frame is in the language, and the client id that its answer must name."""
    try:
        command = p.decode(frame)
    except p.Malformed as problem:
        return False, str(problem.cid) if problem.cid else None
    cid = getattr(command, "cid", None)
    return True, str(cid) if cid else None


async def burst(client: LiveClient, dice: random.Random, good: Good, tally: Counter[str]) -> None:
    """Say odd things until the fifth that is not in the language; everything is answered, or the end says why."""
    waiting, strikes = set(), 0
    for _ in range(BURST):
        frame = odd_frame(dice, good)
        is_good, cid = judge(frame)
        waiting |= {cid} if cid else set()
        strikes += not is_good
        tally["frames"] += 1
        tally["malformed"] += not is_good
        with suppress(ConnectionClosed, OSError):
            await client.say(frame)
        if strikes == p.STRIKES or client.closes:
            break
    if strikes == p.STRIKES:
        await client.closed(within=30)
    else:
        await client.until(lambda: client.closes or waiting <= client.acks.keys() | client.refusals.keys(), within=60)
    if client.closes:
        assert client.closes[0] in REASONS, client.closes
        tally[f"closed {client.closes[0]}"] += 1
    accidents = [one for one in client.refusals.values() if one["code"] == "unavailable"]
    assert not accidents, accidents


async def pester(server: LiveServer, sessions: list[str], good: Good, frames: int) -> Counter[str]:
    """So many frames by several people at once."""
    tally: Counter[str] = Counter()

    async def one(seed: int) -> None:
        dice = random.Random(seed)
        while tally["frames"] < frames:
            session = dice.choice(sessions)
            has_the_room = session != sessions[-1] and dice.random() < 0.2
            client = LiveClient(server.url, session, good["room"][0] if has_the_room else None, autopilot=False)
            await client.start(within=30, or_end=True)  # the mediator may have left in another window just now
            await burst(client, dice, good, tally)
            await client.stop()

    await asyncio.gather(*(one(seed) for seed in range(AT_ONCE)))
    return tally


@pytest.mark.parametrize("frames", [20_000, pytest.param(100_000, marks=pytest.mark.soak)])
def test_no_frame_is_an_accident(live_cast: Cast, record_property: Callable[[str, object], None], frames: int) -> None:
    live_cast.mediate()
    seqs = [live_cast.say(live_cast.client, f"Line {number}").seq for number in range(5)]
    threads = [str(live_cast.id_of(audience)) for audience in ("joint", "caucus_client", "internal")]
    good = {"room": [str(live_cast.room.pk)], "thread": [*threads, str(uuid4())], "seq": [*seqs, 1, 999_999]}
    good |= {"audience": ["joint", "caucus_client", "internal", "x"], "mentions": [[], [str(live_cast.freelancer.pk)]]}
    good |= {"files": [[]], "reply_to": [None, *seqs], "rev": [None, 1], "seen": [None, 999_999]}
    sessions = [sign_in(one) for one in (live_cast.client, live_cast.mediator, live_cast.outsider)]
    server = LiveServer().start()
    try:
        tally = asyncio.run(pester(server, sessions, good, frames))
    finally:
        server.stop()
    said = server.log.read_text()
    assert "Traceback" not in said, said[-4000:]
    assert "failed: " not in said, said[-4000:]
    record_property("frames", dict(tally))


@pytest.mark.parametrize("frames", [20_000, pytest.param(100_000, marks=pytest.mark.soak)])
def test_no_json_is_an_accident(frames: int) -> None:
    dice = random.Random(5)
    for _ in range(frames):
        value = {"t": dice.choice(list(VALID))} | {dice.choice(["cid", "thread", "text", "n"]): dice.choice(ODD_VALUES)}
        judge(json.dumps(value if dice.random() < 0.9 else dice.choice(ODD_VALUES)))


@pytest.mark.parametrize("requests", [4_000, pytest.param(100_000, marks=pytest.mark.soak)])
def test_no_request_is_an_accident(cast: Cast, ids: dict[str, list[str]], requests: int) -> None:
    people = [Client(), Client()]
    for client, user in zip(people, (cast.client, cast.mediator), strict=True):
        client.force_login(user)
    for number, attack in enumerate(attacks(requests, seed=11, ids=ids)):
        with transaction.atomic():
            fire(people[number % 2], attack)
