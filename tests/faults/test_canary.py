"""S-02: what is said in private is found nowhere else: frames, pages, answers and headers, the store, the logs."""

import asyncio
import base64
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.cast import Cast
from tests.faults.canaries import Canaries, Tap
from tests.faults.house import Worker, a_house
from tests.faults.whispers import House, look_around, whisper
from tests.live.server import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)


def listen_everywhere(
    servers: Sequence[LiveServer], store_url: str, logs: Sequence[Path], **sizes: Any
) -> tuple[House, bytes, int]:
    """Tell the story with an ear at every wall; returns the house, what the store heard, and how many answers."""
    tap = Tap(store_url)
    house = asyncio.run(whisper(servers, **sizes))
    answers = look_around(house, tables=2)
    traffic = tap.close()
    house.canaries.look_at_traffic(traffic, "the store")
    house.canaries.look_at_logs([*logs, *(server.log for server in servers)])
    return house, traffic, answers


def check_everybody_heard_their_own(house: House) -> None:
    """The ears work: members saw words, strangers none."""
    for table in house.tables:
        assert all(house.canaries.seen[user.pk] for user in table.people.values())
    assert not any(house.canaries.seen[user.pk] for user in house.strangers)


def test_private_words_stay_where_they_were_said(web: LiveServer) -> None:
    sizes = {"tables": 1, "in_person": 40, "in_batches": 40, "strangers": ["client"]}
    house, traffic, _ = listen_everywhere([web], settings.REDIS_URL, [], **sizes)
    check_everybody_heard_their_own(house)
    assert b"PUBLISH" in traffic
    house.canaries.check()


@pytest.mark.faults
@pytest.mark.parametrize("messages", [20_000, pytest.param(1_000_000, marks=pytest.mark.soak)])
def test_private_words_stay_where_they_were_said_by_the_thousand(
    tmp_path: Path, record_property: Callable[[str, object], None], messages: int
) -> None:
    sizes = {"tables": 10, "in_person": messages // 2, "in_batches": messages // 2}
    with a_house(tmp_path, LOG_LEVEL="INFO") as (servers, store):
        worker = Worker(store, beat=True).start()
        house, traffic, answers = listen_everywhere(servers, store.url, [worker.log], **sizes)
        worker.kill9()
    check_everybody_heard_their_own(house)
    assert b"mediation.events.tasks.dispatch" in traffic
    house.canaries.check()
    words, seen = len(house.canaries.readers), sum(house.canaries.seen.values())
    told = f"{words} private words, rightly seen {seen} times; {answers} answers, {len(traffic)} bytes of the store"
    record_property("looked at", told)


@pytest.mark.parametrize("where", ["the store", "a log", "a frame"])
def test_a_planted_word_is_found(live_cast: Cast, tmp_path: Path, where: str) -> None:
    canaries, (owner, other) = Canaries(), (live_cast.client, live_cast.freelancer)
    word = canaries.new(owner)
    canaries.look(f"for {word}", "a frame", owner)
    canaries.check()
    if where == "the store":
        packed = base64.b64encode(f"[{word}]".encode())
        canaries.look_at_traffic(b'"LPUSH" "{\\"body\\": \\"' + packed + b'\\"}"', where)
    elif where == "a log":
        (tmp_path / "web.log").write_text(f"stored {word}\n")
        canaries.look_at_logs([tmp_path / "web.log"])
    else:
        canaries.look(f"for {word}", where, other)
    with pytest.raises(AssertionError, match="1 private words leaked"):
        canaries.check()
