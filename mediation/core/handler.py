"""Django's ASGI handler, with a request's whole work in one thread.

Django goes to a thread and back for nearly every middleware, which costs more than the work itself
(`mediation/decisions/0010-where-the-time-goes.md`). Here a request is one visit to a thread: from `request_started` to
the closed response. Only what is streamed goes on, a piece a visit, and holds no thread while a slow client reads.
"""

import asyncio
import contextvars
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, TypeVar

from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import FileResponse, HttpResponseBase
from django.urls import set_script_prefix

from mediation.core import clock

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
T = TypeVar("T")

# Each may hold a database connection; `DATABASE_POOL` leaves some for the hub's threads.
THREADS = 12


class OneVisitHandler(ASGIHandler):
    """Serves HTTP. Views and middleware are the same as ever; they run as under WSGI."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="http")
        super().__init__()

    def load_middleware(self, is_async: bool = False) -> None:
        # As for WSGI: with `is_async` each middleware would be wrapped in a hop of its own.
        super().load_middleware(is_async=False)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        with clock.receiving(clock.now()):  # before it waits for a thread, however long
            context = contextvars.copy_context()
        response = await self._visit(context, self._respond, scope, body)
        if not response.streaming:
            await self.send_response(response, send)
            return
        try:
            await self._stream(context, response, receive, send)
        finally:
            await self._visit(context, response.close)

    async def _visit(self, context: contextvars.Context, work: Callable[..., T], *given: Any) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: context.run(work, *given))

    def _respond(self, scope: dict[str, Any], body: IO[bytes]) -> Any:
        """Thread: the request from beginning to end; what is streamed is left open."""
        with body:
            set_script_prefix(get_script_prefix(scope))
            signals.request_started.send(sender=self.__class__, scope=scope)
            request, refusal = self.create_request(scope, body)
            response: Any = refusal if request is None else self.get_response(request)
            response._handler_class = self.__class__
            if isinstance(response, FileResponse):
                response.block_size = self.chunk_size
            if not response.streaming:
                response.close()
            return response

    async def _stream(self, context: contextvars.Context, response: Any, receive: Receive, send: Send) -> None:
        """Send piece by piece, until the client has everything or is gone."""
        await send({"type": "http.response.start", "status": response.status_code, "headers": _headers(response)})
        gone = asyncio.ensure_future(receive())
        try:
            pieces: Iterator[bytes] = iter(response.streaming_content)
            while not gone.done() and (piece := await self._visit(context, next, pieces, None)) is not None:
                await send({"type": "http.response.body", "body": bytes(piece), "more_body": True})
            await send({"type": "http.response.body"})
        finally:
            gone.cancel()


def _headers(response: HttpResponseBase) -> list[tuple[bytes, bytes]]:
    plain = [(name.encode("ascii"), value.encode("latin1")) for name, value in response.items()]
    cookies = [cookie.output(header="").strip().encode("ascii") for cookie in response.cookies.values()]
    return plain + [(b"Set-Cookie", cookie) for cookie in cookies]
