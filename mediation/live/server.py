"""`manage.py web`: Daphne with limits, sockets without the 24-hour cut, and an orderly end.

On SIGTERM: stop accepting, finish the sends in flight, tell every socket to come back soon (4012), let requests end,
exit. Ten seconds at most, whatever hangs.
"""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Callable
from typing import Any

from daphne.server import Server
from daphne.server import reactor as _reactor
from twisted.internet import endpoints as _endpoints
from twisted.logger import ILogObserver, globalLogBeginner
from zope.interface import implementer

from mediation.live import protocol as p
from mediation.live.asgi import hub_here
from mediation.live.guard import GuardedHTTPFactory, GuardedSocketFactory, Wire, until_drained

logger = logging.getLogger(__name__)
reactor: Any = _reactor
server_from_string: Any = _endpoints.serverFromString

EXIT_WITHIN_SECONDS = 9.5
LAST_REQUESTS_SECONDS = 2.5
PING_SECONDS = 20
# How long a client may take to answer our close before it is cut off. autobahn counts in whole seconds, rounded down:
# with its own second, some were cut off at once and never read why.
CLOSE_SECONDS = 5


@implementer(ILogObserver)
def _drop(event: Any) -> None:
    """Twisted's own log goes nowhere; ours tells what matters."""


class WebServer(Server):
    """Daphne's server around `application`, listening on Twisted `endpoints`."""

    def __init__(self, application: Any, endpoints: list[str], ready: Callable[[], None]) -> None:
        super().__init__(
            application,
            endpoints=endpoints,
            signal_handlers=False,
            ping_interval=PING_SECONDS,
            websocket_timeout=-1,
            websocket_max_message_size=p.FRAME_BYTES,
            websocket_max_frame_size=p.FRAME_BYTES,
            server_name="",
            ready_callable=ready,
        )
        self.loop: asyncio.AbstractEventLoop = reactor._asyncioEventloop
        self._ports: list[Any] = []
        self._is_ending = False

    def run(self) -> None:
        self.connections: dict[Any, dict[str, Any]] = {}
        self.http_factory = GuardedHTTPFactory(self)
        self.ws_factory = GuardedSocketFactory(self, server=None)
        self.ws_factory.setProtocolOptions(
            autoPingTimeout=self.ping_timeout,
            failByDrop=False,  # say why, then close
            closeHandshakeTimeout=CLOSE_SECONDS,
            allowNullOrigin=True,  # the application decides about origins
            openHandshakeTimeout=self.websocket_handshake_timeout,
            maxMessagePayloadSize=self.websocket_max_message_size,
            maxFramePayloadSize=self.websocket_max_frame_size,
        )
        globalLogBeginner.beginLoggingTo([_drop], redirectStandardIO=False, discardBuffer=True)
        asyncio.set_event_loop(self.loop)
        reactor.callLater(1, self.application_checker)
        reactor.callLater(2, self.timeout_checker)
        for endpoint in self.endpoints:
            listening = server_from_string(reactor, endpoint).listen(self.http_factory)
            listening.addCallbacks(self._ports.append, self.listen_error)
        if self.abort_start:
            raise SystemExit(1)
        reactor.callWhenRunning(self._started)
        reactor.run(installSignalHandlers=False)

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if scope["type"] == "websocket":
            scope["extensions"] = {"live.wire": Wire(protocol)}
        return super().create_application(protocol, scope)

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        transport = getattr(protocol, "transport", None)
        await super().handle_reply(protocol, message)
        if message["type"] == "http.response.body":
            await until_drained(transport)

    def _started(self) -> None:
        for which in (signal.SIGTERM, signal.SIGINT):
            self.loop.add_signal_handler(which, self._end)
        self.loop.create_task(self._open_hub())

    async def _open_hub(self) -> None:
        hub_here()
        if self.ready_callable:
            self.ready_callable()

    def _end(self) -> None:
        if self._is_ending:
            os._exit(1)
        self._is_ending = True
        watchdog = threading.Timer(EXIT_WITHIN_SECONDS, os._exit, [0])
        watchdog.daemon = True
        watchdog.start()
        self._ending = self.loop.create_task(self._wind_down())

    async def _wind_down(self) -> None:
        try:
            for port in self._ports:
                port.stopListening()
            await hub_here().drain()
            until = self.loop.time() + LAST_REQUESTS_SECONDS
            while self._is_serving() and self.loop.time() < until:  # noqa: ASYNC110 (Daphne has no event for it)
                await asyncio.sleep(0.02)
            await hub_here().stop()
        except Exception:
            logger.exception("the end was not orderly")
        finally:
            reactor.stop()

    def _is_serving(self) -> bool:
        return any("disconnected" not in details for details in self.connections.values())


def serve(application: Any, endpoints: list[str], ready: Callable[[], None]) -> None:
    """Serve until SIGTERM or SIGINT."""
    WebServer(application, endpoints, ready).run()
