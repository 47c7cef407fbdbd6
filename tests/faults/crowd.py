"""Rooms full of people who talk, for as long as a fault test wants, and keep account of what they were promised."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from asgiref.sync import sync_to_async

from accounts.models import User
from mediation.conversations.actions import rooms
from mediation.conversations.models import Thread
from tests.cast import make_contract, person
from tests.faults import checkers
from tests.live.client import LiveClient
from tests.live.server import sign_in

AT_THE_DOOR = 50  # who come in at the same time when a crowd gathers


@dataclass
class Table:
    """One room: its joint thread, and the clients of its three members."""

    room: UUID
    thread: UUID
    clients: list[LiveClient] = field(default_factory=list)


@dataclass
class Crowd:
    """Every table, and every client id that was ever used."""

    tables: list[Table]
    is_talking: bool = True

    @property
    def clients(self) -> list[LiveClient]:
        """Everybody."""
        return [client for table in self.tables for client in table.clients]

    @property
    def acked(self) -> int:
        """How many messages have been acknowledged."""
        return sum(len(client.acks) for client in self.clients)

    async def talk(self, *, pause: float) -> None:
        """Everybody writes, one message after the other, until `is_talking` is turned off."""
        await asyncio.gather(*(self._write(table, client, pause) for table in self.tables for client in table.clients))

    async def _write(self, table: Table, client: LiveClient, pause: float) -> None:
        number = 0
        while self.is_talking:
            number += 1
            cid = client.send_soon(table.thread, f"message {number}")
            while self.is_talking and cid not in client.acks:
                assert cid not in client.refusals or client.refusals[cid]["retry"], client.refusals[cid]
                await asyncio.sleep(0.01)
            await asyncio.sleep(random.uniform(0, 2 * pause))

    async def settle(self, within: float = 60) -> None:
        """Wait until nobody has anything unsent and everybody has seen everything."""
        self.is_talking = False
        for client in self.clients:
            await client.until(lambda client=client: not client.unsent and client.is_synced, within)
        for table in self.tables:
            head = await sync_to_async(Thread.objects.values_list("head_seq", flat=True).get)(pk=table.thread)
            for client in table.clients:
                await client.reached(table.thread, head, within)

    def check(self) -> None:
        """R-01 to R-04 over everything that was said."""
        acked = {cid: (UUID(ack["thread"]), ack["seq"]) for client in self.clients for cid, ack in client.acks.items()}
        checkers.check_none_lost(acked)
        checkers.check_none_doubled(acked)
        for table in self.tables:
            checkers.check_gapless(table.thread)
            checkers.check_one_event_each(table.thread)
            head = Thread.objects.values_list("head_seq", flat=True).get(pk=table.thread)
            for client in table.clients:
                checkers.check_complete_view([event["seq"] for event in client.log[str(table.thread)]], head)

    async def leave(self) -> None:
        """Everybody closes their page."""
        await asyncio.gather(*(client.stop() for client in self.clients))


def make_table(number: int) -> tuple[Table, list[User]]:
    """A mediated room, committed, with its people."""
    names = [("Helen Marsh", "client"), ("Mateo Giraldo", "freelancer"), ("Ana Duarte", "agent")]
    people = [person(name, role, email=f"{role}-{number}-{uuid4().hex[:8]}@example.test") for name, role in names]
    client, freelancer, mediator = people
    room = rooms.open_room(contract=make_contract(client, freelancer))
    rooms.ask_for_mediator(user=client, room_id=room.pk)
    rooms.join_as_mediator(user=mediator, room_id=room.pk)
    thread = Thread.objects.get(room=room, audience="joint", is_main=True)
    return Table(room.pk, thread.pk), people


async def gather_crowd(urls: Sequence[str], tables: int) -> Crowd:
    """So many rooms of three; their members come in through the servers in turn."""
    crowd = Crowd([])
    for number in range(tables):
        table, people = await sync_to_async(make_table)(number)
        sessions = [await sync_to_async(sign_in)(one) for one in people]
        table.clients = [
            LiveClient(urls[(number + place) % len(urls)], session, table.room)
            for place, session in enumerate(sessions)
        ]
        crowd.tables.append(table)
    door = asyncio.Semaphore(AT_THE_DOOR)

    async def come_in(client: LiveClient) -> None:
        client.insists = True
        async with door:
            await client.start(within=60)

    await asyncio.gather(*(come_in(client) for client in crowd.clients))
    return crowd
