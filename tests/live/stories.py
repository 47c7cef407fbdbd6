"""Telling a story with real sockets: who is there, and what they have heard when it is over."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import connections

from accounts.models import User
from tests.live.client import LiveClient
from tests.live.server import LiveServer, sign_in


def tell(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a story to its end."""

    async def whole() -> None:
        try:
            await story()
        finally:
            await database(connections.close_all)

    asyncio.run(whole())


@asynccontextmanager
async def present(web: LiveServer, room: UUID | None, *people: User, **options: Any) -> AsyncIterator[list[LiveClient]]:
    """The people with the room open, in step with it; gone afterwards."""
    clients: list[LiveClient] = []
    try:
        for person in people:
            key = await database(sign_in, person)
            clients.append(await LiveClient(web.url, key, room, **options).start())
        yield clients
    finally:
        await asyncio.gather(*(client.stop() for client in clients))


async def database(work: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """Do something with the database from within a story."""
    return await sync_to_async(work, thread_sensitive=True)(*arguments, **named)
