"""Is it well? One small check each; `/readyz`, `/metrics` and `manage.py doctor` share them."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mediation.core import pulse

log = logging.getLogger(__name__)

LAYER_ANSWERS_WITHIN_SECONDS = 2.0
_migrated: list[bool] = []  # only the good answer is kept: what this code needs stays applied while it runs


class Ill(Exception):
    """A check's own sentence about what is wrong; safe to show."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's result. Without a `vital` part nothing can be sent; without another one something waits."""

    name: str
    ok: bool
    is_vital: bool
    says: str
    milliseconds: int


def check_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return connection.vendor


def check_migrations() -> str:
    if not _migrated:
        executor = MigrationExecutor(connection)
        if waiting := len(executor.migration_plan(executor.loader.graph.leaf_nodes())):
            raise Ill(f"{waiting} not applied: run manage.py migrate")
        _migrated.append(True)
    return "applied"


async def check_layer() -> str:
    """A message to ourselves through the channel layer."""
    layer = get_channel_layer()
    async with asyncio.timeout(LAYER_ANSWERS_WITHIN_SECONDS):
        channel = await layer.new_channel()
        asking = asyncio.ensure_future(layer.receive(channel))
        try:
            await layer.send(channel, {"type": "health"})
            await asyncio.shield(asking)
        finally:
            asking.cancel()  # the layer unsubscribes when its reader is cancelled
            await asyncio.gather(asking, return_exceptions=True)
    return "answers"


def check_pulse(who: str) -> str:
    seconds = pulse.age(who)
    if seconds is None:
        raise Ill("has never shown a pulse")
    if seconds > pulse.OLD_AFTER_SECONDS:
        raise Ill(f"last seen {seconds:.0f} s ago")
    return f"seen {seconds:.0f} s ago"


async def findings() -> list[Finding]:
    """Every check, one after the other; a check that fails never stops the next."""
    in_thread = sync_to_async
    return [
        await _look("database", in_thread(check_database), is_vital=True),
        await _look("migrations", in_thread(check_migrations), is_vital=True),
        await _look("layer", check_layer),
        await _look("worker", in_thread(lambda: check_pulse("worker"))),
        await _look("beat", in_thread(lambda: check_pulse("beat"))),
    ]


async def _look(name: str, check: Callable[[], Awaitable[str]], *, is_vital: bool = False) -> Finding:
    began = time.monotonic()
    try:
        ok, says = True, await check()
    except Ill as trouble:
        ok, says = False, str(trouble)
    except TimeoutError:
        ok, says = False, "did not answer in time"
    except Exception as trouble:
        # Its text may hold addresses and users; anybody may read this page.
        log.warning("The check of %s failed", name, exc_info=trouble)
        ok, says = False, f"does not work ({type(trouble).__name__})"
    return Finding(name, ok, is_vital, says, round((time.monotonic() - began) * 1000))
