"""The ASGI application: sockets at /live/ to the hub, everything else to Django.

Runs under `manage.py web` (Daphne with a guard, see `server`) and as it is under uvicorn:
`uvicorn mediation.config.asgi:application --ws-max-size 65536 --timeout-graceful-shutdown 8`. There the server ends
sockets itself, with 1012, and a body's limit is the proxy's matter.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings

from mediation.live import doors
from mediation.live import protocol as p
from mediation.live.hub.hub import Hub
from mediation.live.outlets import AsgiOutlet
from mediation.live.socket import Socket

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

PATH = "/live/"
_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub_here() -> Hub:
    """The hub of the running loop, made at first use."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub(loop)
    return _hubs[loop]


def hubs() -> list[Hub]:
    """The hubs of this process, from any thread: none in a worker, one in a web process."""
    return list(_hubs.values())


def application_for(http: Application) -> Application:
    """The whole application around Django's `http`."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await http(scope, receive, send)
        elif scope["type"] == "websocket":
            await _live(scope, receive, send)
        elif scope["type"] == "lifespan":
            await _lifespan(receive, send)

    return application


async def _live(scope: Scope, receive: Receive, send: Send) -> None:
    if (await receive())["type"] != "websocket.connect":
        return
    origins = frozenset(origin.lower() for origin in settings.LIVE_ORIGINS)
    if scope["path"] != PATH or not doors.is_own_origin(scope["headers"], origins):
        await send({"type": "websocket.close", "code": p.FORBIDDEN})
        return
    hub = hub_here()
    key = doors.session_key(scope["headers"])
    await send({"type": "websocket.accept"})
    if key is None or hub.is_draining:
        await send({"type": "websocket.close", "code": p.RESTARTING if hub.is_draining else p.SESSION_ENDED})
        return
    await _converse(Socket(hub, _outlet(scope, send), key), hub, scope, receive)


def _outlet(scope: Scope, send: Send) -> Any:
    wire = scope.get("extensions", {}).get("live.wire")
    return wire if wire is not None else AsgiOutlet(send)


async def _converse(socket: Socket, hub: Hub, scope: Scope, receive: Receive) -> None:
    hello_by = hub.loop.call_later(p.HELLO_SECONDS, _close_if_silent, socket)
    wire = scope.get("extensions", {}).get("live.wire")
    if wire is not None:
        wire.listen(socket.hear)
    hub.arrive(socket)
    try:
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                break
            said = message.get("text")
            socket.hear(said if said is not None else message.get("bytes") or b"")
    finally:
        hello_by.cancel()
        socket.gone()


def _close_if_silent(socket: Socket) -> None:
    if not socket.said_hello:
        socket.close(p.BAD_PROTOCOL)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            hub_here()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            hub = hub_here()
            await hub.drain()
            await hub.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return
